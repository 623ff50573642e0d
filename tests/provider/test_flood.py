"""Forged messages by the thousand: they are turned away cheaply, and true ones pass between."""

import json
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pol.identity.rules.limits import ADDRESS
from pol.kernel import clock
from pol.kernel.audit import AuditEntry
from pol.payments.models import ProviderMessage
from pol.payments.rules import AttemptStatus
from tests.provider.conftest import Shop, fresh, start
from tests.provider.fake import FakeMidtrans
from tests.provider.test_callbacks import HERE
from tests.rig.client import Browser
from tests.rig.statements import counted

ATTACKER, NEIGHBOUR = "203.0.113.9", "203.0.113.10"


def tell(client: Browser, body: bytes, address: str = ATTACKER) -> int:
    """Send a message from an address; return the status of the answer."""
    sender = Browser(client.application, client.response_wrapper)
    return sender.post(HERE, data=body, environ_base={"REMOTE_ADDR": address}).status_code


def lie(number: int) -> bytes:
    fields = {"order_id": f"POL-{number}", "status_code": "200", "gross_amount": "1.00"}
    return json.dumps({**fields, "signature_key": "0" * 128}).encode()


@pytest.fixture
def flooded(client: Browser, session: Session, midtrans: FakeMidtrans, now: datetime) -> None:
    """Let an address lie as often as it may."""
    answers = [tell(client, lie(number)) for number in range(ADDRESS.free + 1)]
    assert answers == [403] * ADDRESS.free + [429]


def test_a_flood_leaves_no_more_traces(client: Browser, session: Session, flooded: None) -> None:
    assert {tell(client, lie(number)) for number in range(100, 130)} == {429}
    kept = session.scalar(select(func.count()).select_from(ProviderMessage))
    trail = select(func.count()).where(AuditEntry.action == "provider.message_refused")
    assert (kept, session.scalar(trail)) == (ADDRESS.free, ADDRESS.free)


def test_one_lie_too_many_costs_one_look(client: Browser, flooded: None) -> None:
    with counted() as sent:
        assert tell(client, lie(100)) == 429
    assert [statement.split()[0] for statement in sent] == ["SELECT"]


def test_what_the_provider_signed_passes_even_from_there(
    client: Browser, midtrans: FakeMidtrans, shop: Shop, now: datetime, flooded: None
) -> None:
    attempt = start(shop(), now)
    assert tell(client, lie(100)) == 429
    assert tell(client, midtrans.pay(attempt.reference)) == 200
    assert fresh(attempt).status is AttemptStatus.PAID


def test_true_messages_are_not_counted(
    client: Browser, midtrans: FakeMidtrans, shop: Shop, now: datetime
) -> None:
    news = midtrans.pay(start(shop(), now).reference)
    assert {tell(client, news) for _ in range(ADDRESS.free + 5)} == {200}
    assert tell(client, lie(1)) == 403


def test_other_addresses_are_heard_and_after_a_while_this_one_too(
    client: Browser, flooded: None, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert tell(client, lie(100), NEIGHBOUR) == 403
    later = clock.now() + ADDRESS.first_wait + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert tell(client, lie(101)) == 403
    assert tell(client, lie(102)) == 429
