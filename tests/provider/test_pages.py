"""A customer pays online: one press, one charge, and a page that says what goes on."""

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.payments.models import PaymentAttempt
from pol.payments.rules import AttemptStatus
from pol.payments.rules.provider import AttemptUnderWay, ProviderSilent
from pol.payments.services import providers
from tests.factories.orders import payment_of
from tests.orders.checks import balance_of
from tests.provider.conftest import Shop
from tests.provider.fake import FakeMidtrans
from tests.provider.test_callbacks import PROVIDER, tell
from tests.rig.client import Browser
from tests.rig.pages import Page
from tests.web.customer.test_transfer import link_of


def charges(session: Session) -> list[PaymentAttempt]:
    return list(session.scalars(select(PaymentAttempt).order_by(PaymentAttempt.id)))


@pytest.mark.parametrize("kind", ["va_bca", "va_bni", "va_bri"])
def test_a_number_is_shown_and_paid(
    client: Browser, session: Session, midtrans: FakeMidtrans, shop: Shop, kind: str
) -> None:
    group = shop()
    here = link_of(client, group.number, "/bayar")
    for _ in range(3):
        page = Page(client.submit(here, kind=kind))
    (charge,) = charges(session)
    assert charge.code is not None
    assert charge.code in page.text
    assert midtrans.asked == ["POST /v2/charge"]
    assert tell(client, midtrans.pay(charge.reference)).status_code == 200
    assert "Bayar sekarang" not in client.get(link_of(client, group.number)).text
    assert balance_of(PROVIDER) == group.charged


def test_a_qris_can_be_saved_and_another_way_be_chosen(
    client: Browser, session: Session, midtrans: FakeMidtrans, shop: Shop
) -> None:
    group = shop()
    here = link_of(client, group.number, "/bayar")
    page = Page(client.submit(here, kind="qris"))
    assert "Pilih cara lain" in page.text
    (charge,) = charges(session)
    picture = link_of(client, group.number, "/bayar/qris.png") + f"&kode={charge.reference}"
    assert client.get(picture).mimetype == "image/png"
    assert client.get(f"{picture}X").status_code == 302
    client.submit(here, kind="va_bca")
    assert [one.status for one in charges(session)] == [AttemptStatus.PENDING] * 2


def test_silence_is_told_and_a_second_press_waits(
    client: Browser, session: Session, midtrans: FakeMidtrans, shop: Shop
) -> None:
    here = link_of(client, shop().number, "/bayar")
    midtrans.faults.append("lost")
    assert ProviderSilent.message in Page(client.submit(here, kind="va_bni")).text
    (charge,) = charges(session)
    assert charge.status is AttemptStatus.CREATED
    page = Page(client.submit(here, kind="va_bni"))
    assert AttemptUnderWay.message in page.text
    assert "sedang disiapkan" in page.text
    assert len(charges(session)) == 1


def test_a_no_is_told_with_its_reason(
    client: Browser, session: Session, midtrans: FakeMidtrans, shop: Shop, now: datetime
) -> None:
    group = shop()
    payment_of(group).amount = payment_of(group).amount.__class__(10)
    here = link_of(client, group.number, "/bayar")
    assert "too small" in Page(client.submit(here, kind="qris")).text
    (charge,) = charges(session)
    assert charge.status is AttemptStatus.FAILED


def test_without_a_provider_nothing_is_charged(
    client: Browser, session: Session, midtrans: FakeMidtrans, shop: Shop
) -> None:
    group = shop()
    providers.use(None)
    page = Page(client.submit(link_of(client, group.number, "/bayar"), kind="qris"))
    assert "Bayar online sedang tidak tersedia" in page.text
    assert charges(session) == []
