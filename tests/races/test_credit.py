"""One purse, several browsers: store credit is spent once, a refund is turned into it once."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.kernel.money import ZERO, Rupiah
from pol.kernel.transaction import transaction
from pol.ledger import services as ledger
from pol.ledger.queries import check_ledger
from pol.orders.queries.locks import lock_order
from pol.orders.services import refunds
from pol.payments.rules import Channel
from pol.payments.services import credit
from tests.factories.traders import make_person
from tests.orders.test_credit import give_credit
from tests.orders.test_refunds import deliver
from tests.races.crew import Crew
from tests.rig.figures import Figure


def spend(user_id: int, group_id: int, now: datetime) -> None:
    """Pay Rp4.000 with store credit, as a checkout does."""
    with transaction():
        credit.spend(
            user_id=user_id,
            amount=Rupiah(4_000),
            group_id=group_id,
            group_number=f"B{group_id}",
            now=now,
        )


def spend_naively(user_id: int, group_id: int, now: datetime) -> None:
    """Look first and spend then, holding nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledger, "hold", lambda codes: None)
        spend(user_id, group_id, now)


def give_back(order_id: int, officer_id: int, now: datetime) -> None:
    """Refund a whole order, as an officer's press does."""
    with transaction():
        order = lock_order(order_id)
        refunds.refund_order(
            order=order,
            amount=Rupiah(30_001),
            channel=Channel.CREDIT,
            reason="Rusak",
            officer_id=officer_id,
            now=now,
        )


def test_credit_is_spent_once_whoever_presses_when(
    session: Session,
    crew: Crew,
    now: datetime,
    rounds: Callable[[int, int], int],
    figure: Figure,
) -> None:
    turns = rounds(20, 500)
    for turn in range(turns):
        customer = make_person()
        give_credit(customer, 5_000, now)
        session.commit()
        jobs = [(spend, (customer.id, turn * 10 + at, now)) for at in range(3)]
        outcomes = crew.together(jobs)
        assert sorted(o.refusal or "" for o in outcomes) == ["", "CreditTooLow", "CreditTooLow"]
        assert credit.balance_of(customer.id) == Rupiah(1_000)
    figure("store credit spent at once", tries=turns * 3, doubled=0)


def test_an_order_is_refunded_once_whoever_presses_when(
    session: Session, crew: Crew, now: datetime, rounds: Callable[[int, int], int]
) -> None:
    for _ in range(rounds(6, 100)):
        _, (order, _sibling), customer = deliver(now)
        officers = [make_person().id for _ in range(3)]
        session.commit()
        jobs = [(give_back, (order.id, officer, now)) for officer in officers]
        outcomes = crew.together(jobs)
        assert sorted(o.refusal or "" for o in outcomes) == ["", "RefundTooMuch", "RefundTooMuch"]
        assert credit.balance_of(customer.id) == Rupiah(30_001)
    session.rollback()
    assert check_ledger().is_sound


@pytest.mark.engines("postgresql")
def test_who_holds_nothing_spends_twice(session: Session, crew: Crew, now: datetime) -> None:
    """The control; SQLite has one writer at a time and cannot show it."""
    spent_twice = False
    for turn in range(300):
        customer = make_person()
        give_credit(customer, 5_000, now)
        session.commit()
        crew.together([(spend_naively, (customer.id, turn * 10 + at, now)) for at in range(3)])
        db.session.rollback()
        spent_twice = credit.balance_of(customer.id) < ZERO
        if spent_twice:
            break
    assert spent_twice, "three naive buyers never met"
