"""Scores and the demand curve, in whole numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pol.partnership.applications.rules.demand import milli_units
from pol.partnership.applications.rules.scores import Criterion, ScoresMissing, weighted_mean

CRITERIA = [Criterion(1, "Mutu", 50), Criterion(2, "Kemasan", 30), Criterion(3, "Harga", 20)]


def test_the_mean_is_weighted_and_rounded_to_hundredths() -> None:
    assert weighted_mean(CRITERIA, {1: 80, 2: 70, 3: 65}) == 7_400
    assert weighted_mean([Criterion(1, "A", 2), Criterion(2, "B", 1)], {1: 100, 2: 99}) == 9_967


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(1, 100)), min_size=1, max_size=8))
def test_the_mean_lies_between_the_points(marks: list[tuple[int, int]]) -> None:
    criteria = [Criterion(place, "", weight) for place, (_points, weight) in enumerate(marks)]
    points = {place: points for place, (points, _weight) in enumerate(marks)}
    mean = weighted_mean(criteria, points)
    assert 100 * min(points.values()) <= mean <= 100 * max(points.values())


def test_no_mean_without_all_points() -> None:
    with pytest.raises(ScoresMissing, match="masih ada 2"):
        weighted_mean(CRITERIA, {1: 80})
    with pytest.raises(ScoresMissing):
        weighted_mean([], {})


def test_four_facings_sell_twice_as_much_as_one() -> None:
    assert milli_units(20_000, 4) == [20_000, 28_284, 34_641, 40_000]


@given(st.integers(0, 10**9), st.integers(1, 60))
def test_the_curve_grows_less_and_less(demand: int, most: int) -> None:
    curve = milli_units(demand, most)
    steps = [after - before for before, after in zip([0, *curve], curve, strict=False)]
    assert len(curve) == most
    assert curve[0] == demand
    assert all(step >= 0 for step in steps)
    assert steps == sorted(steps, reverse=True)
