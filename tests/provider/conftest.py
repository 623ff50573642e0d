from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.catalogue.models import Product
from pol.kernel.db import db
from pol.orders.models import OrderGroup
from pol.payments.models import PaymentAttempt
from pol.payments.rules import AttemptKind, Method
from pol.payments.services import attempts, providers
from pol.payments.services.midtrans import Midtrans
from tests.factories.catalogue import make_product
from tests.factories.orders import make_kept_stall, make_open_market, payment_of, place
from tests.provider.fake import KEY, FakeMidtrans

PATIENCE = 0.4
"""Seconds that our client waits for this provider."""


@pytest.fixture
def midtrans() -> Iterator[FakeMidtrans]:
    """Give a provider that is in use; it answers over a socket."""
    with FakeMidtrans().running() as fake:
        client = Midtrans(server_key=KEY, url=fake.url, seconds=PATIENCE)
        providers.use(client)
        yield fake
        providers.use(None)
        client.close()


@pytest.fixture
def product(session: Session, now: datetime) -> Product:
    stall, _owner = make_kept_stall(make_open_market())
    return make_product(stall, price=30_000, stock_milli=None)


Shop = Callable[[], OrderGroup]


@pytest.fixture
def shop(midtrans: FakeMidtrans, product: Product, now: datetime) -> Shop:
    """Give a function that orders something to be paid online."""
    return lambda: place([(product, 1_000)], now=now, method=Method.ONLINE)


def start(
    group: OrderGroup, now: datetime, kind: AttemptKind = AttemptKind.VA_BCA
) -> PaymentAttempt:
    """Open a charge as the page does, and ask the provider for it."""
    provider = providers.in_use()
    assert provider is not None
    attempt = attempts.open_attempt(
        payment=payment_of(group), provider=provider.name, kind=kind, now=now
    )
    charged = provider.charge(attempts.charge_of(attempt, now=now))
    attempts.note_charged(reference=attempt.reference, charged=charged, now=now)
    db.session.commit()
    return attempt


def fresh(attempt: PaymentAttempt) -> PaymentAttempt:
    """Return a charge as it stands in the database now."""
    wanted = select(PaymentAttempt).where(PaymentAttempt.id == attempt.id)
    return db.session.scalars(wanted.execution_options(populate_existing=True)).one()
