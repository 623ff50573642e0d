"""Keeping the search index: which stems lead to a product, which words exist."""

from collections.abc import Iterable

from sqlalchemy import delete, insert, select, text
from sqlalchemy.orm import aliased

from pol.catalogue.models import Category, Product, SearchTerm, SearchWord
from pol.catalogue.rules.search import scored_terms, shapes_of, words_of
from pol.kernel.db import db
from pol.stalls.models import Market, Stall

# SQLAlchemy has one such insert per engine; the sentence itself is the same on both.
LEARN = text("INSERT INTO search_word (shape, word) VALUES (:shape, :word) ON CONFLICT DO NOTHING")


def index_product(product_id: int) -> None:
    """Make a listed product findable under its present words; repeating changes nothing."""
    db.session.flush()
    name, category, place = _texts(product_id)
    unindex_product(product_id)
    scores = scored_terms(product_id, name=name, category=category, place=place)
    rows = [{"term": t, "product_id": product_id, "score": s} for t, s in sorted(scores.items())]
    db.session.execute(insert(SearchTerm), rows)
    learn_words(words_of(f"{name} {category} {place}"))


def unindex_product(product_id: int) -> None:
    """Make a product impossible to find."""
    db.session.execute(
        delete(SearchTerm)
        .where(SearchTerm.product_id == product_id)
        .execution_options(synchronize_session=False)
    )


def learn_words(words: Iterable[str]) -> None:
    """Remember words as known, so that mistyped ones lead to them."""
    wanted = {word for word in words if word.isalpha()}
    known = set(db.session.scalars(select(SearchWord.word).where(SearchWord.shape.in_(wanted))))
    rows = [{"shape": s, "word": w} for w in sorted(wanted - known) for s in sorted(shapes_of(w))]
    if rows:
        db.session.execute(LEARN, rows)


def _texts(product_id: int) -> tuple[str, str, str]:
    """Return the name, the categories, and the stall and market of a product."""
    parent = aliased(Category)
    row = db.session.execute(
        select(Product.name, Category.name, parent.name, Stall.name, Market.name)
        .join(Category, Category.id == Product.category_id)
        .outerjoin(parent, parent.id == Category.parent_id)
        .join(Stall, Stall.id == Product.stall_id)
        .join(Market, Market.id == Product.market_id)
        .where(Product.id == product_id)
    ).one()
    return row[0], f"{row[1]} {row[2] or ''}", f"{row[3]} {row[4]}"
