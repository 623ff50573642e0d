"""Callbacks: what is genuine moves money once, what is not moves nothing and leaves a trace."""

import json
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from pol.kernel.audit import AuditEntry
from pol.kernel.money import ZERO, Rupiah
from pol.ledger.queries import check_ledger
from pol.orders.models import OrderGroup
from pol.orders.rules.life import OrderStatus
from pol.orders.services import paying
from pol.payments.models import PaymentAttempt, ProviderMessage, RefundDue
from pol.payments.rules import AttemptKind, AttemptStatus, Channel, PaymentStatus, Verdict
from pol.payments.services import providers
from tests.factories.orders import orders_of, payment_of
from tests.orders.checks import balance_of
from tests.provider.conftest import Shop, fresh, start
from tests.provider.fake import FakeMidtrans, signed
from tests.rig.client import Browser

HERE = "/panggil/midtrans"
PROVIDER = "provider:midtrans"


def tell(client: Browser, body: bytes) -> TestResponse:
    """Send a message as the provider does: no cookie, no origin."""
    provider = Browser(client.application, client.response_wrapper)
    return provider.post(HERE, data=body, headers={"Content-Type": "application/json"})


def statuses(group: OrderGroup) -> set[OrderStatus]:
    return {order.status for order in orders_of(group)}


def verdicts(session: Session) -> list[Verdict]:
    return list(session.scalars(select(ProviderMessage.verdict).order_by(ProviderMessage.id)))


def test_a_payment_reaches_the_stalls_once(
    client: Browser, session: Session, midtrans: FakeMidtrans, shop: Shop, now: datetime
) -> None:
    group = shop()
    attempt = start(group, now)
    assert statuses(group) == {OrderStatus.WAITING_PAYMENT}
    news = midtrans.pay(attempt.reference)
    assert [tell(client, news).status_code for _ in range(3)] == [200] * 3
    assert fresh(attempt).status is AttemptStatus.PAID
    assert payment_of(group).status is PaymentStatus.CONFIRMED
    assert statuses(group) == {OrderStatus.PLACED}
    assert balance_of(PROVIDER) == attempt.amount == group.charged
    assert verdicts(session) == [Verdict.APPLIED]
    assert check_ledger().is_sound


def test_an_older_message_that_comes_later_changes_nothing(
    client: Browser, session: Session, midtrans: FakeMidtrans, shop: Shop, now: datetime
) -> None:
    attempt = start(shop(), now)
    waiting, paid = midtrans.notification(attempt.reference), midtrans.pay(attempt.reference)
    expired = midtrans.turn(attempt.reference, "expire")
    for news in (paid, waiting, expired):
        assert tell(client, news).status_code == 200
    assert fresh(attempt).status is AttemptStatus.PAID
    assert verdicts(session) == [Verdict.APPLIED, Verdict.STALE, Verdict.STALE]


@pytest.mark.parametrize(
    ("changed", "status", "verdict"),
    [
        ({"signature_key": "0" * 128}, 403, Verdict.FORGED),
        ({"gross_amount": "1.00"}, 403, Verdict.FORGED),
        ({"order_id": "POL-1-LAIN"}, 403, Verdict.FORGED),
        ({"status_code": "201"}, 403, Verdict.FORGED),
    ],
)
def test_what_the_provider_did_not_sign_is_refused(
    client: Browser,
    session: Session,
    midtrans: FakeMidtrans,
    shop: Shop,
    now: datetime,
    changed: dict[str, str],
    status: int,
    verdict: Verdict,
) -> None:
    attempt = start(shop(), now)
    midtrans.pay(attempt.reference)
    answer = tell(client, midtrans.notification(attempt.reference, **changed))
    assert answer.status_code == status
    assert verdicts(session) == [verdict]
    _nothing_moved(session, attempt)


