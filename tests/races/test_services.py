"""Several processes want the same: stock, an amount, an order, a group. One gets it, exactly."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from pol.kernel.money import ZERO
from pol.ledger.queries import check_ledger
from pol.orders.models import Order, OrderGroup
from pol.orders.rules.life import OrderStatus
from pol.payments.models import Payment
from pol.payments.rules import Method
from tests.factories.catalogue import make_product, stock_of
from tests.factories.orders import (
    fill_cart,
    make_kept_stall,
    make_open_market,
    orders_of,
    place,
    wanted,
)
from tests.factories.traders import make_person
from tests.orders.checks import check_group, check_stock
from tests.races import jobs
from tests.races.conftest import SIZE
from tests.races.crew import Crew
from tests.rig.figures import Figure

CHANCES = 60
"""How often naive processes may try to meet; they mostly do at once."""


def test_parallel_takers_get_exactly_what_there_is(
    session: Session, crew: Crew, rounds: Callable[[int, int], int], figure: Figure
) -> None:
    tries = rounds(2_000, 100_000) // 3 + 1
    units = tries  # a third of the tries can succeed
    product = make_product(stock_milli=units * jobs.UNIT)
    session.commit()
    outcomes = crew.together([(jobs.take_units, (product.id, tries))] * 3)
    assert sum(outcome.answer for outcome in outcomes) == units
    stock = stock_of(product)
    assert (stock.on_hand_milli, stock.reserved_milli) == (units * 1_000, units * 1_000)
    figure("oversell: last units", tries=3 * tries, stock=units, sold=units, too_many=0)


def test_a_naive_update_sells_too_much_in_the_same_race(session: Session, crew: Crew) -> None:
    product = make_product(stock_milli=60 * jobs.UNIT)
    session.commit()
    outcomes = crew.together([(jobs.take_units_naively, (product.id, 120))] * 3)
    assert sum(outcome.answer for outcome in outcomes) > 60


def test_an_order_is_accepted_or_cancelled_or_expired(
    session: Session,
    crew: Crew,
    now: datetime,
    rounds: Callable[[int, int], int],
    figure: Figure,
) -> None:
    stall, trader = make_kept_stall(make_open_market())
    product = make_product(stall, stock_milli=1_000_000)
    late, winners = now + timedelta(hours=20), Counter[str]()
    ways = (("accept", now), ("cancel", now), ("expire", late))
    for turn in range(rounds(30, 500)):
        group = place([(product, 2_000)], now=now)
        (order,) = orders_of(group)
        session.commit()
        turned = ways[turn % 3 :] + ways[: turn % 3]
        outcomes = crew.together(
            [(jobs.move, (action, order.id, trader.id, when)) for action, when in turned]
        )
        won = [way[0] for way, o in zip(turned, outcomes, strict=True) if o.refusal is None]
        assert len(won) == 1, outcomes
        winners[won[0]] += 1
        session.refresh(order)
        became = {"accept": "accepted", "cancel": "cancelled", "expire": "expired"}[won[0]]
        assert order.status is OrderStatus(became)
        check_group(group)
    check_stock()
    assert stock_of(product).reserved_milli == winners["accept"] * 2_000
    figure("accept, cancel and expire at once", **winners)


def test_looking_first_and_writing_then_moves_an_order_two_ways(
    session: Session, crew: Crew, now: datetime
) -> None:
    product = make_product(make_kept_stall(make_open_market())[0], stock_milli=1_000_000)
    ways, won = (OrderStatus.ACCEPTED, OrderStatus.CANCELLED, OrderStatus.EXPIRED), 0
    for _ in range(CHANCES):
        (order,) = orders_of(place([(product, 2_000)], now=now))
        session.commit()
        outcomes = crew.together([(jobs.move_naively, (order.id, way)) for way in ways])
        won = sum(outcome.answer or 0 for outcome in outcomes)
        if won > 1:
            break
    assert won > 1


def test_the_same_form_sent_by_three_processes_is_one_group(
    session: Session, crew: Crew, now: datetime, rounds: Callable[[int, int], int]
) -> None:
    product = make_product(make_kept_stall(make_open_market())[0], stock_milli=1_000_000)
    turns = rounds(15, 300)
    for turn in range(turns):
        cart = fill_cart([(product, 1_000)], now=now)
        form = wanted([product.market_id], now=now, method=list(Method)[turn % 2])
        session.commit()
        outcomes = crew.together([(jobs.check_out, (cart.token, form, now))] * 3)
        assert len({outcome.answer for outcome in outcomes}) == 1, outcomes
        assert outcomes[0].refusal is None
    assert session.scalar(select(func.count()).select_from(OrderGroup)) == turns
    assert stock_of(product).reserved_milli == turns * 1_000


def test_many_forms_sent_again_and_again_give_one_group_each(
    session: Session,
    crew: Crew,
    now: datetime,
    rounds: Callable[[int, int], int],
    figure: Figure,
) -> None:
    """Three processes, twice each: the first press is made, others wait or find what it made."""
    product = make_product(make_kept_stall(make_open_market())[0], stock_milli=None)
    turns, times, keys = rounds(1, 10), rounds(2, 4), 1_000
    ways = [Method.CASH] * 9 + [Method.TRANSFER]  # a market has 499 codes for open transfers
    for turn in range(turns):
        presses = [
            (
                fill_cart([(product, 1_000)], now=now).token,
                wanted([product.market_id], now=now, method=ways[number % len(ways)]),
            )
            for number in range(keys)
        ]
        session.commit()
        pressing = [
            (jobs.check_out_all, (presses, now, turn + seed, times)) for seed in range(SIZE)
        ]
        answers = [outcome.answer for outcome in crew.together(pressing)]
        for _, form in presses:
            assert len(set().union(*(numbers[form.key] for numbers, _ in answers))) == 1
        assert [refused for _, refused in answers] == [keys] * SIZE
    assert session.scalar(select(func.count()).select_from(OrderGroup)) == turns * keys
    figure(
        "same form again", keys=turns * keys, presses=SIZE * times, doubled=0, other_refused=SIZE
    )
    session.execute(update(OrderGroup).values(digest=None))  # what a form said is forgotten:
    session.commit()
    outcomes = crew.together([(jobs.check_out_all, (presses[:9], now, 1, 0))] * SIZE)
    assert [outcome.answer[1] for outcome in outcomes] == [0] * SIZE


def test_parallel_transfers_never_share_an_amount(
    session: Session, crew: Crew, now: datetime, rounds: Callable[[int, int], int]
) -> None:
    product = make_product(make_kept_stall(make_open_market())[0], stock_milli=None)
    for _ in range(rounds(15, 150)):
        carts = [fill_cart([(product, 1_000)], now=now) for _ in range(3)]
        forms = [wanted([product.market_id], now=now, method=Method.TRANSFER) for _ in carts]
        session.commit()
        outcomes = crew.together(
            [(jobs.check_out, (c.token, f, now)) for c, f in zip(carts, forms, strict=True)]
        )
        assert {outcome.refusal for outcome in outcomes} == {None}
    amounts = session.scalars(select(Payment.amount)).all()
    assert len(set(amounts)) == len(amounts) == rounds(45, 450)


def test_money_that_three_officers_confirm_arrives_once(
    session: Session, crew: Crew, now: datetime
) -> None:
    product = make_product(make_kept_stall(make_open_market())[0])
    officer = make_person()
    for late in (False, True) * 5:
        group = place([(product, 1_000)], now=now, method=Method.TRANSFER)
        session.commit()
        when = now + timedelta(hours=3) if late else now
        outcomes = crew.together([(jobs.confirm, (group.number, officer.id, when))] * 3)
        refusals = sorted(outcome.refusal or "" for outcome in outcomes)
        assert refusals == ["", "PaymentNotOpen", "PaymentNotOpen"]
        check_group(group)
    assert check_ledger().is_sound


def test_looking_first_and_writing_then_confirms_one_transfer_twice(
    session: Session, crew: Crew, now: datetime
) -> None:
    product = make_product(make_kept_stall(make_open_market())[0])
    noted = 0
    for _ in range(CHANCES):
        group = place([(product, 1_000)], now=now, method=Method.TRANSFER)
        session.commit()
        payment_id = session.scalars(select(Payment.id).where(Payment.group_id == group.id)).one()
        session.rollback()
        outcomes = crew.together([(jobs.confirm_naively, (payment_id,))] * 3)
        noted = sum(outcome.answer or 0 for outcome in outcomes)
        if noted > 1:
            break
    assert noted > 1


def test_a_storm_of_everything_leaves_every_sum_right(
    session: Session, crew: Crew, now: datetime, rounds: Callable[[int, int], int]
) -> None:
    """Nobody waits in a ring either: a deadlock would be a failure of its process."""
    markets = [make_open_market("Pasar Blimbing"), make_open_market("Pasar Babat")]
    products = [
        make_product(make_kept_stall(market)[0], price=price, stock_milli=40_000)
        for market, price in zip(markets * 2, (34_000, 12_500, 9_900, 700), strict=True)
    ]
    slugs = {product.slug: product.market_id for product in products}
    person = make_person()
    session.commit()
    steps = rounds(60, 2_000)
    outcomes = crew.together(
        [(jobs.storm, (seed, steps, slugs, person.id, now)) for seed in (1, 2, 3)]
    )
    assert all(outcome.answer > steps // 5 for outcome in outcomes), outcomes
    check_stock()
    for group in session.scalars(select(OrderGroup)):
        check_group(group)
    report = check_ledger()
    assert report.is_sound
    assert report.difference == ZERO
    assert len(set(session.scalars(select(Order.status)))) > 2
