"""Finding a village by name; names repeat, so each is shown with its kecamatan."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from pol.regions import queries as places
from pol.web.access import open_to_all
from pol.web.cache import public_page

bp = Blueprint("public_village", __name__)

LONGEST = 80


def _words() -> str:
    return " ".join(request.args.get("q", "")[:LONGEST].split())


@bp.get("/desa")
@open_to_all
@public_page(seconds=600)
def search() -> ResponseReturnValue:
    words, kecamatan = _words(), request.args.get("kecamatan", "")[:LONGEST]
    villages = places.search_villages(words) if words else places.list_villages(kecamatan)
    return render_template(
        "public/village.html",
        words=words,
        villages=villages,
        kecamatan=places.list_kecamatan(),
        chosen=kecamatan,
    )


@bp.get("/desa/saran")
@open_to_all
@public_page(seconds=600)
def suggest() -> ResponseReturnValue:
    """Return the options of a datalist, as lines of HTML."""
    villages = places.search_villages(_words(), limit=8) if len(_words()) > 1 else []
    return render_template("public/village_names.html", villages=villages)
