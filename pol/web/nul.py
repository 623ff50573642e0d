"""The one letter that PostgreSQL cannot hold and no keyboard makes is turned away at the door."""

from flask import Flask, abort, request

NUL = "\0"


def _refuse() -> None:
    if NUL in request.path or "%00" in request.environ.get("QUERY_STRING", ""):
        abort(400)
    if request.method == "POST" and any(
        NUL in text for pair in request.form.items(multi=True) for text in pair
    ):
        abort(400)


def register(app: Flask) -> None:
    """Look at every request before its page does."""
    app.before_request(_refuse)
