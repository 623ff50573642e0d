"""Public pages, rendered once and given to every visitor who carries no cookie.

A page stays until its seconds are over or anything in the catalogue changes: every change to it
touches one small file that all workers of this machine look at (a stat costs 2 microseconds).
Sits in front of Flask. Each answer still gets a nonce of its own.
"""

import gzip
import hashlib
import secrets
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from flask import Flask, g, request
from werkzeug.wsgi import ClosingIterator

from pol.kernel.transaction import after_commit
from pol.web.headers import NONCE_PLACEHOLDER, csp
from pol.web.language import COOKIELESS

P = ParamSpec("P")
R = TypeVar("R")
Environ = dict[str, Any]
LIMIT = 300
CATALOGUE = "catalogue"


def public_page(seconds: int = 20) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Say that a page is the same for every visitor without a cookie."""

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
            if COOKIELESS in request.environ:
                g.public_page = True
                request.environ["pol.seconds"] = seconds
            return view(*args, **kwargs)

        return wrapper

    return decorate


@dataclass(frozen=True)
class Kept:
    """A rendered page, cut where the nonce goes."""

    parts: list[bytes]
    headers: list[tuple[str, str]]
    etag: str
    until: float
    stamp: int


class PublicPages:
    """WSGI layer that keeps public pages."""

    def __init__(self, app: Any, *, cookie: str, stamp: Path, enabled: bool) -> None:
        self.app, self.cookie, self.stamp, self.enabled = app, f"{cookie}=", stamp, enabled
        self.kept: dict[str, Kept] = {}

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "GET" or self.cookie in environ.get("HTTP_COOKIE", ""):
            return self.app(environ, start_response)  # type: ignore[no-any-return]
        environ[COOKIELESS] = True
        key = f"{environ.get('HTTP_HOST')}{environ['PATH_INFO']}?{environ.get('QUERY_STRING')}"
        page, stamp = self.kept.get(key), self._stamp()
        if self.enabled and page and page.stamp == stamp and time.monotonic() < page.until:
            return _send(page, environ, start_response)
        return self._render(key, stamp, environ, start_response)

    def _stamp(self) -> int:
        try:
            return self.stamp.stat().st_mtime_ns
        except FileNotFoundError:
            return 0

    def _render(
        self, key: str, stamp: int, environ: Environ, start_response: Any
    ) -> Iterable[bytes]:
        answer: list[Any] = []
        with closing(ClosingIterator(self.app(environ, lambda *args: answer.append(args)))) as sent:
            body = b"".join(sent)  # then a file that was sent is closed, too
        status, headers = answer[-1][0], answer[-1][1]
        seconds = environ.get("pol.seconds")
        if seconds is None or not status.startswith("200"):
            start_response(status, headers)
            return [body]
        etag = f'W/"{hashlib.sha1(body, usedforsecurity=False).hexdigest()[:16]}"'
        dropped = {"content-length", "content-security-policy", "set-cookie", "cache-control"}
        rest = [(name, value) for name, value in headers if name.lower() not in dropped]
        rest += [("ETag", etag), ("Cache-Control", "no-cache"), ("Vary", "Cookie, Accept-Encoding")]
        page = Kept(
            body.split(NONCE_PLACEHOLDER.encode()), rest, etag, time.monotonic() + seconds, stamp
        )
        if len(self.kept) >= LIMIT:
            self.kept.clear()
        self.kept[key] = page
        return _send(page, environ, start_response)


def _send(page: Kept, environ: Environ, start_response: Any) -> Iterable[bytes]:
    if page.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        # The browser keeps the policy it stored with the page, so the nonces still agree.
        start_response("304 Not Modified", [("ETag", page.etag), ("Cache-Control", "no-cache")])
        return [b""]
    nonce = secrets.token_urlsafe(16)
    body = nonce.encode().join(page.parts)
    headers = [*page.headers, ("Content-Security-Policy", csp(nonce))]
    if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
        body = gzip.compress(body, 1)
        headers.append(("Content-Encoding", "gzip"))
    start_response("200 OK", [*headers, ("Content-Length", str(len(body)))])
    return [body]


def register(app: Flask) -> None:
    """Put the layer in front and let catalogue changes empty it."""
    stamp = Path(app.config["CACHE_STAMP"])
    app.wsgi_app = PublicPages(  # type: ignore[method-assign]
        app.wsgi_app,
        cookie=app.config["SESSION_COOKIE_NAME"],
        stamp=stamp,
        enabled=app.config.get("PUBLIC_CACHE", True),
    )

    def touch(marks: set[str]) -> None:
        if CATALOGUE in marks:
            stamp.touch()

    after_commit(touch)
