"""How fast a place sells: units a week and facing, over four weeks at most."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from pol.partnership.consignment.queries.pace import list_paces
from pol.partnership.consignment.rules.pace import pace_milli, window
from tests.factories.partnership import make_partnership
from tests.partnership.slots.sold import sell

DAY = date(2026, 3, 2)


def test_the_window_is_four_weeks_or_as_long_as_it_stands() -> None:
    assert window(DAY, date(2026, 1, 1)) == (date(2026, 2, 3), date(2026, 3, 3))
    assert window(DAY, date(2026, 2, 24)) == (date(2026, 2, 24), date(2026, 3, 3))
    assert window(DAY, date(2026, 5, 1)) == (DAY, date(2026, 3, 3))


@pytest.mark.parametrize(
    ("sold", "days", "facings", "pace"),
    [(8, 28, 2, 1_000), (1, 7, 1, 1_000), (0, 28, 1, 0), (-3, 28, 1, 0), (1, 0, 0, 7_000)],
)
def test_a_pace_is_per_week_and_facing(sold: int, days: int, facings: int, pace: int) -> None:
    assert pace_milli(sold, days=days, facings=facings) == pace


def test_only_the_last_four_weeks_of_the_store_count(session: Session) -> None:
    p, other = make_partnership(), make_partnership()
    sell(p, 6, DAY)
    sell(p, 2, DAY - timedelta(days=27))
    sell(p, 5, DAY - timedelta(days=28))
    sell(p, 3, DAY + timedelta(days=1))
    sell(other, 9, DAY)
    assert list_paces(store_id=p.store.id, day=DAY) == {p.placement.id: 1_000}
    assert list_paces(store_id=p.store.id, day=date(2025, 1, 1)) == {}
