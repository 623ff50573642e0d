"""Pages of slots in the shelf partnership, for the tour."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from pol.kernel.db import db
from pol.partnership.slots.models import Fixture, FollowUp, RetailMember, Shelf, SlotCall, Store
from pol.partnership.slots.rules.call import EDITABLE


def reach(visitor: Any) -> Any:
    """Return the stores that a person works in: a clerk in one, others in all."""
    mine = RetailMember.user_id == visitor.user_id
    seats = select(RetailMember.retailer_id, RetailMember.store_id).where(mine).subquery()
    return (
        select(Store.id)
        .join(seats, seats.c.retailer_id == Store.retailer_id)
        .where((seats.c.store_id.is_(None)) | (seats.c.store_id == Store.id))
    )


def _stores(visitor: Any) -> list[dict[str, Any]]:
    """Return a store of each status, of those that a person works in."""
    reached = Store.id.in_(reach(visitor))
    rows = db.session.execute(select(Store.status, Store.slug).where(reached))
    return [{"slug": slug} for slug in {row[0]: row[1] for row in rows}.values()]


def _all_stores(_visitor: Any) -> list[dict[str, Any]]:
    rows = db.session.execute(select(Store.status, Store.slug))
    return [{"slug": slug} for slug in {row[0]: row[1] for row in rows}.values()]


def _shelves(visitor: Any) -> list[dict[str, Any]]:
    """Return one shelf of each state of its fixture."""
    rows = db.session.execute(
        select(Fixture.status, Store.slug, Fixture.code, Shelf.number)
        .join(Fixture, Fixture.id == Shelf.fixture_id)
        .join(Store, Store.id == Shelf.store_id)
        .where(Store.id.in_(reach(visitor)), Shelf.is_active.is_(True))
    )
    found = {row[0]: {"slug": row[1], "code": row[2], "number": row[3]} for row in rows}
    return list(found.values())


def _fixtures(visitor: Any) -> list[dict[str, Any]]:
    return [{"slug": one["slug"], "code": one["code"]} for one in _shelves(visitor)]


def _calls(*where: Any) -> list[dict[str, Any]]:
    """Return a call of each state."""
    rows = db.session.execute(select(SlotCall.status, SlotCall.number).where(*where))
    return [{"number": number} for number in {row[0]: row[1] for row in rows}.values()]


def _own_calls(visitor: Any) -> list[dict[str, Any]]:
    mine = select(RetailMember.retailer_id).where(RetailMember.user_id == visitor.user_id)
    return _calls(SlotCall.retailer_id.in_(mine))


def _own_drafts(visitor: Any) -> list[dict[str, Any]]:
    mine = select(RetailMember.retailer_id).where(RetailMember.user_id == visitor.user_id)
    return _calls(SlotCall.retailer_id.in_(mine), SlotCall.status.in_(EDITABLE))


def _fixtures_of_cards(visitor: Any) -> list[dict[str, Any]]:
    return [{"slug": one["slug"], "rak": one["code"]} for one in _shelves(visitor)]


def _follow_ups(*where: Any) -> list[dict[str, Any]]:
    """Return one follow-up that is answered, and one that is not."""
    rows = db.session.execute(
        select(FollowUp.answered_at.is_(None), FollowUp.number)
        .join(Store, Store.id == FollowUp.store_id)
        .where(*where)
    )
    return [{"number": number} for number in {row[0]: row[1] for row in rows}.values()]


SOURCES: Mapping[str, Callable[[Any], list[dict[str, Any]]]] = {
    "retailer_stores.show": _stores,
    "retailer_stores.edit": lambda visitor: _stores(visitor)[:1],
    "retailer_planogram.show": _stores,
    "retailer_planogram_files.cards": lambda visitor: _fixtures_of_cards(visitor)[:1],
    "retailer_shelves.new": lambda visitor: _stores(visitor)[:1],
    "retailer_shelves.show": _fixtures,
    "retailer_shelves.edit": lambda visitor: _fixtures(visitor)[:1],
    "retailer_shelves.new_shelf": lambda visitor: _fixtures(visitor)[:1],
    "retailer_shelves.edit_shelf": lambda visitor: _shelves(visitor)[:1],
    "dinas_stores.show": _all_stores,
    **{
        f"retailer_calls_draft.{screen}": _own_drafts
        for screen in ("basics", "space", "terms", "goods", "review")
    },
    "retailer_calls.show": _own_calls,
    "public_slots.show": lambda _visitor: _calls(SlotCall.published_at.is_not(None)),
    "dinas_calls.show": lambda _visitor: _calls(),
    "dinas_idle_stores.new": lambda visitor: _all_stores(visitor)[:1],
    "dinas_idle_stores.show": lambda _visitor: _follow_ups(),
    "retailer_follow_ups.show": lambda visitor: _follow_ups(
        Store.retailer_id.in_(
            select(RetailMember.retailer_id).where(RetailMember.user_id == visitor.user_id)
        )
    ),
    "admin_terms.show": lambda _visitor: [{"code": "PMD23-7-PUSAT"}, {"code": "PMD23-11-BIAYA"}],
}
NOT_PAGES: frozenset[str] = frozenset(
    f"retailer_planogram_files.{name}" for name in ("picture", "printed", "listed", "workbook")
) | {"public_shelf_card.show"}
