"""Midtrans' messages: signature, amount, meaning; and what follows from each for a charge."""

import hashlib
import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pol.kernel.money import Rupiah
from pol.payments.rules import AttemptStatus, midtrans
from pol.payments.rules.provider import WITH_MONEY, MessageUnreadable, follow

S = AttemptStatus
EXAMPLE = {
    "order_id": "Postman-1578568851",
    "status_code": "200",
    "gross_amount": "10000.00",
    "transaction_status": "settlement",
    "fraud_status": "accept",
    "transaction_id": "b2ed8c8e",
}
SERVER_KEY = "VT-server-contoh"


def message(**changed: object) -> midtrans.Message:
    fields = {**EXAMPLE, **changed}
    plain = f"{EXAMPLE['order_id']}{EXAMPLE['status_code']}{EXAMPLE['gross_amount']}{SERVER_KEY}"
    fields.setdefault("signature_key", hashlib.sha512(plain.encode()).hexdigest())
    return midtrans.read_message(json.dumps(fields).encode())


def test_a_genuine_message_is_known_by_its_signature() -> None:
    assert midtrans.is_genuine(message(), SERVER_KEY)
    assert not midtrans.is_genuine(message(), "another key")


@pytest.mark.parametrize(
    "changed",
    [
        {"order_id": "Postman-1578568852"},
        {"status_code": "201"},
        {"gross_amount": "10000.0"},
        {"gross_amount": "1000.00"},
        {"signature_key": ""},
        {"signature_key": "0" * 128},
    ],
)
def test_a_changed_message_is_not_genuine(changed: dict[str, str]) -> None:
    assert not midtrans.is_genuine(message(**changed), SERVER_KEY)


def test_a_pending_message_cannot_be_turned_into_a_settlement() -> None:
    plain = f"A201500.00{SERVER_KEY}"
    signature = hashlib.sha512(plain.encode()).hexdigest()
    facts = {"order_id": "A", "status_code": "201", "gross_amount": "500.00"}
    waiting = message(**facts, transaction_status="pending", signature_key=signature)
    turned = message(**facts, transaction_status="settlement", signature_key=signature)
    assert midtrans.is_genuine(waiting, SERVER_KEY)
    assert not midtrans.is_genuine(turned, SERVER_KEY)


@pytest.mark.parametrize(
    ("text", "rupiah"), [("12500.00", 12_500), ("12500", 12_500), ("0.00", 0), ("1.00", 1)]
)
def test_an_amount_is_read_exactly(text: str, rupiah: int) -> None:
    assert midtrans.read_amount(text) == Rupiah(rupiah)


@pytest.mark.parametrize(
    "text", ["", "12500.5", "12500.50", "-1.00", "1e4", " 1", "01", "12,500", "١٢", "9" * 14]
)
def test_what_is_no_whole_rupiah_is_refused(text: str) -> None:
    with pytest.raises(MessageUnreadable):
        midtrans.read_amount(text)


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"null", b"{", b'{"order_id": 1}', b'{"order_id": "\\u0000"}', b"\xff",
     b'{"order_id": "\\ud800"}', b"[" * 100_000],
)  # fmt: skip
def test_what_is_no_message_is_refused(body: bytes) -> None:
    with pytest.raises(MessageUnreadable):
        midtrans.read_message(body)


@pytest.mark.parametrize(
    ("status", "fraud", "means"),
    [
        ("capture", "accept", S.PAID),
        ("capture", "challenge", S.PENDING),
        ("capture", "deny", S.FAILED),
        ("settlement", "", S.PAID),
        ("pending", "accept", S.PENDING),
        ("deny", "", S.FAILED),
        ("failure", "", S.FAILED),
        ("cancel", "", S.CANCELLED),
        ("expire", "", S.EXPIRED),
        ("refund", "", S.REFUNDED),
        ("partial_refund", "", None),
        ("authorize", "", None),
    ],
)
def test_each_status_has_one_meaning(status: str, fraud: str, means: S | None) -> None:
    found = midtrans.status_of(message(transaction_status=status, fraud_status=fraud))
    assert found is means


def end_of(said: tuple[S, ...]) -> S:
    current = S.CREATED
    for status in said:
        current = follow(current, status) or current
    return current


@pytest.mark.parametrize(
    "said", [(S.PENDING, S.PAID), (S.PENDING, S.EXPIRED, S.PAID), (S.PENDING, S.PAID, S.REFUNDED)]
)
def test_every_order_of_the_same_messages_ends_the_same(said: tuple[S, ...]) -> None:
    ends = {end_of(order) for order in itertools.permutations(said)}
    assert ends == {said[-1]}


@given(st.lists(st.sampled_from(list(S))))
def test_money_that_came_is_never_forgotten(said: list[S]) -> None:
    paid = any(status in WITH_MONEY for status in said)
    assert (end_of(tuple(said)) in WITH_MONEY) is paid
    assert end_of((*said, *said)) is end_of((*said, *said, *said))
