"""One shelf of the market."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from pol.catalogue.queries.categories import CategoryRow, get_category
from pol.catalogue.queries.lists import count_products, list_products
from pol.kernel import clock
from pol.web.access import open_to_all
from pol.web.cache import public_page
from pol.web.language import gettext as _
from pol.web.language import named
from pol.web.public.asking import count_words, read_question, within
from pol.web.public.choices import choices

bp = Blueprint("public_category", __name__)


@bp.get("/kategori/<slug>")
@open_to_all
@public_page(seconds=20)
def show(slug: str) -> ResponseReturnValue:
    category = get_category(slug)
    asked, now = read_question(), clock.now()
    wanted = within(asked.wanted, category)
    page = list_products(wanted, now=now, sort=asked.sort, cursor=asked.cursor)
    return render_template(
        "public/category.html",
        category=category,
        shelves=_shelves(category),
        choices=choices("pasar", "kecamatan"),
        asked=asked,
        page=page,
        count=count_words(count_products(wanted, page, now=now)),
    )


def _shelves(category: CategoryRow) -> list[tuple[str, str]]:
    """Return the address and name of the top category and of all below it."""
    top = get_category(category.parent.slug) if category.parent else category
    if not top.children:
        return []
    everything = (f"/kategori/{top.slug}", _("Semua"))
    return [everything, *((f"/kategori/{row.slug}", named(row.name)) for row in top.children)]
