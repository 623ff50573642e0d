"""Permits that lapse inside a placement: found, and told once per stage."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from pol.notices.models import Notice
from pol.partnership.applications.models import SheetPermit
from pol.partnership.applications.queries.forecast import list_lapsing
from pol.partnership.applications.rules import SheetPermitKind
from pol.partnership.applications.rules.permits import stage_of
from pol.partnership.applications.services.forecast import warn_of_permits
from pol.partnership.applications.services.sheets import remove_permit
from pol.partnership.slots.rules import PlacementStatus
from tests.factories.partnership import Partnership, make_partnership
from tests.factories.traders import make_keeper

TODAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)


@pytest.fixture
def placed(session: Session) -> tuple[Partnership, SheetPermit]:
    p = make_partnership()
    permit = session.scalars(select(SheetPermit).where(SheetPermit.sheet_id == p.sheet.id)).one()
    return p, permit


@pytest.mark.parametrize(
    ("expires_on", "is_listed"),
    [
        (date(2026, 5, 31), True),
        (date(2026, 6, 1), False),
        (date(2026, 3, 2), True),
        (date(2026, 2, 1), True),
        (None, False),
    ],
)
def test_only_what_lapses_soon_is_listed(
    placed: tuple[Partnership, SheetPermit], expires_on: date | None, *, is_listed: bool
) -> None:
    p, permit = placed
    permit.expires_on = expires_on
    found = list_lapsing(today=TODAY)
    assert [(row.name, row.stores) for row in found] == (
        [(p.sheet.name, [p.store.name])] if is_listed else []
    )


def test_what_outlasts_the_placement_or_is_no_longer_placed_is_nobodys_worry(
    placed: tuple[Partnership, SheetPermit],
) -> None:
    p, permit = placed
    permit.expires_on = p.placement.until_on - timedelta(days=1)
    assert list_lapsing(today=p.placement.until_on - timedelta(days=20)) == []
    permit.expires_on = TODAY
    assert len(list_lapsing(today=TODAY)) == 1
    p.placement.status = PlacementStatus.ENDED
    assert list_lapsing(today=TODAY) == []


def test_a_new_paper_takes_the_worry_away(
    placed: tuple[Partnership, SheetPermit], session: Session
) -> None:
    p, permit = placed
    permit.expires_on = TODAY
    session.add(
        SheetPermit(sheet_id=p.sheet.id, kind=SheetPermitKind.BPOM, number="MD1", created_at=NOON)
    )
    session.flush()
    assert list_lapsing(today=TODAY) == []


def test_a_permit_that_was_struck_out_is_the_first_worry(
    placed: tuple[Partnership, SheetPermit], session: Session
) -> None:
    p, permit = placed
    keeper = make_keeper(p.stall)
    p.call.permits = ["p_irt", "halal"]
    remove_permit(sheet=p.sheet, permit_id=permit.id, actor_id=keeper.id, now=NOON)
    other = make_partnership()
    session.execute(
        update(SheetPermit).where(SheetPermit.sheet_id == other.sheet.id).values(expires_on=TODAY)
    )
    rows = list_lapsing(today=TODAY)
    assert [(row.name, row.kind.value, row.expires_on, row.stores) for row in rows] == [
        (p.sheet.name, "halal", None, [p.store.name]),
        (p.sheet.name, "p_irt", None, [p.store.name]),
        (other.sheet.name, "p_irt", TODAY, [other.store.name]),
    ]
    assert [warn_of_permits(NOON), warn_of_permits(NOON + timedelta(days=40))] == [2, 0]
    bodies = session.scalars(select(Notice.body).where(Notice.user_id == keeper.id)).all()
    assert any(body.startswith("P-IRT tidak ada lagi, padahal") for body in bodies)


def test_each_stage_is_told_once(placed: tuple[Partnership, SheetPermit], session: Session) -> None:
    p, permit = placed
    keeper = make_keeper(p.stall)
    permit.expires_on = TODAY + timedelta(days=30)
    assert warn_of_permits(NOON) == 1
    assert warn_of_permits(NOON + timedelta(days=1)) == 0
    assert warn_of_permits(NOON + timedelta(days=23)) == 1
    assert warn_of_permits(NOON + timedelta(days=30)) == 0
    assert warn_of_permits(NOON + timedelta(days=31)) == 1
    titles = session.scalars(
        select(Notice.title).where(Notice.user_id == keeper.id).order_by(Notice.id)
    )
    assert [title.removeprefix(f"P-IRT {p.sheet.name} ") for title in titles] == [
        "habis 30 hari lagi",
        "habis 7 hari lagi",
        "sudah habis",
    ]


@pytest.mark.parametrize(
    ("days", "stage"), [(91, None), (90, 90), (31, 90), (30, 30), (7, 7), (0, 7), (-1, 0)]
)
def test_stages_begin_on_their_day(days: int, stage: int | None) -> None:
    assert stage_of(days) == stage
