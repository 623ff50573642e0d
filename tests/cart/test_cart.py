"""Filling, changing, merging and forgetting carts."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pol.cart import queries, rules, services
from pol.cart.models import Cart, CartLine
from pol.cart.queries import Holder
from pol.cart.rules import IfGone, Step, Trouble
from pol.cart.services import Wish
from pol.kernel.errors import NotFound
from pol.kernel.money import Rupiah
from tests.factories.catalogue import make_product, make_stall
from tests.factories.traders import make_person

QUARTER = Step(250, 250, "0,25 kg")


@given(st.integers(1, 39_999))
def test_a_quantity_is_a_whole_number_of_steps_from_the_minimum(steps: int) -> None:
    rules.check_quantity(steps * 250, step=QUARTER)
    with pytest.raises(rules.QuantityNotInSteps):
        rules.check_quantity(steps * 250 + 1, step=QUARTER)


@pytest.mark.parametrize("milli", [-1_000, 0, 249])
def test_less_than_the_minimum_is_not_sold(milli: int) -> None:
    with pytest.raises(rules.QuantityTooSmall, match="0,25 kg"):
        rules.check_quantity(milli, step=QUARTER)


def test_ten_thousand_kilograms_are_a_typing_error() -> None:
    with pytest.raises(rules.QuantityTooLarge):
        rules.check_quantity(rules.MAX_MILLI + 250, step=QUARTER)


def test_the_tier_with_the_largest_start_counts(session: Session, now: datetime) -> None:
    stall, holder = make_stall(), Holder(None, "browser")
    for milli in (4_999, 5_000, 9_999, 10_000):
        tiers = {10_000: 80, 5_000: 90}
        product = make_product(stall, price=100, tiers=tiers, min_milli=1, step_milli=1)
        services.add_line(holder=holder, wish=Wish(product.slug, milli), now=now)
    lines = queries.list_lines(holder, now=now)
    assert [line.price.amount for line in lines] == [100, 90, 90, 80]
    assert [line.total.amount for line in lines] == [500, 450, 900, 800]
    assert {line.base_price.amount for line in lines} == {100}


def test_the_same_product_twice_is_one_line_with_both_quantities(
    session: Session, now: datetime
) -> None:
    holder, product = Holder(None, "browser"), make_product()
    assert services.add_line(holder=holder, wish=Wish(product.slug, 2_000), now=now) == 1
    assert services.add_line(holder=holder, wish=Wish(product.slug, 3_000), now=now) == 1
    assert [line.quantity_milli for line in queries.list_lines(holder, now=now)] == [5_000]


def test_what_is_not_listed_does_not_go_in(session: Session, now: datetime) -> None:
    hidden = make_product(listed_at=None)
    with pytest.raises(rules.NotForSale):
        services.add_line(holder=Holder(None, "a"), wish=Wish(hidden.slug, 1_000), now=now)
    with pytest.raises(NotFound):
        services.add_line(holder=Holder(None, "a"), wish=Wish("tidak-ada", 1_000), now=now)


def test_a_cart_has_an_end(session: Session, now: datetime) -> None:
    holder, stall = Holder(None, "browser"), make_stall()
    slugs = [make_product(stall).slug for _ in range(rules.MAX_LINES + 1)]

    def add(slug: str) -> int:
        return services.add_line(holder=holder, wish=Wish(slug, 1_000), now=now)

    assert [add(slug) for slug in slugs[:-1]] == list(range(1, rules.MAX_LINES + 1))
    with pytest.raises(rules.CartFull):
        add(slugs[-1])
    assert len(queries.list_lines(holder, now=now)) == rules.MAX_LINES
    assert add(slugs[0]) == rules.MAX_LINES  # more of what is there is no new line


def test_what_is_too_much_changes_nothing(session: Session, now: datetime) -> None:
    holder, product = Holder(None, "browser"), make_product()
    services.add_line(holder=holder, wish=Wish(product.slug, rules.MAX_MILLI), now=now)
    with pytest.raises(rules.QuantityTooLarge):
        services.add_line(holder=holder, wish=Wish(product.slug, 1_000), now=now)
    assert queries.list_lines(holder, now=now)[0].quantity_milli == rules.MAX_MILLI


def test_somebody_elses_line_is_not_found(session: Session, now: datetime) -> None:
    mine, product = Holder(None, "mine"), make_product()
    services.add_line(holder=mine, wish=Wish(product.slug, 1_000), now=now)
    line = queries.list_lines(mine, now=now)[0]
    for other in (Holder(None, "other"), Holder(make_person().id, None)):
        with pytest.raises(NotFound):
            services.remove_line(holder=other, line_id=line.id)


def test_a_line_tells_what_is_wrong_with_it(session: Session, now: datetime) -> None:
    holder, product = Holder(None, "browser"), make_product(stock_milli=3_000, price=5_000)
    services.add_line(holder=holder, wish=Wish(product.slug, 5_000), now=now)
    assert queries.list_lines(holder, now=now)[0].troubles == [Trouble.SHORT]
    product.price = Rupiah(6_000)
    session.flush()
    assert queries.list_lines(holder, now=now)[0].troubles == [Trouble.SHORT, Trouble.PRICE]
    services.accept_prices(holder=holder, now=now)
    assert queries.list_lines(holder, now=now)[0].troubles == [Trouble.SHORT]
    product.listed_at = None
    session.flush()
    assert queries.list_lines(holder, now=now)[0].troubles == [Trouble.GONE]


def test_login_takes_the_browsers_cart_along(session: Session, now: datetime) -> None:
    stall, person = make_stall(), make_person()
    both, only = make_product(stall), make_product(stall)
    browser, account = Holder(None, "browser"), Holder(person.id, None)
    services.add_line(holder=account, wish=Wish(both.slug, 2_000), now=now)
    services.add_line(holder=browser, wish=Wish(both.slug, 5_000), now=now)
    wish = Wish(only.slug, 1_000, "Yang matang", IfGone.DROP)
    services.add_line(holder=browser, wish=wish, now=now)
    assert services.merge_carts(token="browser", user_id=person.id, now=now) == 2
    lines = {line.product_id: line for line in queries.list_lines(account, now=now)}
    assert lines[both.id].quantity_milli == 5_000
    assert (lines[only.id].note, lines[only.id].if_gone) == ("Yang matang", IfGone.DROP)
    assert queries.find_cart_id(browser) is None


def test_forgotten_carts_of_browsers_go_and_those_of_people_stay(
    session: Session, now: datetime
) -> None:
    product, person = make_product(), make_person()
    for holder in (Holder(None, "old"), Holder(person.id, None)):
        services.add_line(holder=holder, wish=Wish(product.slug, 1_000), now=now)
    assert services.forget_old_carts(now=now + timedelta(days=59)) == 0
    assert services.forget_old_carts(now=now + timedelta(days=61)) == 1
    assert session.scalars(select(Cart.user_id)).all() == [person.id]
    assert session.scalar(select(func.count()).select_from(CartLine)) == 1
