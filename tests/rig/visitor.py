"""A browser on a socket: keeps its cookie, sends forms as our pages would, times the answers."""

import time
from copy import copy
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from types import SimpleNamespace
from typing import Any, Self, cast
from urllib.parse import urlencode, urlsplit

from flask import Flask
from werkzeug.test import TestResponse

from tests.rig.client import CSRF_VALUE, token_for
from tests.rig.pages import Form, Page

PATIENCE_SECONDS = 60
GONE = (OSError, HTTPException)
"""What a browser meets when the process behind the page ends before it has answered."""


@dataclass(frozen=True)
class Answer:
    """What a browser got, and how long it waited."""

    path: str
    status: int
    headers: dict[str, str]
    text: str
    seconds: float

    @property
    def location(self) -> str:
        return self.headers.get("location", "")

    @property
    def page(self) -> Page:
        """Return it, parsed."""
        asked = SimpleNamespace(path=self.path)
        seen = SimpleNamespace(status_code=self.status, text=self.text, request=asked)
        return Page(cast("TestResponse", seen))


class Visitor:
    """Somebody with a cookie of ours in front of a server."""

    def __init__(self, app: Flask, url: str, **cookie: Any) -> None:
        signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        value = signer.dumps({"csrf_token": CSRF_VALUE, **cookie})
        self._cookie = f"{app.config['SESSION_COOKIE_NAME']}={value}"
        self._token = token_for(app, CSRF_VALUE)
        self._origin = url
        address = urlsplit(url)
        self.line = HTTPConnection(address.hostname or "", address.port, timeout=PATIENCE_SECONDS)

    @property
    def headers(self) -> dict[str, str]:
        """Return what a page of ours would send along with a body of any kind."""
        return {
            "Cookie": self._cookie,
            "Origin": self._origin,
            "Sec-Fetch-Site": "same-origin",
            "X-CSRFToken": self._token,
        }

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._ask("GET", path, None, {})

    def filled(self, action: str, **values: str | list[str]) -> Form:
        """Return a form as if it had been found on a page."""
        return Form(action, {"csrf_token": self._token, **values})

    def send(self, form: Form, **more: str) -> Answer:
        """Send a form found on a page; `more` are headers."""
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": self._origin,
            "Sec-Fetch-Site": "same-origin",
        }
        return self._ask("POST", form.action, urlencode(form.values, doseq=True), headers | more)

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        begin = time.perf_counter()
        try:
            self.line.request(method, path, body, {"Cookie": self._cookie, **headers})
            answer = self.line.getresponse()
            text = answer.read().decode()
        except GONE:
            self.line.close()  # the next question takes a new connection
            raise
        if cookie := answer.getheader("Set-Cookie"):
            self._cookie = cookie.split(";")[0]
        took = time.perf_counter() - begin
        named = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(path, answer.status, named, text, took)

    def twin(self) -> Self:
        """Return a second tab on the same page."""
        tab = copy(self)
        tab.line = HTTPConnection(self.line.host, self.line.port, timeout=PATIENCE_SECONDS)
        return tab

    def close(self) -> None:
        self.line.close()
