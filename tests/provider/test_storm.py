"""Hundreds of callbacks of every kind, in any order: forged ones move nothing, the rest once."""

import json
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pol.kernel.audit import AuditEntry
from pol.kernel.money import Rupiah
from pol.ledger.queries import check_ledger
from pol.payments.models import PaymentAttempt
from pol.payments.rules import AttemptStatus
from pol.payments.rules import midtrans as rules
from tests.orders.checks import balance_of
from tests.provider.conftest import Shop, fresh, start
from tests.provider.fake import FakeMidtrans, signed
from tests.provider.test_callbacks import PROVIDER, tell
from tests.rig.client import Browser
from tests.rig.figures import Figure

ENDS = {
    "settlement": AttemptStatus.PAID,
    "expire": AttemptStatus.EXPIRED,
    "cancel": AttemptStatus.CANCELLED,
    "pending": AttemptStatus.PENDING,
}
REFUSED = {400, 403, 404, 409, 413, 429}
ORDERS = 24


@dataclass(frozen=True)
class News:
    """A message on its way, and whether the provider sent it."""

    kind: str
    body: bytes
    is_genuine: bool


def storm(fake: FakeMidtrans, ends: dict[str, str], count: int, dice: random.Random) -> list[News]:
    """Return so many messages about these orders: what is true at least twice, then lies."""
    true = [
        News("genuine", fake.turn(reference, status), is_genuine=True)
        for reference, end in ends.items()
        for status in dict.fromkeys(("pending", end))
    ]
    sent = [*true, *true]
    references = list(ends)
    while len(sent) < count:
        reference = dice.choice(references)
        sent.append(dice.choice((again, forged, altered, turned, other_sum, huge))(
            fake, reference, dice, true
        ))  # fmt: skip
    dice.shuffle(sent)
    return sent


def again(fake: FakeMidtrans, reference: str, dice: random.Random, true: list[News]) -> News:
    return News("duplicate", dice.choice(true).body, is_genuine=True)


def forged(fake: FakeMidtrans, reference: str, dice: random.Random, true: list[News]) -> News:
    fields = {**fake.orders[reference].fields, **PAID, "signature_key": dice.randbytes(64).hex()}
    return News("forged", json.dumps(fields).encode(), is_genuine=False)


def altered(fake: FakeMidtrans, reference: str, dice: random.Random, true: list[News]) -> News:
    """Put one order's name on the genuine message about another one."""
    fields = {**json.loads(dice.choice(true).body), **PAID, "order_id": f"{reference}0"}
    return News("altered", json.dumps(fields).encode(), is_genuine=False)


def turned(fake: FakeMidtrans, reference: str, dice: random.Random, true: list[News]) -> News:
    """Turn a genuine "pending" into a success; its signature does not cover the status."""
    waiting = {**fake.orders[reference].fields, "status_code": "201"}
    fields = {**signed(waiting), "transaction_status": "settlement"}
    return News("altered", json.dumps(fields).encode(), is_genuine=False)


def other_sum(fake: FakeMidtrans, reference: str, dice: random.Random, true: list[News]) -> News:
    fields = {**fake.orders[reference].fields, **PAID, "gross_amount": f"{dice.randint(1, 99)}.00"}
    return News("wrong sum", json.dumps(signed(fields)).encode(), is_genuine=False)


def huge(fake: FakeMidtrans, reference: str, dice: random.Random, true: list[News]) -> News:
    fields = {**fake.orders[reference].fields, **PAID, "padding": "x" * 20_000}
    return News("huge", json.dumps(signed(fields)).encode(), is_genuine=False)


PAID = {"transaction_status": "settlement", "status_code": "200"}


@pytest.fixture
def weather(
    client: Browser,
    midtrans: FakeMidtrans,
    shop: Shop,
    now: datetime,
    rounds: Callable[[int, int], int],
) -> tuple[list[PaymentAttempt], dict[str, str], Counter[str]]:
    """Send the storm; return the charges, how each must end, and what was let in or kept out."""
    dice = random.Random(20_260_302)  # noqa: S311 - the same storm in every run
    charges = [start(shop(), now) for _ in range(ORDERS)]
    ends = {one.reference: dice.choice(list(ENDS)) for one in charges}
    seen: Counter[str] = Counter()
    for news in storm(midtrans, ends, rounds(500, 10_000), dice):
        status = tell(client, news.body).status_code
        assert status == 200 or status in REFUSED
        seen[news.kind] += 1
        seen["lies accepted"] += not news.is_genuine and status == 200
        seen["truths refused"] += news.is_genuine and status != 200
    return charges, ends, seen


def is_as_in_order(charges: list[PaymentAttempt], ends: dict[str, str]) -> bool:
    """Answer whether each charge ended as its own last true message says, and the money too."""
    paid = [one for one in charges if ends[one.reference] == "settlement"]
    return all(fresh(one).status is ENDS[ends[one.reference]] for one in charges) and (
        balance_of(PROVIDER) == Rupiah(sum(one.amount.amount for one in paid))
    )


Weather = tuple[list[PaymentAttempt], dict[str, str], Counter[str]]


def test_no_lie_is_believed_and_no_truth_is_lost(
    session: Session, weather: Weather, figure: Figure
) -> None:
    charges, ends, seen = weather
    assert (seen["lies accepted"], seen["truths refused"]) == (0, 0)
    assert is_as_in_order(charges, ends)
    assert check_ledger().is_sound
    traces = select(func.count()).where(AuditEntry.action == "provider.message_refused")
    assert session.scalar(traces)
    kinds = {kind: seen[kind] for kind in ("duplicate", "forged", "altered", "wrong sum", "huge")}
    figure("callbacks", sent=sum(kinds.values()) + seen["genuine"], **kinds, forged_accepted=0)


@pytest.fixture
def without_signatures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "is_genuine", lambda _message, _key: True)


def test_a_dropped_signature_check_would_be_seen(
    session: Session, without_signatures: None, weather: Weather
) -> None:
    """The control: everybody is believed, and the same measures say so."""
    charges, ends, seen = weather
    assert seen["lies accepted"] > 0
    assert not is_as_in_order(charges, ends)
