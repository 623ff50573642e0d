"""A plain yes, or exactly what is missing."""

from dataclasses import replace
from datetime import date

import pytest

from pol.kernel.text import weight
from pol.partnership.applications.rules import SheetPermitKind, fit
from pol.partnership.applications.rules.fit import (
    CategoryNotWanted,
    Goods,
    LifeTooShort,
    LifeUnknown,
    NoShelf,
    NoShelfForCategory,
    PermitEndsBefore,
    PermitEndsWithin,
    PermitNone,
    Span,
    TooDeep,
    TooHeavy,
    TooHigh,
    TooWide,
    Wanted,
)
from pol.partnership.applications.rules.permits import Paper
from pol.partnership.slots.rules import GoodsCategory

KERIPIK = GoodsCategory.KERIPIK
P_IRT = SheetPermitKind.P_IRT
GOODS = Goods(KERIPIK, 140, 220, 80, 150, 120)
PAPER = Paper(P_IRT, date(2029, 1, 1))
WANTED = Wanted(frozenset({KERIPIK}), (P_IRT,), date(2026, 1, 1), date(2027, 1, 1), 5_000)
SHELF = Span(7, 1, 900, 300, 400, 30_000)


def test_what_fits_says_where_and_how_many() -> None:
    found = fit.find_fit(GOODS, [PAPER], WANTED, [SHELF, replace(SHELF, shelf_id=8, store_id=2)])
    assert found.fits
    assert found.fitting() == {1, 2}
    assert (found.stores[0].shelf_id, found.stores[0].most_facings) == (7, 6)


def test_the_shelf_that_takes_most_is_named() -> None:
    wide = replace(SHELF, shelf_id=9, width_mm=1_200)
    assert fit.fit_store(GOODS, 1, [SHELF, wide]).shelf_id == 9


def test_the_load_limits_the_facings_too() -> None:
    weak = replace(SHELF, load_g=2_000)  # five deep of 150 g: 750 g a facing
    assert fit.fit_store(GOODS, 1, [weak]).most_facings == 2


@pytest.mark.parametrize(
    ("goods", "lack"),
    [
        (replace(GOODS, height_mm=315), TooHigh(excess=15, shelf=300)),
        (replace(GOODS, depth_mm=401), TooDeep(excess=1, shelf=400)),
        (replace(GOODS, width_mm=950), TooWide(excess=50, facings=1, shelf=900)),
        (replace(GOODS, weight_g=6_001), TooHeavy(excess=5, facings=1, shelf=30_000)),
        (replace(GOODS, category=GoodsCategory.MINUMAN), None),
    ],
)
def test_a_measure_that_is_too_large_is_told_by_how_much(
    goods: Goods, lack: fit.Lack | None
) -> None:
    spans = [replace(SHELF, categories=frozenset({KERIPIK}))]
    expected = lack or NoShelfForCategory(category=GoodsCategory.MINUMAN)
    assert fit.fit_store(goods, 1, spans).lacks == (expected,)


@pytest.mark.parametrize(
    ("grams", "said"), [(0, "0 g"), (999, "999 g"), (1_000, "1 kg"), (12_345_600, "12.345,6 kg")]
)
def test_from_a_kilo_on_weights_are_said_in_kilos(grams: int, said: str) -> None:
    assert weight(grams) == said
    lack = TooHeavy(excess=5, facings=1, shelf=grams)
    assert lack.message % lack.values == f"Terlalu berat 5 g untuk 1 muka: ambalan kuat {said}."


def test_a_thing_as_large_as_the_shelf_fits() -> None:
    assert fit.fit_store(Goods(KERIPIK, 900, 300, 400, 30_000, 9), 1, [SHELF]).fits


def test_more_facings_need_more_room() -> None:
    assert fit.fit_store(GOODS, 1, [SHELF], min_facings=6).fits
    lacks = fit.fit_store(GOODS, 1, [SHELF], min_facings=7).lacks
    assert lacks == (TooWide(excess=80, facings=7, shelf=900),)


def test_the_nearest_shelf_tells_what_is_missing() -> None:
    low, lower = replace(SHELF, height_mm=210), replace(SHELF, height_mm=150, width_mm=100)
    assert fit.fit_store(GOODS, 1, [lower, low]).lacks == (TooHigh(excess=10, shelf=210),)


def test_a_store_without_a_span_has_no_room() -> None:
    assert fit.fit_store(GOODS, 1, []).lacks == (NoShelf(),)


@pytest.mark.parametrize(
    ("expires_on", "lack"),
    [
        (None, None),
        (date(2026, 12, 31), None),
        (
            date(2026, 12, 30),
            PermitEndsWithin(permit=P_IRT, day=date(2026, 12, 30), left=1, last=date(2026, 12, 31)),
        ),
        (date(2025, 12, 31), PermitEndsBefore(permit=P_IRT, day=date(2025, 12, 31))),
    ],
)
def test_a_permit_must_last_through_the_whole_period(
    expires_on: date | None, lack: fit.Lack | None
) -> None:
    found = fit.find_fit(GOODS, [Paper(P_IRT, expires_on)], WANTED, [SHELF])
    assert found.lacks == ((lack,) if lack else ())
    assert found.fits is (lack is None)
    assert found.fitting() == ({1} if lack is None else set())


def test_a_permit_that_is_not_there_is_named() -> None:
    assert fit.find_fit(GOODS, [], WANTED, [SHELF]).lacks == (PermitNone(permit=P_IRT),)


@pytest.mark.parametrize(
    ("days", "min_life_bp", "lack"),
    [
        (2, 5_000, None),
        (1, 5_000, LifeTooShort(days=1, percent=50)),
        (5, 8_000, None),
        (4, 8_000, LifeTooShort(days=4, percent=80)),
        (None, 5_000, LifeUnknown()),
        (None, 0, None),
        (1, 0, None),
    ],
)
def test_at_least_a_day_is_left_for_bringing_it(
    days: int | None, min_life_bp: int, lack: fit.Lack | None
) -> None:
    wanted = replace(WANTED, min_life_bp=min_life_bp)
    found = fit.find_fit(replace(GOODS, shelf_life_days=days), [PAPER], wanted, [SHELF])
    assert found.lacks == ((lack,) if lack else ())


def test_crafts_have_no_life_to_ask_about() -> None:
    wanted = replace(WANTED, categories=frozenset())
    goods = replace(GOODS, category=GoodsCategory.KERAJINAN, shelf_life_days=None)
    assert fit.find_fit(goods, [PAPER], wanted, [SHELF]).fits


def test_a_call_takes_only_what_it_asks_for() -> None:
    goods = replace(GOODS, category=GoodsCategory.MINUMAN)
    found = fit.find_fit(goods, [PAPER], WANTED, [SHELF])
    assert found.lacks == (CategoryNotWanted(category=GoodsCategory.MINUMAN),)


@pytest.mark.parametrize("kind", fit.Lack.__subclasses__())
def test_every_lack_has_a_sentence(kind: type[fit.Lack]) -> None:
    assert kind.message.endswith(".")
