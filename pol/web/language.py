"""Which language a visitor reads; Indonesian is the source, so it costs nothing."""

import flask_babel
from flask import Flask, current_app, has_request_context, request, session

SOURCE = "id"
COOKIELESS = "pol.cookieless"
"""Set by `pol.web.cache` in the environment of a request that carries no cookie of ours."""

LANGUAGES = {"id": "Bahasa Indonesia", "en": "English", "jv": "Basa Jawa"}


def has_cookie() -> bool:
    """Answer whether this visitor carries our cookie; without it we know nothing of them."""
    if COOKIELESS in request.environ:
        return False
    return current_app.config["SESSION_COOKIE_NAME"] in request.cookies


def current_locale() -> str:
    """Return the visitor's language code."""
    chosen = session.get("locale", SOURCE) if has_request_context() and has_cookie() else SOURCE
    return chosen if chosen in LANGUAGES else SOURCE


def gettext(text: str, **values: object) -> str:
    """Return a sentence in the visitor's language."""
    if current_locale() == SOURCE:
        return text % values if values else text
    return str(flask_babel.gettext(text, **values))


def ngettext(one: str, many: str, n: int, **values: object) -> str:
    """Return a sentence about a number of things in the visitor's language."""
    if current_locale() == SOURCE:
        return (one if n == 1 else many) % {"num": n, **values}
    return str(flask_babel.ngettext(one, many, n, **values))


def register(app: Flask) -> None:
    """Give templates the catalogue."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=False)  # type: ignore[attr-defined]
    app.jinja_env.globals.update(_=gettext, languages=LANGUAGES, current_locale=current_locale)
