"""Real weights restate a line, or the customer is asked; nobody pays more than they agreed to."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.cart.rules import IfGone
from pol.catalogue.models import Product
from pol.identity.models import User
from pol.kernel.money import ZERO, Rupiah
from pol.orders.models import Order, OrderEvent, OrderGroup, OrderLine, Proposal
from pol.orders.rules.life import ActorKind, LineStatus
from pol.orders.rules.proposal import (
    AskedAlready,
    ProposalOver,
    ProposalStatus,
    ReplaceTooLate,
    SameProduct,
    StillAsking,
)
from pol.orders.rules.weighing import (
    NotWeighed,
    TooLittleStock,
    WeightImplausible,
    WeighTooEarly,
    most_unasked,
)
from pol.orders.services import clockwork, life, proposals, weighing
from pol.payments.models import RefundDue
from pol.payments.rules import Method
from pol.payments.services.credit import balance_of
from pol.stalls.models import Stall
from tests.factories.catalogue import make_product, stock_of
from tests.factories.orders import (
    bring_to_customer,
    make_kept_stall,
    make_open_market,
    orders_of,
    pay,
    place,
)
from tests.factories.traders import make_person
from tests.orders.checks import balance_of as on_account
from tests.orders.checks import check_group


@dataclass
class Bought:
    """A kilo of fish at Rp40.000 and one bunch of spinach, at one stall."""

    group: OrderGroup
    order: Order
    fish: OrderLine
    spinach: OrderLine
    trader: User
    customer: User | None
    product: Product


def buy(
    now: datetime, method: Method = Method.CASH, *, accepted: bool = True, guest: bool = False
) -> Bought:
    stall, trader = make_kept_stall(make_open_market())
    fish = make_product(stall, name="Bandeng", price=40_000, stock_milli=5_000, is_weighed=True)
    spinach = make_product(stall, name="Bayam", price=3_000, stock_milli=5_000)
    customer = None if guest else make_person()
    group = place([(fish, 1_000), (spinach, 1_000)], now=now, method=method, user=customer)
    if method is Method.TRANSFER:
        pay(group, officer=make_person(), now=now)
    order = orders_of(group)[0]
    if accepted:
        life.accept_order(order=order, trader_id=trader.id, now=now)
    lines = select(OrderLine).where(OrderLine.order_id == order.id).order_by(OrderLine.id)
    rows = Session.object_session(order).scalars(lines).all()  # type: ignore[union-attr]
    return Bought(group, order, rows[0], rows[1], trader, customer, fish)


def weigh(bought: Bought, milli: int, now: datetime) -> bool:
    return weighing.weigh_line(
        order=bought.order,
        line_id=bought.fish.id,
        milli=milli,
        trader_id=bought.trader.id,
        now=now,
    )


def question(session: Session) -> Proposal:
    return session.scalars(select(Proposal).order_by(Proposal.id.desc()).limit(1)).one()


def test_lighter_fish_cost_less_cash_and_the_rest_stays_in_stock(
    session: Session, now: datetime
) -> None:
    bought = buy(now)
    assert not weigh(bought, 940, now)
    assert bought.fish.total == Rupiah(37_600)
    assert bought.group.charged == Rupiah(37_600 + 3_000 + 5_000)
    assert stock_of(bought.product).reserved_milli == 940
    check_group(bought.group)


def test_what_was_paid_too_much_becomes_store_credit(session: Session, now: datetime) -> None:
    bought = buy(now, Method.TRANSFER)
    weigh(bought, 940, now)
    assert bought.customer is not None
    assert balance_of(bought.customer.id) == Rupiah(2_400)
    assert session.scalars(select(RefundDue)).all() == []
    check_group(bought.group)


def test_a_guest_gets_the_difference_through_the_officer(session: Session, now: datetime) -> None:
    bought = buy(now, Method.TRANSFER, guest=True)
    weigh(bought, 940, now)
    assert session.scalars(select(RefundDue.amount)).all() == [Rupiah(2_400)]
    check_group(bought.group)


def test_a_little_heavier_is_restated_and_the_extra_is_taken_at_the_door(
    session: Session, now: datetime
) -> None:
    bought = buy(now, Method.TRANSFER)
    assert not weigh(bought, 1_100, now)
    assert bought.order.subtotal - bought.order.prepaid == Rupiah(4_000)
    courier = make_person()
    life.undo_accept(order=bought.order, trader_id=bought.trader.id, now=now)
    bring_to_customer(bought.order, trader=bought.trader, courier=courier, now=now)
    assert on_account(f"cash:courier:{courier.id}") == Rupiah(4_000)
    assert on_account("held:orders") == ZERO
    check_group(bought.group)


def test_too_heavy_waits_for_a_yes(session: Session, now: datetime) -> None:
    bought = buy(now)
    assert weigh(bought, 1_101, now)
    assert bought.fish.total == Rupiah(40_000)
    with pytest.raises(StillAsking):
        life.mark_ready(order=bought.order, trader_id=bought.trader.id, now=now)
    with pytest.raises(AskedAlready):
        weigh(bought, 900, now)
    asked = question(session)
    proposals.accept_proposal(order=bought.order, proposal_id=asked.id, customer_id=None, now=now)
    assert bought.fish.total == Rupiah(44_040)
    with pytest.raises(ProposalOver):
        proposals.decline_proposal(
            order=bought.order, proposal_id=asked.id, customer_id=None, now=now
        )
    check_group(bought.group)


def test_silence_means_no_and_a_no_keeps_the_order(session: Session, now: datetime) -> None:
    bought = buy(now)
    weigh(bought, 2_000, now)
    later = now + timedelta(minutes=31)
    with pytest.raises(ProposalOver):
        proposals.accept_proposal(
            order=bought.order, proposal_id=question(session).id, customer_id=None, now=later
        )
    assert clockwork.lapse_questions(now=later) == 1
    assert question(session).status is ProposalStatus.LAPSED
    assert bought.fish.total == Rupiah(40_000)
    assert clockwork.lapse_questions(now=later) == 0
    check_group(bought.group)


@pytest.mark.parametrize("milli", [0, -5, 3_001, 100_000])
def test_slips_of_the_finger_move_nothing(session: Session, now: datetime, milli: int) -> None:
    bought = buy(now)
    with pytest.raises(WeightImplausible):
        weigh(bought, milli, now)
    assert bought.group.charged == Rupiah(48_000)


def test_only_weighed_goods_of_an_accepted_order_are_weighed(
    session: Session, now: datetime
) -> None:
    early = buy(now, accepted=False)
    with pytest.raises(WeighTooEarly):
        weigh(early, 900, now)
    bought = buy(now)
    with pytest.raises(NotWeighed):
        weighing.weigh_line(
            order=bought.order,
            line_id=bought.spinach.id,
            milli=900,
            trader_id=bought.trader.id,
            now=now,
        )


def test_nobody_sells_fish_that_are_not_there(session: Session, now: datetime) -> None:
    bought = buy(now)
    stock_of(bought.product).on_hand_milli = 1_000
    session.flush()
    with pytest.raises(TooLittleStock):
        weigh(bought, 1_050, now)


def test_the_tolerance_is_rounded_down() -> None:
    assert most_unasked(333, 1_000) == 366


def other_product(bought: Bought, price: int) -> Product:
    stall = bought.order.stall_id
    session = Session.object_session(bought.order)
    assert session is not None
    return make_product(session.get_one(Stall, stall), name="Mujair", price=price, stock_milli=900)


def replace(bought: Bought, product: Product, milli: int, now: datetime) -> bool:
    return proposals.propose_replacement(
        order=bought.order,
        line_id=bought.fish.id,
        slug=product.slug,
        milli=milli,
        trader_id=bought.trader.id,
        now=now,
    )


def test_something_else_needs_a_yes_and_then_takes_its_place(
    session: Session, now: datetime
) -> None:
    bought = buy(now, Method.TRANSFER)
    cheaper = other_product(bought, 30_000)
    assert replace(bought, cheaper, 900, now)
    proposals.accept_proposal(
        order=bought.order, proposal_id=question(session).id, customer_id=None, now=now
    )
    assert bought.fish.status is LineStatus.GONE
    assert bought.order.subtotal == Rupiah(27_000 + 3_000)
    assert stock_of(cheaper).reserved_milli == 900
    assert bought.customer is not None
    assert balance_of(bought.customer.id) == Rupiah(13_000)
    check_group(bought.group)


def test_who_accepts_similar_goods_is_asked_only_when_it_is_dearer(
    session: Session, now: datetime
) -> None:
    bought = buy(now)
    bought.fish.if_gone = IfGone.REPLACE
    assert replace(bought, other_product(bought, 50_000), 900, now)
    proposals.withdraw_proposal(
        order=bought.order,
        proposal_id=question(session).id,
        trader_id=bought.trader.id,
        now=now,
    )
    assert not replace(bought, other_product(bought, 44_000), 900, now)
    assert bought.order.subtotal == Rupiah(39_600 + 3_000)
    check_group(bought.group)


def test_without_a_yes_the_goods_are_left_out(session: Session, now: datetime) -> None:
    bought = buy(now)
    replace(bought, other_product(bought, 50_000), 900, now)
    proposals.decline_proposal(
        order=bought.order, proposal_id=question(session).id, customer_id=None, now=now
    )
    assert bought.order.subtotal == Rupiah(3_000)
    check_group(bought.group)


def test_replacing_has_its_time_and_its_stock(session: Session, now: datetime) -> None:
    bought = buy(now)
    with pytest.raises(SameProduct):
        replace(bought, bought.product, 900, now)
    scarce = other_product(bought, 30_000)
    replace(bought, scarce, 901, now)
    asked = question(session)
    with pytest.raises(TooLittleStock):
        proposals.accept_proposal(
            order=bought.order, proposal_id=asked.id, customer_id=None, now=now
        )
    early = buy(now, accepted=False)
    with pytest.raises(ReplaceTooLate):
        replace(early, other_product(early, 1_000), 500, now)


def test_a_refused_order_asks_nothing_more(session: Session, now: datetime) -> None:
    bought = buy(now)
    weigh(bought, 2_000, now)
    life.refuse_order(order=bought.order, trader_id=bought.trader.id, reason="Habis", now=now)
    session.expire_all()
    assert question(session).status is ProposalStatus.WITHDRAWN


def last_actor(session: Session, bought: Bought) -> ActorKind:
    session.flush()
    mine = select(OrderEvent.actor_kind).where(OrderEvent.order_id == bought.order.id)
    return session.scalars(mine.order_by(OrderEvent.id.desc()).limit(1)).one()


@pytest.mark.parametrize("kind", ["weight", "replace"])
def test_the_history_says_who_answered(session: Session, now: datetime, kind: str) -> None:
    def ask() -> Bought:
        bought = buy(now)
        if kind == "weight":
            weigh(bought, 2_000, now)
        else:
            replace(bought, other_product(bought, 50_000), 900, now)
        return bought

    for answer in (proposals.accept_proposal, proposals.decline_proposal):
        bought = ask()
        answer(order=bought.order, proposal_id=question(session).id, customer_id=None, now=now)
        assert last_actor(session, bought) is ActorKind.CUSTOMER
    bought = ask()
    clockwork.lapse_questions(now=now + timedelta(minutes=31))
    assert last_actor(session, bought) is ActorKind.SYSTEM
