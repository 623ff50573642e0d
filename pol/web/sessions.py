"""The visitor's signed cookie, as Flask makes it."""

from functools import cache

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer


class Sessions(SecureCookieSessionInterface):
    """Flask's sessions; what signs them, and its key, is made once, not twice a request."""

    def __init__(self, app: Flask) -> None:
        self._serializer = super().get_signing_serializer(app)
        if self._serializer is not None:
            signer = self._serializer.make_signer(self._serializer.salt)
            signer.derive_key = cache(signer.derive_key)  # type: ignore[method-assign]
            self._serializer.make_signer = lambda _salt=None: signer  # type: ignore[method-assign]

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Return what signs and reads cookies; its secret stays for as long as the program runs."""
        return self._serializer


def register(app: Flask) -> None:
    """Keep visitors' cookies so."""
    app.session_interface = Sessions(app)
