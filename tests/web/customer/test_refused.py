"""Weights and proofs that cannot be are refused in words, and leave a line in the audit trail."""

from datetime import datetime
from io import BytesIO

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pol.ledger.models import Posting
from pol.orders.models import OrderLine
from pol.payments.rules import Method, PaymentStatus
from tests.factories.catalogue import make_product
from tests.factories.orders import make_kept_stall, make_open_market, payment_of, place
from tests.rig.client import Browser
from tests.rig.pages import Page
from tests.web.customer.test_problem import order, photo, url_of  # noqa: F401 - a fixture
from tests.web.customer.test_transfer import link_of
from tests.web.customer.test_weighed import Deal, deal  # noqa: F401 - a fixture
from tests.web.officer.test_refused import traces

NO_PICTURES = [b"%PDF-1.4 bukti", b"<html>bukti</html>", b"", b"\xff\xd8\xff\xe0 cut off"]


@pytest.mark.parametrize("weight", ["0", "-1", "100", "1000", "9" * 15, "satu kilo", ""])
def test_a_weight_that_cannot_be_is_remembered(
    deal: Deal,  # noqa: F811
    session: Session,
    weight: str,
) -> None:
    deal.buy()
    deal.accept()
    postings = session.scalar(select(func.count()).select_from(Posting))
    deal.weigh(weight)
    (trace,) = traces(session)
    assert trace.subject.startswith("trader_scales.weigh:")
    assert trace.detail["typed"] == {"weight": weight}
    assert session.scalars(select(OrderLine.weighed_at)).one() is None
    assert session.scalar(select(func.count()).select_from(Posting)) == postings


@pytest.mark.parametrize("data", NO_PICTURES)
def test_a_proof_that_is_no_picture_is_remembered(
    client: Browser, session: Session, now: datetime, data: bytes
) -> None:
    product = make_product(make_kept_stall(make_open_market())[0])
    group = place([(product, 1_000)], now=now, method=Method.TRANSFER)
    url = link_of(client, group.number, "/bukti")
    client.submit(url, picture=(BytesIO(data), "bukti.jpg"))
    (trace,) = traces(session)
    assert trace.subject.startswith("customer_group.send_proof:")
    assert payment_of(group).status is PaymentStatus.WAITING


@pytest.mark.parametrize("data", NO_PICTURES[:2])
def test_a_complaint_with_what_is_no_picture_is_remembered(
    client: Browser,
    session: Session,
    order: object,  # noqa: F811
    data: bytes,
) -> None:
    url = url_of(order)  # type: ignore[arg-type]
    form = Page(client.get(url)).form(url)
    client.send(form, message="Layu semua", pictures=(BytesIO(data), "layu.jpg"))
    (trace,) = traces(session)
    assert trace.subject.startswith("customer_problem.report:")
