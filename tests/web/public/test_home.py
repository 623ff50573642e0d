from datetime import datetime

from tests.factories.catalogue import make_market, make_product, make_stall
from tests.rig.client import Browser
from tests.rig.pages import Page


def test_home_shows_what_is_fresh_and_open_now(client: Browser, now: datetime) -> None:
    stall = make_stall(make_market("Pasar Babat"), name="Mina Jaya")
    make_product(stall, name="Bandeng segar", price=34_000)
    make_product(name="Gerabah", condition="new")
    page = Page(client.get("/"))
    assert page.status == 200
    (card,) = page.texts(".card")
    assert "Rp34.000" in card
    assert "Mina Jaya · Pasar Babat" in card
