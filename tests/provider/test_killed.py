"""kill -9 around each commit and each call of a provider: nothing is lost, nothing is doubled."""

import signal
import subprocess
import sys
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.cli.payments import reconcile, send_refunds
from pol.kernel import clock
from pol.kernel.money import ZERO
from pol.ledger.queries import check_ledger
from pol.orders.rules.life import OrderStatus
from pol.orders.services import paying
from pol.payments.models import PaymentAttempt
from pol.payments.rules import AttemptKind, AttemptStatus
from pol.payments.services import providers
from pol.payments.services.midtrans import Midtrans
from tests.factories.orders import orders_of
from tests.orders.checks import balance_of
from tests.provider.conftest import Shop, fresh, start
from tests.provider.fake import KEY, FakeMidtrans
from tests.provider.test_callbacks import HERE, PROVIDER, tell
from tests.provider.victim import RECONCILE
from tests.rig.client import Browser
from tests.rig.databases import Database
from tests.rig.figures import Figure
from tests.web.customer.test_transfer import link_of

S = AttemptStatus
LATER = timedelta(minutes=5)
COMMITS = ("before the commit", "after the commit")
SECOND = ("before the second commit", "after the second commit")
POINTS = (*COMMITS, "before the charge", "after the charge", *SECOND)


def killed(
    database: Database,
    fake: FakeMidtrans,
    where: str,
    address: str,
    body: bytes,
    at: datetime | None = None,
) -> bool:
    """Send a request to a process that dies there; answer whether it did."""
    moment = (at or clock.now()).isoformat()
    command = [sys.executable, "-m", "tests.provider.victim"]
    ended = subprocess.run(
        [*command, database.url, fake.url, where, moment, address],
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
    figure(f"charge: kill -9 {where}", kills=1, lost=0, doubled=0)


@pytest.mark.parametrize("where", COMMITS)
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


@pytest.mark.parametrize("where", [*COMMITS, "before the look", "after the look"])
def test_asking_about_a_payment_survives_its_process(
    session: Session,
    database: Database,
    midtrans: FakeMidtrans,
    shop: Shop,
    now: datetime,
    where: str,
) -> None:
    """Its callback was lost."""
    group = shop()
    attempt = start(group, now)
    midtrans.pay(attempt.reference)
    died_then_asked_again(session, database, midtrans, where, now + LATER)
    assert fresh(attempt).status is S.PAID
    assert balance_of(PROVIDER) == group.charged
    assert check_ledger().is_sound


@pytest.mark.parametrize("where", [*COMMITS, "before the cancel", "after the cancel"])
def test_closing_a_charge_survives_its_process(
    session: Session,
    database: Database,
    midtrans: FakeMidtrans,
    shop: Shop,
    now: datetime,
    where: str,
) -> None:
    group = shop()
    attempt = start(group, now)
    paying.cancel_group(group=group, customer_id=None, now=now)
    died_then_asked_again(session, database, midtrans, where, now + LATER)
    assert midtrans.orders[attempt.reference].status == "cancel"
    assert fresh(attempt).status is S.CANCELLED
    assert balance_of(PROVIDER) == ZERO


def owing(client: Browser, midtrans: FakeMidtrans, shop: Shop, now: datetime) -> PaymentAttempt:
    """Return a charge that was paid for a group that had been cancelled."""
    group = shop()
    attempt = start(group, now, AttemptKind.QRIS)
    paying.cancel_group(group=group, customer_id=None, now=now)
    tell(client, midtrans.pay(attempt.reference))
    return attempt


@pytest.mark.parametrize("where", [*COMMITS, "before the refund", "after the refund"])
def test_giving_back_survives_its_process(
    client: Browser,
    session: Session,
    database: Database,
    midtrans: FakeMidtrans,
    shop: Shop,
    now: datetime,
    where: str,
) -> None:
    attempt = owing(client, midtrans, shop, now)
    died_then_asked_again(session, database, midtrans, where, now + LATER)
    assert len(midtrans.orders[attempt.reference].refunds) == 1
    assert balance_of("refund:due") == balance_of(PROVIDER) == ZERO
    assert check_ledger().is_sound


def test_a_refund_whose_key_is_forgotten_is_found(
    client: Browser,
    session: Session,
    database: Database,
    midtrans: FakeMidtrans,
    shop: Shop,
    now: datetime,
) -> None:
    attempt = owing(client, midtrans, shop, now)
    session.commit()
    assert killed(database, midtrans, "after the refund", RECONCILE, b"", now + LATER)
    in_use, forgetful = providers.in_use(), Forgetful(server_key=KEY, url=midtrans.url)
    providers.use(forgetful)
    send_refunds(now + 2 * LATER)
    providers.use(in_use)
    forgetful.close()
    assert len(midtrans.orders[attempt.reference].refunds) == 2


class Forgetful(Midtrans):
    """A planted bug: every try to give back is a new one."""

    def refund(self, reference: str, *, key: str, amount: int, reason: str) -> None:
        super().refund(reference, key=f"{key}-again", amount=amount, reason=reason)


def died_then_asked_again(
    session: Session, database: Database, fake: FakeMidtrans, where: str, at: datetime
) -> None:
    """Let a process die while it reconciles, then let another one do it."""
    session.commit()
    assert killed(database, fake, where, RECONCILE, b"", at)
    session.rollback()
    for again in (1, 2):
        reconcile(at + again * LATER)
        send_refunds(at + again * LATER)
    session.rollback()
