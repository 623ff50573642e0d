"""The code on a shelf card: scanned by shoppers far more often than by the two sides."""

import pytest
from sqlalchemy.orm import Session

from tests.factories.catalogue import make_product
from tests.factories.partnership import Partnership, make_partnership
from tests.factories.people import make_person
from tests.factories.traders import make_keeper
from tests.rig.client import Browser


@pytest.fixture
def p(session: Session) -> Partnership:
    return make_partnership()


def scan(client: Browser, p: Partnership) -> str:
    answer = client.get(f"/catatan/{p.placement.number}")
    assert answer.status_code == 302
    return answer.location


def test_each_side_is_led_to_its_own_page_of_the_place(client: Browser, p: Partnership) -> None:
    client.log_in(p.owner)
    assert scan(client, p) == f"/peritel/rapor/{p.placement.number}"
    client.log_in(make_keeper(p.stall))
    assert scan(client, p) == f"/pedagang/rak/rapor/{p.placement.number}"


def test_everybody_else_meets_the_product(client: Browser, p: Partnership) -> None:
    product = make_product(p.stall, name="Keripik Tempe Contoh")
    p.sheet.product_id = product.id
    slug, other = product.slug, make_partnership()
    assert scan(client, p) == f"/produk/{slug}"
    for person in (other.owner, make_keeper(other.stall), make_person("Pembeli Contoh")):
        client.log_in(person)
        assert scan(client, p) == f"/produk/{slug}"
    assert client.get(f"/produk/{slug}").status_code == 200


def test_a_product_that_is_not_sold_online_leads_to_its_maker(
    client: Browser, p: Partnership
) -> None:
    assert scan(client, p) == f"/lapak/{p.stall.slug}"
    hidden = make_product(p.stall)
    hidden.listed_at = None
    p.sheet.product_id = hidden.id
    assert scan(client, p) == f"/lapak/{p.stall.slug}"
    assert client.get(f"/lapak/{p.stall.slug}").status_code == 200


def test_strangers_learn_nothing_of_other_papers(client: Browser, p: Partnership) -> None:
    for number in (p.agreement.number, "PKS-tidak-ada", p.application.number, "XX1"):
        assert client.get(f"/catatan/{number}").location.startswith("/masuk?next=/catatan/")
    assert client.get("/catatan/PN-tidak-ada").status_code == 404
