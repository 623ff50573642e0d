from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy.orm import Session

from pol.demo.goods.plan import plan
from pol.demo.shelves import bulk_paper
from pol.demo.shelves.goods import SHEETS
from pol.demo.shelves.plan import RETAILERS
from pol.demo.shelves.seasons import LEBARAN, season
from pol.demo.shelves.spots import Pile, Spot
from pol.partnership.slots.rules import GoodsCategory as G
from pol.regions.rules import kecamatan_of

DAY = date(2026, 9, 7)


def spot(*piles: Pile, weekly: float = 10, life_days: int = 21) -> Spot:
    return Spot(
        placement_id=1,
        agreement_id=1,
        sheet_id=1,
        stall_id=1,
        store_id=1,
        kind=G.KERIPIK,
        life_days=life_days,
        from_on=DAY - timedelta(days=30),
        until_on=DAY + timedelta(days=60),
        weekly=weekly,
        hope=1.0,
        piles=list(piles),
    )


def test_gifts_go_best_before_lebaran_and_hardly_after_it() -> None:
    feast = LEBARAN[2]
    before, usual, after = (
        season(feast + timedelta(days=days), G.KUE_KERING) for days in (-7, 200, 7)
    )
    assert before > 2 * usual
    assert after < usual
    assert season(feast - timedelta(days=7), G.SAMBAL_BUMBU) < before


def test_nothing_expired_and_never_more_than_there_is_gets_sold() -> None:
    old, fresh = Pile(1, DAY - timedelta(days=1), 50), Pile(2, DAY + timedelta(days=9), 4)
    place = spot(old, fresh, weekly=70)
    assert place.bought(DAY, days=7, rng=Random(1)) == 4  # noqa: S311
    assert place.take(4, DAY) == [(fresh, 4)]
    assert old.left == 50


def test_a_producer_brings_goods_while_few_are_left_and_time_enough() -> None:
    assert spot().wanted(DAY) == 25
    assert spot(life_days=120).wanted(DAY) == 45
    assert spot(Pile(1, DAY + timedelta(days=9), 9)).wanted(DAY) == 0
    assert spot().wanted(DAY + timedelta(days=50)) == 0


def test_what_is_bought_comes_to_what_a_usual_week_sells() -> None:
    place = spot(Pile(1, date.max, 10_000))
    sold = sum(place.bought(DAY, days=7, rng=Random(week)) for week in range(200))  # noqa: S311
    assert sold == pytest.approx(200 * 10, rel=0.05)


def test_the_regency_has_118_stores_over_all_kecamatan(session: Session) -> None:
    stores = [store for retailer in bulk_paper.retailers() for store in retailer.stores]
    assert len(stores) == 118
    assert len({kecamatan_of(store.village_code) for store in stores}) == 27
    assert len({store.name for store in stores}) == 118
    assert sum(store.gondolas * store.boards for store in stores) == 354
    assert all(store.name.endswith("(contoh)") for store in stores)


def test_a_thousand_products_of_the_regency_keep_on_a_shelf() -> None:
    paper = plan("regency", seed=35)
    sheets = bulk_paper.sheets(paper, set(range(1, len(paper.products) + 1)))
    known = next(retailer.habits for retailer in RETAILERS if retailer.habits)
    assert len(sheets) + len(known.sheets) == 1_000
    assert {sheet.category for _, sheet in sheets} >= {G.KERIPIK, G.KERUPUK, G.SAMBAL_BUMBU}
    assert len({sheet.shop for _, sheet in sheets}) > 400


def test_every_retailer_of_the_small_market_is_marked_and_sells_what_is_there() -> None:
    assert len(RETAILERS) == 8
    assert sum(len(retailer.stores) > 1 for retailer in RETAILERS) == 3
    for retailer in RETAILERS:
        assert retailer.name.endswith("(contoh)")
        assert not retailer.habits or set(retailer.habits.sheets) <= set(range(len(SHEETS)))
