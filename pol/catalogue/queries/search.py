"""Finding products by words, also mistyped ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from pol.catalogue.models import SearchTerm, SearchWord
from pol.catalogue.queries.lists import Card, count_products, list_products
from pol.catalogue.rules.finding import Filter, Sort
from pol.catalogue.rules.search import closest_word, shapes_of, stem_of, terms_of, words_of
from pol.kernel.db import db
from pol.kernel.kept import kept
from pol.kernel.paging import Page

term, word = SearchTerm.__table__.c, SearchWord.__table__.c
COMMON = 500
"""Words with so many products are equally common: counting on would tell nothing new."""
CANDIDATES = select(word.word).distinct().where(word.shape.in_(bindparam("shapes", expanding=True)))
FREQUENCY = select(func.count()).select_from(
    select(term.product_id).where(term.term == bindparam("term")).limit(COMMON).subquery()
)


@dataclass(frozen=True)
class Found:
    """Products, how many there are, and the words they were found by when those differ."""

    page: Page[Card]
    count: int
    meant: str | None = None


def search_products(
    text: str,
    wanted: Filter,
    *,
    now: datetime,
    sort: Sort = Sort.RELEVANCE,
    cursor: str | None = None,
) -> Found:
    """Return products that are found under every word of the text; a mistyped word is forgiven.

    Words that mean nothing by themselves do not restrict.
    """
    terms = _rarest_first(terms_of(text))
    page = list_products(wanted, now=now, sort=sort, terms=terms, cursor=cursor)
    if terms and not page.rows and not cursor and (meant := correct(text)):
        again = search_products(meant, wanted, now=now, sort=sort)
        return Found(again.page, again.count, meant)
    return Found(page, count_products(wanted, page, now=now, terms=terms))


def correct(text: str) -> str | None:
    """Return the text with unknown words replaced by the known ones they were meant to be."""
    words = words_of(text)
    unknown = [each for each in words if not _frequency(stem_of(each))]
    if not unknown:
        return None
    shapes = sorted(set().union(*map(shapes_of, unknown)))
    rows = db.session.connection().execute(CANDIDATES, {"shapes": shapes}).scalars().all()
    instead = {each: closest_word(each, rows) for each in unknown}
    return " ".join(instead.get(each) or each for each in words) if any(instead.values()) else None


def _rarest_first(terms: Sequence[str]) -> list[str]:
    """Return the terms with the one first that tells most; it leads the search."""
    return sorted(terms, key=_frequency) if len(terms) > 1 else list(terms)


@kept(seconds=300)
def _frequency(of: str) -> int:
    return int(db.session.connection().execute(FREQUENCY, {"term": of}).scalar_one())
