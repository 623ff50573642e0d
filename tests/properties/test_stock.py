"""I3 at the root: any list of needs, also several on one product, is met whole or not at all."""

from collections import Counter
from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from pol.catalogue.services import stock
from pol.kernel.db import db
from tests.factories.catalogue import make_product, stock_of

NEEDS = st.lists(st.tuples(st.integers(0, 2), st.integers(1, 6)), min_size=1, max_size=8)
ON_HAND = 10


def test_needs_on_one_stock_are_added_up(
    session: Session, rounds: Callable[[int, int], int]
) -> None:
    products = [make_product(stock_milli=ON_HAND) for _ in range(3)]

    @settings(
        max_examples=rounds(150, 20_000),
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(wanted=NEEDS)
    def check(wanted: list[tuple[int, int]]) -> None:
        needs = [(products[which].id, milli) for which, milli in wanted]
        asked = Counter[int]()
        for product_id, milli in needs:
            asked[product_id] += milli
        with db.session.begin_nested() as attempt:
            short = stock.reserve(needs)
            assert bool(short) is any(milli > ON_HAND for milli in asked.values())
            for product in products:
                reserved = stock_of(product).reserved_milli
                assert reserved <= ON_HAND
                assert short or reserved == asked[product.id]
            attempt.rollback()

    check()
    assert [stock_of(product).reserved_milli for product in products] == [0, 0, 0]
