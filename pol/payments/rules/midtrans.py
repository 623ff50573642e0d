"""Midtrans' Core API: what is sent, what comes back, and how its messages are signed.

After the public documentation at docs.midtrans.com (Core API: charge, status, refund,
HTTP notification).
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from pol.kernel.money import Rupiah
from pol.payments.rules import AttemptKind, AttemptStatus
from pol.payments.rules.provider import Charge, Charged, MessageUnreadable, Seen

NAME = "midtrans"
WIB = timezone(timedelta(hours=7))
BANKS = {AttemptKind.VA_BCA: "bca", AttemptKind.VA_BNI: "bni", AttemptKind.VA_BRI: "bri"}
DONE = "200"
_AMOUNT = re.compile(r"(0|[1-9][0-9]{0,12})(?:\.00)?", re.ASCII)
_STATUS = {
    "pending": AttemptStatus.PENDING,
    "settlement": AttemptStatus.PAID,
    "capture": AttemptStatus.PAID,
    "deny": AttemptStatus.FAILED,
    "failure": AttemptStatus.FAILED,
    "cancel": AttemptStatus.CANCELLED,
    "expire": AttemptStatus.EXPIRED,
    "refund": AttemptStatus.REFUNDED,
}
_DOUBT = {"challenge": AttemptStatus.PENDING, "deny": AttemptStatus.FAILED}


@dataclass(frozen=True)
class Message:
    """The fields of a notification or an answer that decide something."""

    order_id: str
    transaction_id: str
    transaction_status: str
    fraud_status: str
    status_code: str
    gross_amount: str
    signature_key: str
    fields: Mapping[str, Any]


def read_message(body: bytes) -> Message:
    """Read a notification or an answer.

    :raises MessageUnreadable: not a JSON object, or a field is not text
    """
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise MessageUnreadable from error
    if not isinstance(fields, dict):
        raise MessageUnreadable
    names = [name for name in Message.__dataclass_fields__ if name != "fields"]
    texts = {name: fields.get(name, "") for name in names}
    if not all(isinstance(t, str) and t.isascii() and t.isprintable() for t in texts.values()):
        raise MessageUnreadable
    return Message(**texts, fields=fields)


def sign(*, order_id: str, status_code: str, gross_amount: str, server_key: str) -> str:
    """Return the SHA-512 with which Midtrans proves that a message is its own."""
    text = f"{order_id}{status_code}{gross_amount}{server_key}"
    return hashlib.sha512(text.encode()).hexdigest()


def is_genuine(message: Message, server_key: str) -> bool:
    """Answer whether Midtrans wrote this; compared in constant time.

    The signature does not cover `transaction_status`. A success always carries code 200, so a
    "pending" (201) that was changed into a "settlement" shows, too.
    """
    expected = sign(
        order_id=message.order_id,
        status_code=message.status_code,
        gross_amount=message.gross_amount,
        server_key=server_key,
    )
    signed = hmac.compare_digest(expected.encode(), message.signature_key.encode())
    return signed and fits_code(message)


def fits_code(message: Message) -> bool:
    """Answer whether a message that tells of money also carries the code of a success."""
    pays = _STATUS.get(message.transaction_status) is AttemptStatus.PAID
    return not pays or message.status_code == DONE


def read_amount(text: str) -> Rupiah:
    """Return an amount like "12500.00", exactly.

    :raises MessageUnreadable: a fraction of a rupiah, a sign, or no number
    """
    found = _AMOUNT.fullmatch(text)
    if found is None:
        raise MessageUnreadable
    return Rupiah(int(found[1]))


def status_of(message: Message) -> AttemptStatus | None:
    """Return what a message means for a charge, None for what we do not know."""
    status = _STATUS.get(message.transaction_status)
    if status is AttemptStatus.PAID:
        return _DOUBT.get(message.fraud_status, status)
    return status


def read_seen(message: Message) -> Seen:
    """Return what a message says of a charge.

    :raises MessageUnreadable: the amount is none
    """
    refunds = message.fields.get("refunds", [])
    keys = {str(one.get("refund_key")) for one in refunds if isinstance(one, dict)}
    return Seen(
        reference=message.order_id,
        status=status_of(message),
        amount=read_amount(message.gross_amount),
        charged=read_charged(message),
        refund_keys=frozenset(keys),
    )


def read_charged(message: Message) -> Charged:
    """Return where the customer pays to, as far as the message says it."""
    code = message.fields.get("qr_string")
    numbers = message.fields.get("va_numbers")
    if isinstance(numbers, list) and numbers and isinstance(numbers[0], dict):
        code = numbers[0].get("va_number")
    return Charged(
        message.transaction_id,
        code if isinstance(code, str) else None,
        _read_moment(message.fields.get("expiry_time")),
    )


def _read_moment(text: object) -> datetime | None:
    """Read a moment like "2026-03-02 13:05:00", which Midtrans gives in Jakarta's time."""
    try:
        naive = datetime.strptime(str(text), "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007 - WIB follows
    except ValueError:
        return None
    return naive.replace(tzinfo=WIB)


def charge_body(charge: Charge) -> dict[str, Any]:
    """Return what opens a charge: QRIS, or a virtual account at one of three banks."""
    body: dict[str, Any] = {
        "transaction_details": {
            "order_id": charge.reference,
            "gross_amount": charge.amount.amount,
        },
        "custom_expiry": {"expiry_duration": charge.minutes, "unit": "minute"},
    }
    if charge.kind is AttemptKind.QRIS:
        return {"payment_type": "qris", **body}
    return {
        "payment_type": "bank_transfer",
        "bank_transfer": {"bank": BANKS[charge.kind]},
        **body,
    }
