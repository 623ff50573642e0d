"""The key in the address with which a guest opens an order without an account."""

from flask import current_app
from itsdangerous import BadSignature, Signer


def guest_key(number: str) -> str:
    """Return the key of an order group's number."""
    return _signer().get_signature(number).decode()


def is_guest_key(number: str, key: str) -> bool:
    """Answer whether this is the key of that number."""
    try:
        _signer().unsign(f"{number}.{key}")
    except (BadSignature, UnicodeError):
        return False
    return True


def _signer() -> Signer:
    return Signer(str(current_app.secret_key), salt="guest-order", key_derivation="hmac")
