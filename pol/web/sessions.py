"""The visitor's signed cookie, as Flask makes it."""

from functools import cache
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from itsdangerous.encoding import base64_encode

SHORT_BYTES = 1_000


class Seal(URLSafeTimedSerializer):
    """Signs as itsdangerous does, and what it signs can be read by it; made for every request.

    Derives its key once, and leaves what is short as it is: packing it costs more than all the
    rest and saves a few bytes.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._signer = super().make_signer()
        self._signer.derive_key = cache(self._signer.derive_key)  # type: ignore[method-assign]

    def make_signer(self, salt: Any = None) -> Any:
        """Return the one signer; another salt gets one of its own."""
        return self._signer if salt in (None, self.salt) else super().make_signer(salt)

    def dump_payload(self, obj: Any) -> bytes:
        """Return what is to be signed."""
        plain = self.serializer.dumps(obj, **self.serializer_kwargs).encode()
        return base64_encode(plain) if len(plain) < SHORT_BYTES else super().dump_payload(obj)


class Sessions(SecureCookieSessionInterface):
    """Flask's sessions, signed by one seal."""

    def __init__(self, app: Flask) -> None:
        keys = [*(app.config["SECRET_KEY_FALLBACKS"] or ()), app.secret_key]
        self._seal = Seal(
            keys,
            salt=self.salt,
            serializer=self.serializer,
            signer_kwargs={
                "key_derivation": self.key_derivation,
                "digest_method": self.digest_method,
            },
        )

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer:
        """Return what signs and reads cookies; its secret stays for as long as the program runs."""
        return self._seal


def register(app: Flask) -> None:
    """Keep visitors' cookies so."""
    app.session_interface = Sessions(app)
