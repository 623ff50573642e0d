"""A client for page tests that behaves like a browser, without being one."""

from collections.abc import Mapping
from contextvars import Context
from typing import Any

from flask import Flask, has_app_context
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from pol.identity import services as identity
from pol.identity.models import User
from pol.kernel import clock
from pol.kernel.db import db
from pol.kernel.transaction import transaction
from tests.rig.pages import Form

ORIGIN = "http://localhost"
CSRF_SALT = "wtf-csrf-token"
CSRF_VALUE = "a" * 40

NOTHING: Mapping[str, Any] = {}


class Browser(FlaskClient):
    """Logs in with a session of the server's, and fills the hidden token like a real page."""

    application: Flask

    def log_in(self, user: User) -> None:
        token = open_session(user)
        with self.session_transaction() as cookie:
            cookie["sid"] = token

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request that shares nothing with the test but the database."""
        if has_app_context():  # false while following a redirect
            db.session.commit()
        response = Context().run(super().open, *args, **kwargs)
        response.request.environ["wsgi.input"].close()  # a large body lies in a file
        if has_app_context():
            db.session.rollback()  # ends the snapshot, too
            db.session.expire_all()
        return response

    def submit(
        self,
        url: str,
        typed: Mapping[str, Any] = NOTHING,
        *,
        follow: bool = True,
        **fields: Any,
    ) -> TestResponse:
        """Send a form as a page of ours would: same origin, with a valid token."""
        return self.post(
            url,
            data={"csrf_token": self.csrf_token(), **typed, **fields},
            headers={"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"},
            follow_redirects=follow,
        )

    def send(
        self, form: Form, typed: Mapping[str, Any] = NOTHING, *, follow: bool = True, **fields: Any
    ) -> TestResponse:
        """Send a form found on a page, with all that it already holds."""
        return self.submit(form.action, {**form.values, **typed, **fields}, follow=follow)

    def csrf_token(self) -> str:
        """Return a token that fits this client's cookie."""
        with self.session_transaction() as cookie:
            value = cookie.setdefault("csrf_token", CSRF_VALUE)
        return token_for(self.application, value)


def token_for(app: Flask, value: str) -> str:
    """Return the hidden field that fits a cookie with this value."""
    assert app.secret_key
    return str(URLSafeTimedSerializer(app.secret_key, salt=CSRF_SALT).dumps(value))


def open_session(user: User) -> str:
    """Sign somebody in without the login page; return what the cookie must hold as `sid`."""
    with transaction():  # others may write at the same time
        return identity.open_session(
            user_id=user.id,
            now=clock.now(),
            device="Peramban uji",
            address="127.0.0.1",
            second_factor=True,
        )
