"""Which language a visitor reads; Indonesian is the source, so it costs nothing."""

from flask import Flask, current_app, request, session
from flask_babel import gettext, ngettext

LANGUAGES = {"id": "Bahasa Indonesia", "en": "English", "jv": "Basa Jawa"}


def has_cookie() -> bool:
    """Answer whether this visitor carries our cookie; without it we know nothing of them."""
    return current_app.config["SESSION_COOKIE_NAME"] in request.cookies


def current_locale() -> str:
    """Return the visitor's language code."""
    chosen = session.get("locale", "id") if request and has_cookie() else "id"
    return chosen if chosen in LANGUAGES else "id"


def _gettext(text: str, **values: object) -> str:
    if current_locale() == "id":
        return text % values if values else text
    return str(gettext(text, **values))


def _ngettext(one: str, many: str, n: int, **values: object) -> str:
    if current_locale() == "id":
        return (one if n == 1 else many) % {"num": n, **values}
    return str(ngettext(one, many, n, **values))


def register(app: Flask) -> None:
    """Give templates the catalogue."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(_gettext, _ngettext, newstyle=False)  # type: ignore[attr-defined]
    app.jinja_env.globals.update(_=_gettext, languages=LANGUAGES, current_locale=current_locale)
