"""What a lost callback, a lost answer or a killed process left open is found and put right."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.cli.payments import reconcile, send_refunds
from pol.kernel.db import db
from pol.kernel.money import ZERO
from pol.ledger.queries import check_ledger
from pol.orders.models import OrderGroup
from pol.orders.rules.life import OrderStatus
from pol.orders.services import paying, refunding
from pol.payments.models import RefundDue
from pol.payments.queries import attempts as queries
from pol.payments.queries.attempts import list_due_refunds
from pol.payments.rules import AttemptKind, AttemptStatus, Channel, PaymentNotOpen, RefundStatus
from pol.payments.rules.provider import ProviderSilent, RefundWithProvider
from pol.payments.services import attempts, payments, providers
from tests.factories.orders import orders_of, payment_of
from tests.factories.people import make_person
from tests.orders.checks import balance_of
from tests.provider.conftest import Shop, fresh, start
from tests.provider.fake import FakeMidtrans

S = AttemptStatus
SOON = timedelta(minutes=2)


def ask(now: datetime) -> int:
    """Reconcile as the clock does: what was read before is of the past."""
    db.session.commit()
    return reconcile(now)


def test_a_lost_callback_is_found(midtrans: FakeMidtrans, shop: Shop, now: datetime) -> None:
    group = shop()
    attempt = start(group, now)
    midtrans.pay(attempt.reference)
    assert ask(now + timedelta(seconds=59)) == 0
    assert ask(now + SOON) == 1
    assert fresh(attempt).status is S.PAID
    assert {order.status for order in orders_of(group)} == {OrderStatus.PLACED}
    assert ask(now + SOON * 2) == 0
    assert check_ledger().is_sound


def test_a_row_without_a_call_comes_to_nothing_and_the_next_press_starts_anew(
    midtrans: FakeMidtrans, shop: Shop, now: datetime
) -> None:
    """The process was killed between the row and the call."""
    group, provider = shop(), "midtrans"
    lost = attempts.open_attempt(
        payment=payment_of(group), provider=provider, kind=AttemptKind.VA_BRI, now=now
    )
    assert ask(now + SOON) == 1
    assert fresh(lost).status is S.FAILED
    assert midtrans.orders == {}
    assert start(group, now + SOON, AttemptKind.VA_BRI).reference != lost.reference


@pytest.mark.parametrize(
    ("kind", "status"), [(AttemptKind.VA_BCA, S.PENDING), (AttemptKind.QRIS, S.CANCELLED)]
)
def test_an_answer_that_was_lost_is_asked_for_again(
    midtrans: FakeMidtrans, shop: Shop, now: datetime, kind: AttemptKind, status: S
) -> None:
    """A number is told again; a QRIS is not, so that charge is closed and another can be made."""
    group = shop()
    midtrans.faults.append("lost")
    with pytest.raises(ProviderSilent):
        start(group, now, kind)
    db.session.commit()
    again = attempts.open_attempt(
        payment=payment_of(group), provider="midtrans", kind=kind, now=now
    )
    assert again.status is S.CREATED
    ask(now + SOON)
    found = fresh(again)
    assert found.status is status
    assert bool(found.code) is (status is S.PENDING)


def test_a_charge_is_closed_when_its_group_has_run_out_of_time(
    midtrans: FakeMidtrans, shop: Shop, now: datetime
) -> None:
    group = shop()
    attempt = start(group, now)
    paying.expire_group(group=group, now=now + timedelta(days=2))
    ask(now + timedelta(days=2))
    assert fresh(attempt).status is S.CANCELLED
    assert midtrans.orders[attempt.reference].status == "cancel"


@pytest.mark.parametrize("fault", ["503", "slow", "garbage"])
def test_a_provider_in_trouble_leaves_everything_as_it_is(
    midtrans: FakeMidtrans, shop: Shop, now: datetime, fault: str
) -> None:
    first, second = start(shop(), now), start(shop(), now)
    midtrans.pay(first.reference)
    midtrans.pay(second.reference)
    midtrans.faults.extend([fault] * (1 if fault == "garbage" else 3))
    assert ask(now + SOON) == 2
    assert [fresh(first).status, fresh(second).status] == [S.PENDING, S.PAID]
    assert ask(now + SOON * 2) == 1
    assert fresh(first).status is S.PAID


def test_two_presses_open_one_charge(midtrans: FakeMidtrans, shop: Shop, now: datetime) -> None:
    group = shop()
    attempt = start(group, now)
    again = attempts.open_attempt(
        payment=payment_of(group), provider="midtrans", kind=attempt.kind, now=now
    )
    assert again.reference == attempt.reference
    paying.cancel_group(group=group, customer_id=None, now=now)
    with pytest.raises(PaymentNotOpen):
        start(group, now)


def owed(session: Session, midtrans: FakeMidtrans, group: OrderGroup, now: datetime) -> RefundDue:
    """Let a cancelled group be paid all the same."""
    attempt = start(group, now, AttemptKind.QRIS)
    paying.cancel_group(group=group, customer_id=None, now=now)
    midtrans.pay(attempt.reference)
    ask(now + SOON)
    return session.scalars(select(RefundDue)).one()


@pytest.mark.parametrize("fault", ["", "lost", "503"])
def test_money_goes_back_through_the_provider(
    session: Session, midtrans: FakeMidtrans, shop: Shop, now: datetime, fault: str
) -> None:
    refund = owed(session, midtrans, shop(), now)
    officer = make_person()
    with pytest.raises(RefundWithProvider):
        payments.finish_refund(refund=refund, officer_id=officer.id, note="Tunai", now=now)
    session.commit()
    midtrans.faults.append(fault)
    assert send_refunds(now) == 1
    session.refresh(refund)
    assert refund.status is RefundStatus.DONE
    assert balance_of("provider:midtrans") == balance_of("refund:due") == ZERO
    assert send_refunds(now) == 0
    assert check_ledger().is_sound


def test_silence_is_tried_again_and_a_no_goes_to_the_officer(
    session: Session, midtrans: FakeMidtrans, shop: Shop, now: datetime
) -> None:
    refund = owed(session, midtrans, shop(), now)
    session.commit()
    midtrans.faults.extend(["503"] * 3)
    assert send_refunds(now) == 0
    session.refresh(refund)
    assert (refund.channel, refund.status) == (Channel.PROVIDER, RefundStatus.DUE)
    midtrans.may_refund = False
    session.commit()
    assert send_refunds(now) == 0
    session.refresh(refund)
    assert (refund.channel, refund.status) == (Channel.TRANSFER, RefundStatus.DUE)
    assert refund.note is not None
    assert "Refund is not supported" in refund.note
    payments.finish_refund(refund=refund, officer_id=make_person().id, note="BCA", now=now)
    assert refund.status is RefundStatus.DONE


def test_what_went_another_way_meanwhile_is_not_asked_for(
    session: Session, midtrans: FakeMidtrans, shop: Shop, now: datetime
) -> None:
    refund, officer = owed(session, midtrans, shop(), now), make_person()
    session.commit()
    listed = list_due_refunds(limit=1)
    change = partial(
        refunding.change_way, refund=refund, payee="BCA 1", officer_id=officer.id, now=now
    )
    change(channel=Channel.TRANSFER)
    session.commit()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(queries, "list_due_refunds", lambda limit: listed)
        assert send_refunds(now) == 0
    assert [order.refunds for order in midtrans.orders.values()] == [[]]
    change(channel=Channel.PROVIDER)
    session.commit()
    midtrans.faults.extend(["503"] * 3)
    assert send_refunds(now) == 0
    session.refresh(refund)
    with pytest.raises(RefundWithProvider):
        change(channel=Channel.TRANSFER)


def test_the_command_says_what_was_done(
    app: Flask, midtrans: FakeMidtrans, shop: Shop, now: datetime
) -> None:
    start(shop(), now - SOON)
    answer = app.test_cli_runner().invoke(args=["payments", "reconcile"])
    assert (answer.exit_code, answer.output) == (0, "1 charges looked at, 0 refunds sent\n")
    providers.use(None)
    assert app.test_cli_runner().invoke(args=["payments", "reconcile"]).exit_code == 1
    assert (reconcile(now), send_refunds(now)) == (0, 0)
