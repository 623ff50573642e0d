"""Whoever tries to book money that cannot be moves nothing and leaves a line in the trail."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pol.kernel.audit import AuditEntry
from pol.ledger.models import Posting
from pol.stalls.models import Stall
from tests.factories.orders import bring_to_customer, orders_of, place
from tests.factories.traders import make_person
from tests.payments.counter import give_cash, owe
from tests.rig.client import Browser
from tests.rig.pages import Page
from tests.web.officer.conftest import Desk

Pages = dict[str, tuple[str, str, dict[str, Any]]]
WRONG = ("-5.000", "lima ribu", "9" * 15, "9" * 40)


def traces(session: Session) -> list[AuditEntry]:
    wanted = select(AuditEntry).where(AuditEntry.action == "money.refused").order_by(AuditEntry.id)
    return list(session.scalars(wanted))


@pytest.fixture
def pages(desk: Desk, session: Session, now: datetime) -> Pages:
    """Give, for each form that moves money: its page, where it goes, what else it asks."""
    stall = session.get_one(Stall, desk.fish.stall_id)
    owe(stall, 80_000, now=now)
    give_cash(f"cash:market:{desk.market.id}", 200_000, now=now)
    (order,) = orders_of(place([(desk.fish, 1_000)], now=now))
    bring_to_customer(order, trader=desk.trader, courier=make_person(), now=now)
    debt, till = f"/petugas/setoran/lapak/{stall.slug}", f"/petugas/kas/{desk.market.slug}"
    back = f"/petugas/pesanan/{order.number}/kembali"
    return {
        "debt": (debt, debt, {}),
        "till": (till, f"{till}/bank", {"reference": "BRI 1"}),
        "refund": (back, back, {"reason": "Basi"}),
    }


@pytest.mark.parametrize("form", ["debt", "till", "refund"])
@pytest.mark.parametrize("amount", [*WRONG, "0", "80.000.000"])
def test_a_refused_amount_is_remembered(
    client: Browser,
    session: Session,
    pages: Pages,
    desk: Desk,
    form: str,
    amount: str,
) -> None:
    page, action, more = pages[form]
    postings = session.scalar(select(func.count()).select_from(Posting))
    answer = client.send(Page(client.get(page)).form(action), amount=amount, **more)
    assert answer.status_code in {409, 422}
    (trace,) = traces(session)
    assert trace.actor_id == desk.officer.id
    assert trace.subject.endswith(action)
    assert trace.detail["typed"]["amount"] == amount[:40]
    assert bool(trace.detail["refusal"]) is (amount not in WRONG)
    assert session.scalar(select(func.count()).select_from(Posting)) == postings


def test_what_is_right_leaves_no_such_line(client: Browser, session: Session, pages: Pages) -> None:
    page, action, more = pages["till"]
    assert (
        client.send(Page(client.get(page)).form(action), amount="1.000", **more).status_code == 200
    )
    assert traces(session) == []


@pytest.mark.parametrize("text", ["bukan", "0002010102116304FFFF"])
def test_a_code_that_is_no_qris_is_remembered(
    client: Browser, session: Session, desk: Desk, text: str
) -> None:
    here = f"/petugas/qris/{desk.market.slug}"
    client.send(Page(client.get(here)).form(f"{here}/baca"), text=text)
    (trace,) = traces(session)
    assert trace.subject == f"officer_qris.read:{here}/baca"
