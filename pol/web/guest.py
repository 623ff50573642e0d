"""The key in a guest's order link: whoever has it may see and steer that one group."""

from flask import current_app
from itsdangerous import BadSignature, Signer

SALT = "order-group-link"


def guest_key(number: str) -> str:
    """Return the key of a group's link."""
    return _signer().get_signature(number).decode()


def is_guest_key(number: str, key: str) -> bool:
    """Answer whether this key opens this group."""
    try:
        _signer().unsign(f"{number}.{key}")
    except BadSignature:
        return False
    return True


def _signer() -> Signer:
    return Signer(str(current_app.config["SECRET_KEY"]), salt=SALT, key_derivation="hmac")
