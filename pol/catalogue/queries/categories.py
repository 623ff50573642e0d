"""The two levels of categories."""

from dataclasses import dataclass

from sqlalchemy import select

from pol.catalogue.models import Category
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.kept import kept


@dataclass(frozen=True)
class CategoryRow:
    """A category, the one above it, and those below it in their order."""

    category_id: int
    slug: str
    name: str
    icon: str
    parent: "CategoryRow | None"
    children: "tuple[CategoryRow, ...]" = ()


@kept(seconds=60)
def categories() -> dict[str, CategoryRow]:
    """Return every category by slug: each top one followed by those below it."""
    rows = db.session.scalars(select(Category).order_by(Category.position, Category.id)).all()
    found: dict[str, CategoryRow] = {}
    for top in (row for row in rows if row.parent_id is None):
        above = _row(top, None, ())
        below = tuple(_row(row, above, ()) for row in rows if row.parent_id == top.id)
        found[top.slug] = _row(top, None, below)
        found.update({row.slug: row for row in below})
    return found


def top_categories() -> list[CategoryRow]:
    """Return the upper level."""
    return [row for row in categories().values() if row.parent is None]


def get_category(slug: str) -> CategoryRow:
    """Return the category with this address.

    :raises NotFound: there is none
    """
    found = categories().get(slug)
    if found is None:
        raise NotFound
    return found


def _row(
    row: Category, parent: CategoryRow | None, children: tuple[CategoryRow, ...]
) -> CategoryRow:
    return CategoryRow(row.id, row.slug, row.name, row.icon, parent, children)
