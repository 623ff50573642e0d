"""Which language a visitor reads; Indonesian is the source, so it costs nothing.

What is stored stays as it was written: names, prices' notes, messages in the inbox, letters, the
memos of the ledger. Numbers, money and the clock stay Indonesian in every language, too, so that
a price reads the same on everybody's screen: Rp12.500, 0,25 kg, 14.05 WIB.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from importlib import import_module
from pathlib import Path

import flask_babel
from flask import Flask, Response, current_app, has_request_context, request, session
from flask_babel.speaklater import LazyString

from pol.kernel.errors import PolError
from pol.kernel.text import grouped
from pol.web.next_page import this_page

SOURCE = "id"
COOKIELESS = "pol.cookieless"
"""Set by `pol.web.cache` in the environment of a request that carries no cookie of ours."""

LANGUAGES = {"id": "Bahasa Indonesia", "en": "English", "jv": "Basa Jawa"}
DRAFTS = frozenset({"jv"})
"""Languages that nobody who speaks them has read yet; their pages say so."""

CATALOGUES = Path(__file__).parent.parent / "translations"
_current: ContextVar[str] = ContextVar("language", default=SOURCE)
"""Asked some hundred times a page, so it is found out once a request."""


def has_cookie() -> bool:
    """Answer whether this visitor carries our cookie; without it we know nothing of them."""
    if COOKIELESS in request.environ:
        return False
    return current_app.config["SESSION_COOKIE_NAME"] in request.cookies


def current_locale() -> str:
    """Return the visitor's language code."""
    return _current.get()


def gettext(text: str, /, **values: object) -> str:
    """Return a sentence in the visitor's language."""
    if _current.get() == SOURCE:
        return text % values if values else text
    return str(flask_babel.gettext(text, **values))


def ngettext(one: str, many: str, n: int, /, **values: object) -> str:
    """Return a sentence about a number of things in the visitor's language."""
    if _current.get() == SOURCE:
        return (one if n == 1 else many) % {"num": n, **values}
    return str(flask_babel.ngettext(one, many, n, **values))


def counted(text: str, n: int, /, **values: object) -> str:
    """Return a sentence about n things; Indonesian says it alike for one and for many."""
    return ngettext(text, text, n, n=grouped(n), **values)


def named(name: str) -> str:
    """Return a stored name, such as a category's, in the visitor's language if it has one."""
    return gettext(name) if name else name


def lazy_gettext(text: str) -> LazyString:
    """Return a sentence that is translated each time it is shown."""
    return LazyString(gettext, text)


def put_in_words(message: str, values: Mapping[str, object]) -> str:
    """Return a sentence that a rule wrote, with its values, in the visitor's language."""
    return gettext(message, **values)


def sentence_of(refusal: PolError) -> str:
    """Return what a refusal says, in the visitor's language."""
    return gettext(refusal.sentence, **refusal.values)


def choose(code: str) -> None:
    """Speak this language from now on; whoever reads Indonesian needs no cookie for it."""
    if code not in LANGUAGES or code == SOURCE:
        session.pop("locale", None)
        return
    session["locale"] = code
    session.permanent = True


def compile_catalogues() -> None:
    """Write the compiled form of each catalogue that is newer than it, or has none."""
    for source in CATALOGUES.glob("*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns:
            import_module("pol.web.catalogue").compile_catalogue(source, compiled)


def _find_out() -> None:
    chosen = session.get("locale", SOURCE) if has_request_context() and has_cookie() else SOURCE
    _current.set(chosen if chosen in LANGUAGES else SOURCE)


def _name(response: Response) -> Response:
    if response.mimetype == "text/html":
        response.headers["Content-Language"] = current_locale()
    return response


def register(app: Flask) -> None:
    """Give templates the catalogue."""
    compile_catalogues()
    app.before_request(_find_out)
    app.after_request(_name)
    app.teardown_request(lambda _error: _current.set(SOURCE) and None)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=False)  # type: ignore[attr-defined]
    app.jinja_env.globals.update(
        _=gettext,
        counted=counted,
        named=named,
        languages=LANGUAGES,
        drafts=DRAFTS,
        current_locale=current_locale,
        this_page=this_page,
    )
