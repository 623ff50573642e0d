"""Days that are over stay as they were."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from pol.partnership.slots.models import PlacementBefore, StoreBefore
from pol.partnership.slots.rules.past import Dated, add_up
from pol.partnership.slots.services import placing, stores
from tests.factories.partnership import make_partnership
from tests.factories.people import make_person

MONDAY, TUESDAY, FRIDAY = (date(2026, 2, day) for day in (2, 3, 6))
NOW = datetime(2026, 4, 2, 3, tzinfo=UTC)


def test_a_value_holds_until_the_day_on_which_it_changed() -> None:
    width = Dated(300, [(TUESDAY, 100), (FRIDAY, 200)])
    assert [width.on(day) for day in (MONDAY, TUESDAY, FRIDAY)] == [100, 200, 300]
    assert Dated(300).on(MONDAY) == 300


def test_of_two_changes_on_one_day_the_first_says_how_it_was() -> None:
    assert Dated(300, [(TUESDAY, 100), (TUESDAY, 200)]).on(MONDAY) == 100


def test_millimetres_are_added_up_day_by_day() -> None:
    assert add_up(Dated(300, [(TUESDAY, 100)]), MONDAY, FRIDAY) == 100 + 3 * 300
    assert add_up(Dated(300), MONDAY, FRIDAY) == 4 * 300
    assert add_up(Dated(300), FRIDAY, FRIDAY) == 0


@pytest.mark.parametrize("table", [StoreBefore, PlacementBefore])
def test_what_was_is_never_changed(
    session: Session, table: type[StoreBefore | PlacementBefore]
) -> None:
    p, officer = make_partnership(), make_person()
    placing.resize(placement=p.placement, facings=3, actor_id=None, now=NOW)
    stores.suspend_store(store=p.store, officer_id=officer.id, reason="Izin habis", now=NOW)
    session.flush()
    for change in (update(table).values(until_at=NOW), delete(table)):
        with pytest.raises(DBAPIError, match="append-only"), session.begin_nested():
            session.execute(change)
