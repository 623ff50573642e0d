"""How many statements a whole checkout costs; the number is a promise, so it is counted."""

from datetime import datetime

from sqlalchemy.orm import Session

from tests.factories.catalogue import make_product
from tests.factories.orders import make_kept_stall, make_open_market
from tests.rig.client import Browser
from tests.rig.pages import Page
from tests.rig.statements import counted
from tests.web.customer.test_story import WHO

WHOLE_CHECKOUT = 35


def test_add_three_times_place_and_thank_you(
    client: Browser, session: Session, now: datetime
) -> None:
    market = make_open_market()
    slugs = [make_product(make_kept_stall(market)[0]).slug for _ in range(3)]
    with counted() as adding:
        for slug in slugs:
            client.submit("/keranjang/tambah", follow=False, product=slug, quantity="1")
    with counted() as placing:
        form = Page(client.get("/pesan")).form("/pesan")
        page = client.send(form, **WHO)
    assert "Terima kasih" in page.text
    assert len(adding) + len(placing) <= WHOLE_CHECKOUT, "\n".join([*adding, "--", *placing])
