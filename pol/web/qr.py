"""QR pictures of a text, to be scanned from a screen or to be saved."""

from io import BytesIO

from flask import Flask
from markupsafe import Markup
from segno import make_qr


def inline(text: str) -> Markup:
    """Return a drawing for the page itself."""
    drawing = make_qr(text, error="m").svg_inline(
        scale=5, border=4, light="#fff", unit="px", svgclass=None, lineclass=None
    )
    return Markup(drawing)  # noqa: S704 - drawn by segno from black and white squares


def png(text: str) -> bytes:
    """Return a picture that phones can save and banking applications can open."""
    file = BytesIO()
    make_qr(text, error="m").save(file, kind="png", scale=10, border=4)
    return file.getvalue()


def register(app: Flask) -> None:
    """Let templates draw codes."""
    app.jinja_env.globals["qr_inline"] = inline
