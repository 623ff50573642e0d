"""Places that end, proposals and letters are each reached once, page by page."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.paging import Page, encode_cursor
from pol.partnership.settlement.models import Renewal
from pol.partnership.settlement.queries import letters, renewals
from pol.partnership.settlement.rules import RenewalKind
from pol.partnership.settlement.services import renewing
from pol.partnership.settlement.services.renewing import Wish
from pol.partnership.slots.rules import Bearer
from tests.factories.partnership import Partnership, make_partnership

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
TODAY = date(2026, 11, 20)
SIZE = 2


def _leaf(ask: Callable[[str | None], Page[Any]]) -> list[str]:
    """Turn the pages to the last one; return the numbers in the order in which they came."""
    numbers: list[str] = []
    cursor: str | None = None
    while True:
        page = ask(cursor)
        assert len(page.rows) <= SIZE
        assert page.is_first == (cursor is None)
        numbers += [row.number for row in page.rows]
        cursor = page.next_cursor
        if cursor is None:
            return numbers


@pytest.fixture
def places(session: Session) -> list[Partnership]:
    """Five places of one producer with one retailer, two of which end on the same day."""
    first = make_partnership()
    same = {"stall": first.stall, "retailer": first.retailer}
    found = [first, *(make_partnership(**same) for _ in range(4))]  # type: ignore[arg-type]
    for number, p in enumerate(found):
        p.placement.until_on = date(2027, 1, 1) - timedelta(days=number // 2)
    make_partnership()
    session.flush()
    return found


def _ask(p: Partnership, by: Bearer) -> Renewal:
    wish = Wish(RenewalKind.FREE, "Ganti produk")
    return renewing.ask(placement=p.placement, wish=wish, by=by, actor_id=p.owner.id, now=NOW)


def test_every_place_that_ends_is_reached_the_next_end_first(places: list[Partnership]) -> None:
    for mine in (
        renewals.of_stall(places[0].stall.id),
        renewals.of_retailer(places[0].retailer.id),
    ):
        found = _leaf(
            lambda cursor, mine=mine: renewals.list_ending(  # type: ignore[misc]
                mine, today=TODAY, cursor=cursor, size=SIZE
            )
        )
        in_order = sorted(places, key=lambda p: (p.placement.until_on, p.placement.id))
        assert found == [p.placement.number for p in in_order]
        for number in found:
            assert renewals.get_ending(mine, number, today=TODAY).number == number


def test_proposals_and_what_waits_for_this_side_are_reached(places: list[Partnership]) -> None:
    mine = renewals.of_retailer(places[0].retailer.id)
    asked = [
        _ask(p, Bearer.RETAILER if turn % 2 else Bearer.PRODUCER) for turn, p in enumerate(places)
    ]
    newest = [row.number for row in reversed(asked)]
    found = _leaf(lambda cursor: renewals.list_renewals(mine, cursor=cursor, size=SIZE))
    assert found == newest
    for side in (Bearer.RETAILER, Bearer.PRODUCER):
        found = _leaf(
            lambda cursor, side=side: renewals.list_to_answer(  # type: ignore[misc]
                mine, side, cursor=cursor, size=SIZE
            )
        )
        assert found == [row.number for row in reversed(asked) if row.asked_by is not side]
    answered = db.session.get_one(Renewal, asked[1].id)
    renewing.decline(renewal=answered, placement=places[1].placement, by=Bearer.PRODUCER,
                     actor_id=places[1].owner.id, words="Masih laku", now=NOW)  # fmt: skip
    left = renewals.list_to_answer(mine, Bearer.PRODUCER).rows
    assert answered.number not in {row.number for row in left}


def test_every_letter_is_reached(places: list[Partnership]) -> None:
    for p in places:
        _ask(p, Bearer.RETAILER)
    for mine in (
        letters.of_stall(places[0].stall.id),
        letters.of_retailer(places[0].retailer.id),
    ):
        found = _leaf(
            lambda cursor, mine=mine: letters.list_of_places(  # type: ignore[misc]
                mine, cursor=cursor, size=SIZE
            )
        )
        assert len(found) == len(set(found)) == len(places)


def test_a_place_of_others_or_one_that_goes_on_is_none_that_ends(
    places: list[Partnership],
) -> None:
    mine, theirs = renewals.of_stall(places[0].stall.id), make_partnership()
    for number in (theirs.placement.number, "TP-0"):
        with pytest.raises(NotFound):
            renewals.get_ending(mine, number, today=TODAY)
    _ask(places[0], Bearer.RETAILER)
    with pytest.raises(NotFound):
        renewals.get_ending(mine, places[0].placement.number, today=TODAY)


@pytest.mark.parametrize("cursor", ["", "x", encode_cursor(("kapan", 1)), encode_cursor((1, 2))])
def test_a_cursor_that_nobody_handed_out_starts_at_the_beginning(
    places: list[Partnership], cursor: str
) -> None:
    mine = renewals.of_stall(places[0].stall.id)
    page = renewals.list_ending(mine, today=TODAY, cursor=cursor)
    assert page.is_whole
    assert len(page.rows) == len(places)
