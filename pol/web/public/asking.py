"""What a visitor asks of a list, read from the address; nothing typed is ever lost."""

import re
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from flask import request

from pol.catalogue.queries.categories import CategoryRow, categories
from pol.catalogue.rules.finding import MOST_COUNTED, Filter, Sort
from pol.stalls.queries.public import markets
from pol.web.language import counted
from pol.web.language import gettext as _

HIGHEST_PRICE = 1_000_000_000
LONGEST = 80
PRICE = re.compile(r"(?:rp)?[ .]*(\d[\d.]*)(?:,00?)?", re.IGNORECASE)
NAMES = ("q", "pasar", "kecamatan", "kategori", "dari", "sampai", "buka", "ambil", "urut")
"""Everything that an address may ask, besides where a page begins ("mulai")."""


@dataclass
class Question:
    """What was typed, what it means, and what is wrong with it."""

    path: str
    typed: dict[str, str] = field(default_factory=dict)
    cursor: str | None = None
    sort: Sort = Sort.NEWEST
    wanted: Filter = field(default_factory=Filter)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def is_refined(self) -> bool:
        """Answer whether anything but words and order is asked."""
        return bool(self.typed.keys() - {"q", "urut"})

    def url(self, **changes: str | None) -> str:
        """Return this page's address with something changed; it begins at the first row."""
        asked = {name: value for name, value in {**self.typed, **changes}.items() if value}
        return f"{self.path}?{urlencode(asked)}" if asked else self.path

    def next_url(self, cursor: str | None) -> str | None:
        """Return where the list goes on."""
        return self.url(mulai=cursor) if cursor else None


def read_question(*, default: Sort = Sort.NEWEST) -> Question:
    """Read the address of this request."""
    if not request.query_string:
        return Question(request.path, sort=default)
    typed = {name: words for name in NAMES if (words := typed_words(name))}
    cursor = request.args.get("mulai")
    asked = Question(request.path, typed, cursor, _sort(typed.get("urut"), default))
    lowest, highest = _price(asked, "dari"), _price(asked, "sampai")
    if lowest and highest and lowest > highest:
        asked.errors["sampai"] = _("Harga tertinggi harus lebih besar daripada yang terendah.")
    at = (row.market_id for row in markets().values() if row.slug == typed.get("pasar"))
    wanted = Filter(
        market_id=next(at, None),
        kecamatan_code=typed.get("kecamatan"),
        price_from=lowest,
        price_to=highest,
        open_now="buka" in typed,
        pickup="ambil" in typed,
    )
    asked.wanted = within(wanted, categories().get(typed.get("kategori", "")))
    return asked


def typed_words(name: str) -> str:
    """Return what was typed, not longer than any of our boxes lets it be."""
    return request.args.get(name, "").strip()[:LONGEST]


def within(wanted: Filter, category: CategoryRow | None) -> Filter:
    """Return the filter with a category of either level added."""
    if category is None:
        return wanted
    if category.parent:
        return replace(wanted, category_id=category.category_id)
    return replace(wanted, top_category_id=category.category_id)


def count_words(count: int) -> str:
    """Return a number of results in words."""
    if count > MOST_COUNTED:
        return counted("Lebih dari %(n)s barang", MOST_COUNTED)
    return counted("%(n)s barang", count)


def _sort(typed: str | None, default: Sort) -> Sort:
    return Sort(typed) if typed in set(Sort) else default


def _price(asked: Question, name: str) -> int | None:
    typed = asked.typed.get(name)
    if not typed:
        return None
    found = PRICE.fullmatch(typed)
    amount = int(found[1].replace(".", "")) if found else HIGHEST_PRICE + 1
    if amount <= HIGHEST_PRICE:
        return amount
    asked.errors[name] = _("Tulis harga dengan angka saja, misalnya 15.000.")
    return None
