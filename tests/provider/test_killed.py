"""kill -9 around each commit and each call of a provider: nothing is lost, nothing is doubled."""

import signal
import subprocess
import sys
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.cli.payments import reconcile
from pol.kernel import clock
from pol.ledger.queries import check_ledger
from pol.orders.rules.life import OrderStatus
from pol.payments.models import PaymentAttempt
from pol.payments.rules import AttemptKind, AttemptStatus
from tests.factories.orders import orders_of
from tests.orders.checks import balance_of
from tests.provider.conftest import Shop, fresh, start
from tests.provider.fake import FakeMidtrans
from tests.provider.test_callbacks import HERE, PROVIDER, tell
from tests.rig.client import Browser
from tests.rig.databases import Database
from tests.rig.figures import Figure
from tests.web.customer.test_transfer import link_of

S = AttemptStatus
POINTS = ("before the commit", "after the commit", "before the call", "after the call")


def killed(database: Database, fake: FakeMidtrans, where: str, address: str, body: bytes) -> bool:
    """Send a request to a process that dies there; answer whether it did."""
    command = [sys.executable, "-m", "tests.provider.victim"]
    ended = subprocess.run(
        [*command, database.url, fake.url, where, clock.now().isoformat(), address],
        input=body,
        check=False,
        timeout=60,
    )
    return ended.returncode == -signal.SIGKILL


@pytest.mark.parametrize("kind", [AttemptKind.VA_BNI, AttemptKind.QRIS])
@pytest.mark.parametrize("where", POINTS)
def test_a_charge_survives_its_process(
    client: Browser,
    session: Session,
    database: Database,
    midtrans: FakeMidtrans,
    shop: Shop,
    figure: Figure,
    where: str,
    kind: AttemptKind,
) -> None:
    group = shop()
    here = link_of(client, group.number, "/bayar")
    session.commit()
    assert killed(database, midtrans, where, here, f"kind={kind}".encode())
    reconcile(clock.now() + timedelta(minutes=5))
    client.submit(here, kind=kind.value)
    session.expire_all()
    live = [one for one in session.scalars(select(PaymentAttempt)) if one.status is S.PENDING]
    assert [bool(one.code) for one in live] == [True]
    open_there = [one.order_id for one in midtrans.orders.values() if one.status == "pending"]
    assert open_there == [live[0].reference]
    tell(client, midtrans.pay(live[0].reference))
    assert balance_of(PROVIDER) == group.charged
    figure(f"kill -9 {where} of a charge", kills=1, lost=0, doubled=0)


@pytest.mark.parametrize("where", POINTS[:2])
def test_a_callback_survives_its_process(
    client: Browser,
    session: Session,
    database: Database,
    midtrans: FakeMidtrans,
    shop: Shop,
    now: datetime,
    where: str,
) -> None:
    """The provider gets no answer, so it tells again."""
    group = shop()
    attempt = start(group, now)
    news = midtrans.pay(attempt.reference)
    assert killed(database, midtrans, where, HERE, news)
    session.rollback()
    assert (fresh(attempt).status is S.PAID) is (where == "after the commit")
    for _ in range(2):
        assert tell(client, news).status_code == 200
    assert fresh(attempt).status is S.PAID
    assert {order.status for order in orders_of(group)} == {OrderStatus.PLACED}
    assert balance_of(PROVIDER) == group.charged
    assert check_ledger().is_sound
