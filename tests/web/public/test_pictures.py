"""Who may see which picture, and for how long a browser keeps it."""

from datetime import datetime

import pytest
from PIL import Image
from sqlalchemy.orm import Session

from pol.files.rules import PictureUse
from pol.files.services import store_image
from pol.identity.models import User
from pol.identity.rules import Role
from pol.kernel.money import ZERO
from pol.orders.services import problems
from pol.orders.services.problems import Saying
from pol.payments.rules import Method
from pol.payments.services.payments import send_proof
from pol.stalls.models import Market, Stall
from pol.stalls.rules import PermitKind
from pol.stalls.services import keepers
from tests.factories.catalogue import make_market, make_product, make_stall
from tests.factories.orders import (
    bring_to_customer,
    make_kept_stall,
    make_open_market,
    orders_of,
    payment_of,
    place,
)
from tests.factories.people import give_role
from tests.factories.traders import make_keeper, make_officer, make_person
from tests.rig.client import Browser


def hang(use: PictureUse, owner: User | None, now: datetime) -> str:
    image = Image.new("RGB", (400, 300), "teal")
    return store_image(image, use=use, owner_id=owner.id if owner else None, now=now)


def status(client: Browser, key: str, viewer: User | None = None) -> int:
    if viewer:
        client.log_in(viewer)
    return client.get(f"/gambar/{key}-320.webp").status_code


@pytest.mark.parametrize("suffix", ["webp", "jpg"])
@pytest.mark.parametrize("width", [160, 320, 800])
def test_an_open_picture_is_everybodys_and_kept_for_good(
    client: Browser, session: Session, now: datetime, width: int, suffix: str
) -> None:
    key = hang(PictureUse.PRODUCT, None, now)
    answer = client.get(f"/gambar/{key}-{width}.{suffix}")
    assert answer.status_code == 200
    assert answer.mimetype == {"webp": "image/webp", "jpg": "image/jpeg"}[suffix]
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "name",
    [
        "{key}-321.webp",
        "{key}-320.png",
        "{key}-320.svg",
        "{key}-320",
        "{key}.webp",
        "..%2f..%2f..%2fetc%2fpasswd-320.webp",
        "../../secret_key-320.jpg",
        "zzzzzzzzzzzzzzzzzzzz-320.webp",
        "KEY0000000000000000x-320.webp",
        "-320.webp",
        "{key}-9999999999999999999999.webp",
    ],
)
def test_no_other_name_finds_anything(
    client: Browser, session: Session, now: datetime, name: str
) -> None:
    key = hang(PictureUse.PRODUCT, None, now)
    assert client.get(f"/gambar/{name.format(key=key)}").status_code == 404


class Neighbours:
    """A stall in one market, and people of this market and of another."""

    def __init__(self) -> None:
        self.market: Market = make_market()
        self.stall: Stall = make_stall(self.market)
        self.owner = make_keeper(self.stall)
        self.officer = make_officer(self.market)
        elsewhere = make_market()
        self.other_officer = make_officer(elsewhere)
        self.other_trader = make_keeper(make_stall(self.market))


def test_a_permit_is_for_its_stall_and_its_officer(
    client: Browser, session: Session, now: datetime
) -> None:
    people = Neighbours()
    key = hang(PictureUse.PERMIT, people.owner, now)
    keepers.add_permit(
        stall_id=people.stall.id,
        kind=PermitKind.NIB,
        number="1",
        expires_on=None,
        picture_key=key,
        actor_id=people.owner.id,
        now=now,
    )
    helper = make_keeper(people.stall)
    assert status(client, key) == 404
    assert status(client, key, people.owner) == 200
    assert status(client, key, helper) == 200
    assert status(client, key, people.officer) == 200
    assert status(client, key, people.other_trader) == 404
    assert status(client, key, people.other_officer) == 404


def test_a_proof_is_for_its_sender_and_the_officer_who_compares(
    client: Browser, session: Session, now: datetime
) -> None:
    market, customer = make_open_market(), make_person()
    stall, trader = make_kept_stall(market)
    group = place([(make_product(stall), 1_000)], now=now, method=Method.TRANSFER, user=customer)
    key = hang(PictureUse.PROOF, customer, now)
    send_proof(payment=payment_of(group), picture_key=key, now=now)
    assert status(client, key, customer) == 200
    assert status(client, key, make_officer(market)) == 200
    assert status(client, key, trader) == 404
    assert status(client, key, make_officer(make_market())) == 404


def test_a_complaint_is_for_its_sender_the_stall_and_its_officer(
    client: Browser, session: Session, now: datetime
) -> None:
    market, customer, courier = make_open_market(), make_person(), make_person()
    stall, trader = make_kept_stall(market)
    give_role(courier, Role.COURIER, market_id=market.id)
    (order,) = orders_of(place([(make_product(stall), 1_000)], now=now, user=customer))
    bring_to_customer(order, trader=trader, courier=courier, now=now)
    key = hang(PictureUse.PROBLEM, customer, now)
    saying = Saying("Layu semua", (key,))
    problem = problems.report(
        order=order, saying=saying, wanted=ZERO, customer_id=customer.id, now=now
    )
    answer = hang(PictureUse.PROBLEM, trader, now)
    problems.answer(
        order=order,
        problem=problem,
        saying=Saying("Tadi segar", (answer,)),
        trader_id=trader.id,
        now=now,
    )
    assert status(client, answer, customer) == 200
    assert status(client, key, customer) == 200
    assert status(client, key, trader) == 200
    assert status(client, key, make_officer(market)) == 200
    assert status(client, key, make_keeper(make_stall(market))) == 404
    assert status(client, key, make_officer(make_market())) == 404


def test_a_closed_picture_is_not_kept_by_browsers(
    client: Browser, session: Session, now: datetime
) -> None:
    owner = make_person()
    key = hang(PictureUse.PROOF, owner, now)
    client.log_in(owner)
    answer = client.get(f"/gambar/{key}-800.jpg")
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("use", [PictureUse.PROOF, PictureUse.PROBLEM, PictureUse.PERMIT])
def test_what_hangs_nowhere_is_for_its_sender_alone(
    client: Browser, session: Session, now: datetime, use: PictureUse
) -> None:
    people, sender = Neighbours(), make_person()
    key = hang(use, sender, now)
    assert status(client, key, sender) == 200
    for stranger in (people.owner, people.officer, people.other_officer):
        assert status(client, key, stranger) == 404
