"""Our style sheets as one file, and our script: compressed once, kept by browsers for a year."""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Flask, Response, request

from pol.kernel.errors import NotFound
from pol.web.access import open_to_all

FILES = {
    "pol.css": ("css/tokens.css", "css/base.css", "css/parts.css", "css/pages.css"),
    "app.js": ("js/app.js",),
    # Only on the pages of the shelf partnership, after the others.
    "shelf.css": tuple(
        f"css/shelf/{topic}.css"
        for topic in ("planogram", "calls", "applications", "agreements", "goods", "bills")
    ),
    "shelf.js": ("js/planogram.js", "js/calls.js", "js/goods.js", "js/camera.js"),
}
TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}
SPARED = re.compile(rb"/\*.*?\*/\s*|(?<=\n)[ \t]+|(?<=[;{]) | (?=[{}])|\n(?=\n)", re.DOTALL)
"""Comments and spaces of a style sheet, which browsers need not fetch."""
FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Bundle:
    """One file as it is sent."""

    address: str
    plain: bytes
    packed: bytes


def register(app: Flask) -> None:
    """Offer `bundle(name)` to templates, and serve what it names."""
    folder = Path(str(app.static_folder))

    @cache
    def read(name: str) -> Bundle:
        plain = b"\n".join((folder / path).read_bytes() for path in FILES[name])
        if name.endswith(".css"):
            plain = SPARED.sub(b"", plain)
        digest = hashlib.sha256(plain).hexdigest()[:10]
        return Bundle(f"/berkas/{digest}/{name}", plain, gzip.compress(plain, 9, mtime=0))

    @app.get("/berkas/<digest>/<name>", endpoint="bundle")
    @open_to_all
    def show(digest: str, name: str) -> Response:
        if name not in FILES:
            raise NotFound
        file, packed = read(name), request.accept_encodings["gzip"] > 0
        answer = Response(
            file.packed if packed else file.plain, content_type=TYPES[name.rpartition(".")[2]]
        )
        newest = f"/{digest}/" in file.address
        answer.headers["Cache-Control"] = FOREVER if newest else "no-cache"
        answer.headers["Vary"] = "Accept-Encoding"
        if packed:
            answer.headers["Content-Encoding"] = "gzip"
        return answer

    app.jinja_env.globals["bundle"] = lambda name: read(name).address
