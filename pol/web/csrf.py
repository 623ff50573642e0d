"""Changes come from our own pages only.

Every change must come from our origin. Whoever carries our cookie must also bring the token of
the form. A visitor without our cookie has nothing that a foreign page could abuse, so public
pages carry no token for them and stay the same for everybody (and cacheable). Programs bring a key
with each request and no cookie counts for them, so they are let through to their guard.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, request, session
from flask_wtf.csrf import CSRFProtect, generate_csrf
from markupsafe import Markup

from pol.web.language import has_cookie
from pol.web.sessions import Seal

P = ParamSpec("P")
R = TypeVar("R")
HIDDEN = Markup('<input type="hidden" name="csrf_token" value="%s">')
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
_protect = CSRFProtect()


def form_on_public_page(view: Callable[P, R]) -> Callable[P, R]:
    """Accept a form without token if the browser itself vouches for its origin.

    A page without token may still be open in a second tab after the first one got a cookie.
    """
    view.__public_form__ = True  # type: ignore[attr-defined]
    return view


def _vouched() -> bool | None:
    """Answer whether the browser says that the form is ours; None when it says nothing."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    if origin is not None:
        return urlsplit(origin).netloc == request.host
    return None


def check() -> None:
    """Stop a change that did not come from one of our own forms."""
    if request.method in SAFE_METHODS or not current_app.config.get("WTF_CSRF_ENABLED", True):
        return
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "__by_key__", False):
        return
    vouched = _vouched()
    if vouched is False:
        abort(400, "origin")
    if not has_cookie():
        return
    if vouched and getattr(view, "__public_form__", False):
        return
    _protect.protect()


def field() -> Markup:
    """Return the hidden field that every form carries."""
    if g.get("public_page") and not has_cookie():
        return Markup("")
    if "csrf_field" not in g:
        g.csrf_field = HIDDEN % _token()
    hidden: Markup = g.csrf_field
    return hidden


def _token() -> str:
    """Return what Flask-WTF signs for this session; it makes the first, we only sign it again."""
    known = session.get("csrf_token")
    if known is None:
        return str(generate_csrf())
    return str(current_app.extensions["csrf_seal"].dumps(known))


def register(app: Flask) -> None:
    """Guard the whole application."""
    _protect.init_app(app)
    app.extensions["csrf_seal"] = Seal(app.secret_key, salt="wtf-csrf-token")
    app.before_request(check)
    app.jinja_env.globals["csrf_field"] = field
