"""Opening a transfer, its proof, its refusal, and a refund that is paid out."""

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.kernel.money import ZERO, Rupiah
from pol.orders.services import life
from pol.payments import rules
from pol.payments.models import RefundDue
from pol.payments.rules import Method, PaymentStatus, RefundStatus
from pol.payments.services import payments as services
from tests.factories.catalogue import make_product
from tests.factories.orders import (
    make_kept_stall,
    make_open_market,
    orders_of,
    pay,
    payment_of,
    place,
)
from tests.factories.traders import make_person
from tests.orders.checks import balance_of


def test_when_every_amount_is_taken_the_customer_is_told(
    session: Session, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "UNIQUE_CODES", range(1, 4))
    product = make_product(make_kept_stall(make_open_market())[0], stock_milli=None)
    codes = {
        place([(product, 1_000)], now=now, method=Method.TRANSFER).unique_code.amount
        for _ in range(3)
    }
    assert codes == {1, 2, 3}
    with pytest.raises(rules.NoAmountFree):
        place([(product, 1_000)], now=now, method=Method.TRANSFER)


def test_an_amount_is_free_again_once_its_payment_is_decided(
    session: Session, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "UNIQUE_CODES", range(1, 2))
    product = make_product(make_kept_stall(make_open_market())[0], stock_milli=None)
    first = place([(product, 1_000)], now=now, method=Method.TRANSFER)
    pay(first, officer=make_person(), now=now)
    second = place([(product, 1_000)], now=now, method=Method.TRANSFER)
    assert payment_of(first).amount == payment_of(second).amount


def test_cash_needs_no_proof(session: Session, now: datetime) -> None:
    group = place([(make_product(make_kept_stall(make_open_market())[0]), 1_000)], now=now)
    with pytest.raises(rules.NoTransferNeeded):
        services.send_proof(payment=payment_of(group), picture_key="k", now=now)


def test_a_proof_is_refused_with_a_reason_and_may_be_sent_again(
    session: Session, now: datetime
) -> None:
    product = make_product(make_kept_stall(make_open_market())[0])
    payment = payment_of(place([(product, 1_000)], now=now, method=Method.TRANSFER))
    officer = make_person()
    with pytest.raises(rules.PaymentNotOpen):
        services.refuse_proof(payment=payment, officer_id=officer.id, reason="x", now=now)
    services.send_proof(payment=payment, picture_key="first", now=now)
    with pytest.raises(rules.ReasonNeeded):
        services.refuse_proof(payment=payment, officer_id=officer.id, reason=" ", now=now)
    services.refuse_proof(payment=payment, officer_id=officer.id, reason="Buram", now=now)
    assert (payment.status, payment.reason) == (PaymentStatus.WAITING, "Buram")
    services.send_proof(payment=payment, picture_key="second", now=now)
    assert (payment.status, payment.proof_key) == (PaymentStatus.PROOF_SENT, "second")


def test_a_refund_leaves_the_bank_once(session: Session, now: datetime) -> None:
    product = make_product(make_kept_stall(make_open_market())[0], price=20_000)
    group, officer = place([(product, 1_000)], now=now, method=Method.TRANSFER), make_person()
    pay(group, officer=officer, now=now)
    order = orders_of(group)[0]
    life.refuse_order(order=order, trader_id=officer.id, reason="Habis", now=now)
    refund = session.scalars(select(RefundDue)).one()
    services.finish_refund(refund=refund, officer_id=officer.id, note="BCA", now=now)
    assert (refund.status, refund.amount) == (RefundStatus.DONE, group.charged)
    assert balance_of("refund:due") == balance_of(f"bank:market:{product.market_id}") == ZERO
    with pytest.raises(rules.RefundAlreadyDone):
        services.finish_refund(refund=refund, officer_id=officer.id, note="BCA", now=now)
    assert group.charged > Rupiah(20_000)