def test_a_signed_message_about_another_sum_or_order_is_refused(
    client: Browser, session: Session, midtrans: FakeMidtrans, shop: Shop, now: datetime
) -> None:
    attempt = start(shop(), now)
    order = midtrans.orders[attempt.reference]
    facts = {**order.fields, "transaction_status": "settlement", "status_code": "200"}
    other_sum = json.dumps(signed({**facts, "gross_amount": "1.00"})).encode()
    other_order = json.dumps(signed({**facts, "order_id": "POL-9-TIDAKADA"})).encode()
    minus, huge = (
        json.dumps(signed({**facts, "gross_amount": amount})).encode()
        for amount in ("-5.00", "99999999999999999.00")
    )
    assert [tell(client, one).status_code for one in (minus, huge)] == [409, 409]
    assert tell(client, other_sum).status_code == 409
    assert tell(client, other_order).status_code == 404
    assert verdicts(session) == [Verdict.WRONG_AMOUNT] * 3 + [Verdict.UNKNOWN]
    _nothing_moved(session, attempt)


def test_the_signature_of_another_order_is_refused(
    client: Browser, session: Session, midtrans: FakeMidtrans, shop: Shop, now: datetime
) -> None:
    paid, other = start(shop(), now), start(shop(), now)
    signed_for_one = json.loads(midtrans.pay(paid.reference))
    body = json.dumps({**signed_for_one, "order_id": other.reference}).encode()
    assert tell(client, body).status_code == 403
    assert verdicts(session) == [Verdict.FORGED]
    _nothing_moved(session, other)


def _nothing_moved(session: Session, attempt: PaymentAttempt) -> None:
    assert fresh(attempt).status is AttemptStatus.PENDING
    assert balance_of(PROVIDER) == ZERO
    trace = select(func.count()).where(AuditEntry.action == "provider.message_refused")
    assert session.scalar(trace) == len(verdicts(session))


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 400), (b"[]", 400), (b"x" * 16_385, 413), (b"{" * 16_000, 400), (b"\xff\xfe", 400)],
)
def test_what_is_no_message_leaves_nothing(
    client: Browser, session: Session, midtrans: FakeMidtrans, body: bytes, status: int
) -> None:
    assert tell(client, body).status_code == status
    assert verdicts(session) == []


def test_without_a_provider_there_is_no_such_page(client: Browser, session: Session) -> None:
    assert tell(client, b"{}").status_code == 404


def test_money_that_comes_too_late_revives_the_order(
    client: Browser, midtrans: FakeMidtrans, shop: Shop, now: datetime
) -> None:
    group = shop()
    attempt = start(group, now)
    paying.expire_group(group=group, now=now + timedelta(days=2))
    assert payment_of(group).status is PaymentStatus.EXPIRED
    assert tell(client, midtrans.pay(attempt.reference)).status_code == 200
    assert statuses(group) == {OrderStatus.PLACED}
    assert check_ledger().is_sound


def test_money_for_a_cancelled_group_goes_back_through_the_provider(
    client: Browser, session: Session, midtrans: FakeMidtrans, shop: Shop, now: datetime, app: Flask
) -> None:
    group = shop()
    attempt = start(group, now, AttemptKind.QRIS)
    paying.cancel_group(group=group, customer_id=None, now=now)
    tell(client, midtrans.pay(attempt.reference))
    refund = session.scalars(select(RefundDue)).one()
    assert (refund.amount, refund.channel) == (attempt.amount, Channel.PROVIDER)
    assert balance_of("refund:due") == -attempt.amount


def test_who_pays_twice_gets_the_second_payment_back(
    client: Browser, session: Session, midtrans: FakeMidtrans, shop: Shop, now: datetime
) -> None:
    group = shop()
    first, second = start(group, now, AttemptKind.VA_BNI), start(group, now, AttemptKind.QRIS)
    for attempt in (first, second):
        for _ in range(2):
            assert tell(client, midtrans.pay(attempt.reference)).status_code == 200
    assert balance_of(PROVIDER) == Rupiah(first.amount.amount * 2)
    refund = session.scalars(select(RefundDue)).one()
    assert refund.amount == second.amount
    provider = providers.in_use()
    assert provider is not None
    assert check_ledger().is_sound
