"""A month that is over stays as it was, and each of its days counts as it was."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.kernel.db import db
from pol.kernel.localtime import at_local
from pol.partnership.settlement.queries.compliance import Month, StoreMonth, list_stores
from pol.partnership.slots.services import placing, stores
from pol.partnership.slots.services.stores import StoreFacts
from tests.factories.partnership import (
    Partnership,
    make_agreement,
    make_application,
    make_partnership,
    make_placement,
    make_retailer,
    make_sheet,
)
from tests.factories.people import make_person
from tests.partnership.slots.test_stores import FACTS

FEBRUARY, APRIL = Month(date(2026, 2, 1)), Month(date(2026, 4, 1))
MIDDLE = datetime(2026, 4, 16, 3, tzinfo=UTC)
"""The first day of the second half of April."""
TODAY = date(2026, 5, 4)


@pytest.fixture
def p(session: Session) -> Partnership:
    """Give a store of 40 m where 280 mm stand since January: 0.7 %."""
    return make_partnership()


@pytest.fixture
def officer(p: Partnership) -> User:
    return make_person("Petugas Dinas Contoh")


def _report(month: Month, today: date = TODAY) -> StoreMonth:
    (row,) = list_stores(month, today=today)
    return row


def _slugs(month: Month) -> set[str]:
    return {row.slug for row in list_stores(month, today=TODAY)}


def _measured_anew(p: Partnership, millimetres: int) -> None:
    store = p.store
    names = ("name", "permit_number", "permit_expires_on", "village_code", "address", "phone")
    facts = StoreFacts(**{name: getattr(store, name) for name in names}, all_shelves_mm=millimetres)
    stores.update_store(store=store, facts=facts, actor_id=p.owner.id, now=MIDDLE)
    db.session.flush()


def test_a_store_that_is_measured_anew_changes_no_month_that_is_over(p: Partnership) -> None:
    before = _report(FEBRUARY)
    _measured_anew(p, 20_000)
    assert _report(FEBRUARY) == before
    april = _report(APRIL)
    assert (april.all_shelves_mm, april.share_ppm) == (20_000, 280 * 30 * 1_000_000 // 900_000)


def test_a_place_that_grows_changes_no_month_that_is_over(p: Partnership) -> None:
    before = _report(FEBRUARY)
    placing.resize(placement=p.placement, facings=4, actor_id=None, now=MIDDLE)
    db.session.flush()
    assert _report(FEBRUARY) == before
    assert _report(APRIL).share_ppm == 7_000 * 3 // 2


def test_a_place_counts_from_the_day_on_which_its_goods_came(p: Partnership) -> None:
    p.placement.live_at = at_local(date(2026, 2, 27), 600)
    assert _report(FEBRUARY).share_ppm == 7_000 * 2 // 28
    p.placement.live_at = at_local(date(2026, 3, 1), 0)
    assert _report(FEBRUARY).products == 0


def test_a_store_that_is_stopped_keeps_its_months(p: Partnership, officer: User) -> None:
    before = _report(FEBRUARY)
    stores.suspend_store(store=p.store, officer_id=officer.id, reason="Izin habis", now=MIDDLE)
    db.session.flush()
    assert _report(FEBRUARY) == before
    assert list_stores(APRIL, today=TODAY) == []
    stores.verify_store(store=p.store, officer_id=officer.id, now=at_local(TODAY, 600))
    db.session.flush()
    assert list_stores(APRIL, today=TODAY) == []
    assert _report(Month.of(TODAY)).products == 1


def test_a_store_has_no_month_before_it_was_verified(session: Session, officer: User) -> None:
    owner, early, march = make_person(), at_local(date(2026, 2, 3), 600), Month(date(2026, 3, 1))
    store = stores.open_store(
        retailer_id=make_retailer().id, facts=FACTS, actor_id=owner.id, now=early
    )
    stores.submit_store(store=store, actor_id=owner.id, now=early)
    stores.verify_store(store=store, officer_id=officer.id, now=at_local(date(2026, 3, 10), 600))
    db.session.flush()
    assert [store.slug in _slugs(month) for month in (FEBRUARY, march, APRIL)] == [
        False,
        True,
        True,
    ]


def test_a_producer_that_moves_came_from_where_it_came(p: Partnership) -> None:
    beside = make_application(p.call, make_sheet(), stores=[p.store])
    make_placement(beside, p.shelf, agreement=make_agreement(beside, p.call), x_mm=400)
    before = _report(FEBRUARY)
    assert (before.producers, before.kecamatan_count) == (2, 1)
    p.stall.kecamatan_code = "35.24.01"
    db.session.flush()
    assert _report(FEBRUARY) == before
