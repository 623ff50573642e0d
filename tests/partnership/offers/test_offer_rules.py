"""Who is next for a span that came free, and until when an offer may be answered."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pol.partnership.allocation.rules.offers import (
    Board,
    Found,
    Held,
    OfferAnswered,
    OfferLapsed,
    OfferNotYet,
    Waiting,
    check_may_answer,
    find_next,
    free_spans,
    lapses_at,
    load_of,
)
from pol.partnership.allocation.rules.statuses import OfferStatus

NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
BOARD = Board(0, 900, 300, 400, 30_000, 10_000, frozenset())
ONE = Waiting(1, "keripik", 140, 220, 80, 150, 1, 3, 20_000, 200_000, 2)
GAP = 5


def _place(one: Waiting, board: Board = BOARD, held: tuple[Held, ...] = ()) -> Found | None:
    return find_next([one], board, held, gap_mm=GAP)


def test_the_first_in_the_queue_gets_as_many_facings_as_go() -> None:
    assert _place(ONE) == Found(1, 0, 3)
    assert _place(ONE, held=(Held(0, 600, 0),)) == Found(1, 605, 2)
    assert _place(ONE, held=(Held(0, 600, 0), Held(800, 100, 0))) == Found(1, 605, 1)


@pytest.mark.parametrize(
    "change",
    [
        {"height_mm": 301},
        {"depth_mm": 401},
        {"width_mm": 901},
        {"weight_g": 30_001},
        {"places_left": 0},
        {"capacity_left_milli": 19_999},
        {"min_facings": 7, "max_facings": 9},
    ],
)
def test_who_does_not_fit_is_passed_over(change: dict[str, int]) -> None:
    assert _place(replace(ONE, **change)) is None  # type: ignore[arg-type]
    queue = [replace(ONE, offer_id=7, **change), ONE]  # type: ignore[arg-type]
    assert find_next(queue, BOARD, [], gap_mm=GAP) == Found(1, 0, 3)


def test_a_board_for_other_goods_is_not_offered() -> None:
    assert _place(ONE, replace(BOARD, categories=frozenset({"minuman"}))) is None
    assert _place(ONE, replace(BOARD, categories=frozenset({"keripik"}))) is not None


def test_facings_shrink_to_what_capacity_and_board_bear() -> None:
    assert _place(replace(ONE, capacity_left_milli=30_000)) == Found(1, 0, 2)
    assert _place(ONE, replace(BOARD, load_g=1_600)) == Found(1, 0, 2)
    assert _place(ONE, held=(Held(800, 100, 29_250),)) == Found(1, 0, 1)


def test_only_the_part_that_the_call_offers_is_given() -> None:
    assert _place(ONE, replace(BOARD, from_mm=300, width_mm=300)) == Found(1, 300, 2)


spans = st.lists(
    st.tuples(st.integers(0, 900), st.integers(1, 300)).map(lambda s: Held(s[0], s[1], 0)),
    max_size=6,
)


@given(spans, st.integers(0, 30))
def test_free_spans_touch_nothing_and_stay_inside(held: list[Held], gap: int) -> None:
    for x, width in free_spans(BOARD, held, gap_mm=gap):
        assert 0 <= x < x + width <= 900
        for each in held:
            assert x + width + gap <= each.x_mm or each.x_mm + each.width_mm + gap <= x


def test_an_offer_lasts_to_the_end_of_its_last_day() -> None:
    end = lapses_at(offered_at=NOON, days=3, until_on=date(2027, 1, 1))
    assert end == datetime(2026, 3, 5, 17, 0, tzinfo=UTC)
    check_may_answer(status=OfferStatus.OFFERED, lapses_at=end, now=end - timedelta(seconds=1))


def test_an_offer_does_not_outlive_its_call() -> None:
    end = lapses_at(offered_at=NOON, days=30, until_on=date(2026, 3, 4))
    assert end == datetime(2026, 3, 3, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "refusal"),
    [
        (OfferStatus.WAITING, OfferNotYet),
        (OfferStatus.OFFERED, OfferLapsed),
        (OfferStatus.LAPSED, OfferLapsed),
        (OfferStatus.ACCEPTED, OfferAnswered),
        (OfferStatus.DECLINED, OfferAnswered),
        (OfferStatus.CLOSED, OfferAnswered),
    ],
)
def test_what_is_settled_is_not_answered(status: OfferStatus, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        check_may_answer(status=status, lapses_at=NOON, now=NOON)


def test_load_counts_what_stands_behind() -> None:
    assert load_of(facings=2, board_depth_mm=400, depth_mm=80, weight_g=150) == 1_500
