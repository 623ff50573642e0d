"""Everything of a group at the officer's desk: found, refunded, called off, undone."""

from datetime import datetime

import pytest
from sqlalchemy import select

from pol.identity.models import User
from pol.kernel.db import db
from pol.kernel.money import Rupiah, total
from pol.notices.models import Notice
from pol.orders.models import Order, OrderEvent, OrderGroup, OrderLine
from pol.orders.rules.life import OrderStatus
from pol.orders.rules.refunding import OtherMarketsToo, RefundedMeanwhile
from pol.orders.rules.undoing import PlanChanged
from pol.orders.services import life, refunds
from pol.payments.models import RefundDue
from pol.payments.rules import Channel, Method
from pol.payments.services.credit import balance_of as credit_of
from tests.factories.catalogue import make_product
from tests.factories.orders import (
    bring_to_customer,
    make_kept_stall,
    make_open_market,
    orders_of,
    pay,
    place,
)
from tests.factories.people import make_person
from tests.orders.checks import balance_of, check_group
from tests.rig.client import Browser
from tests.rig.pages import Page
from tests.web.officer.conftest import Desk, make_officer

URL = "/petugas/belanjaan"


class Case:
    """A paid group of two stalls: one has handed over Rp60.000 of fish, one is still to answer."""

    def __init__(self, desk: Desk, now: datetime) -> None:
        self.customer = make_person("Bu Rini (contoh)")
        other = make_product(make_kept_stall(desk.market, "Lapak Sayur")[0], price=5_000)
        wishes = [(desk.fish, 2_000), (other, 1_000)]
        self.group: OrderGroup = place(wishes, now=now, method=Method.TRANSFER, user=self.customer)
        pay(self.group, officer=desk.officer, now=now)
        self.handed, self.coming = orders_of(self.group)
        bring_to_customer(self.handed, trader=desk.trader, courier=make_person(), now=now)
        self.url = f"{URL}/{self.group.number}"

    def of(self, order: Order, deed: str) -> str:
        return f"/petugas/pesanan/{order.number}/{deed}"


@pytest.fixture
def case(desk: Desk, now: datetime) -> Case:
    return Case(desk, now)


@pytest.mark.parametrize("by", ["group", "order", "phone", "nothing"])
def test_a_group_is_found(client: Browser, case: Case, by: str) -> None:
    words = {
        "group": case.group.number.lower(),
        "order": case.handed.number,
        "phone": case.group.phone.replace("+62", "0"),
        "nothing": "",
    }[by]
    page = Page(client.get(URL, query_string={"q": words}))
    assert case.url in page.links()


def test_what_is_not_there_is_not_found(client: Browser, case: Case) -> None:
    for words in ("TIDAK-ADA", "0812 0000 9999", "%", "\x00", "x" * 200):
        page = Page(client.get(URL, query_string={"q": words}))
        assert ("Belanjaan tidak ditemukan" in page.text) is (words != "\x00")


def test_the_page_shows_orders_money_and_what_can_be_done(client: Browser, case: Case) -> None:
    page = Page(client.get(case.url))
    for text in ("Lapak Sayur", str(case.group.charged), "titipan pembeli", "Komisi pasar"):
        assert text in page.text
    links = page.links()
    assert case.of(case.handed, "kembali") in links
    assert case.of(case.handed, "batal") not in links
    assert case.of(case.coming, "batal") in links
    assert case.of(case.coming, "kembali") not in links
    assert f"{case.url}/batal" in links


def test_one_line_goes_back_and_a_second_press_does_nothing(client: Browser, case: Case) -> None:
    url = case.of(case.handed, "kembali")
    line = db.session.scalars(
        select(OrderLine.id).where(OrderLine.order_id == case.handed.id)
    ).one()
    form = Page(client.get(url)).form(url)
    assert form.values["amount"] == "60.000"
    page = Page(client.send(form, line=line, amount="10.000", reason="Kurang", channel="credit"))
    assert page.status == 422
    assert "Pembeli mendapat Rp10.000" in page.texts("main .sums div")
    ready = page.form(url)
    page = Page(client.send(ready))
    assert page.address == case.url
    assert "kembali Rp10.000" in page.text
    again = Page(client.send(ready))
    assert again.status == 409
    assert RefundedMeanwhile.message in again.errors["amount"]
    assert credit_of(case.customer.id) == Rupiah(10_000)
    check_group(case.group)


@pytest.mark.parametrize(
    ("amount", "says"),
    [
        ("0", "lebih dari Rp0"),
        ("60.001", "lebih dari Rp0"),
        ("9" * 12, "lebih dari Rp0"),
        ("-5", "angka rupiah"),
        ("lima", "angka rupiah"),
        ("", "Tulis berapa."),
    ],
)
def test_an_amount_that_cannot_be_is_explained(
    client: Browser, case: Case, amount: str, says: str
) -> None:
    url = case.of(case.handed, "kembali")
    form = Page(client.get(url)).form(url)
    page = Page(client.send(form, amount=amount, reason="Kurang"))
    assert page.status in {409, 422}
    assert says in page.errors["amount"]
    assert page.form(url).values["reason"] == "Kurang"
    assert credit_of(case.customer.id) == Rupiah(0)


def test_goods_that_came_back_are_said_to_be_back(client: Browser, case: Case) -> None:
    url = case.of(case.handed, "kembali")
    form = Page(client.get(url)).form(url)
    assert form.values["goods"] == "kept"
    page = Page(client.send(form, reason="Salah barang", channel="credit", goods="sound"))
    assert page.address == case.url
    said = db.session.scalars(select(OrderEvent.reason).order_by(OrderEvent.id.desc())).first()
    assert (said or "").endswith("Salah barang (barang kembali ke lapak)")


def test_what_is_on_its_way_cannot_be_refunded_only_called_off(client: Browser, case: Case) -> None:
    assert "Tidak ada yang bisa dikembalikan" in (
        Page(client.get(case.of(case.coming, "kembali"))).text
    )
    url = case.of(case.coming, "batal")
    page = Page(client.get(url))
    assert "Kembali dari titipan pembeli Rp5.000" in page.texts("main .sums div")
    form = page.form(url)
    assert "Tulis alasannya dulu." in Page(client.send(form, reason=" ")).errors["reason"]
    page = Page(client.send(form, reason="Sayur habis"))
    assert page.address == case.url
    due = db.session.scalars(select(RefundDue)).one()
    assert (due.amount, due.channel) == (Rupiah(5_000), Channel.TRANSFER)
    again = Page(client.send(form, reason="Sayur habis"))
    assert again.status == 409
    assert "Pesanan ini tidak bisa dibatalkan lagi" in again.text
    check_group(case.group)


def test_a_whole_group_is_undone_as_the_page_said(client: Browser, case: Case) -> None:
    url = f"{case.url}/batal"
    page = Page(client.get(url))
    sums = page.texts("main .sums div")
    assert "Kembali dari titipan pembeli Rp5.000" in sums
    assert "Dari hak lapak dan komisi pasar Rp60.000" in sums
    assert page.texts("main .stat") == ["Kembali ke pembeli seluruhnya Rp65.000"]
    form = page.form(url)
    assert "Tulis alasannya" in Page(client.send(form, reason="")).errors["reason"]
    page = Page(client.send(form, reason="Pasar kebanjiran", channel="credit"))
    assert "Belanjaan dibatalkan. Semua pihak sudah dikabari." in page.messages
    assert case.group.refunded == Rupiah(65_000)
    assert credit_of(case.customer.id) == Rupiah(60_000)
    assert orders_of(case.group)[1].status is OrderStatus.CANCELLED
    again = Page(client.send(form, reason="Pasar kebanjiran", channel="credit"))
    assert again.status == 409
    assert case.group.refunded == Rupiah(65_000)
    check_group(case.group)


def test_a_guest_is_offered_no_store_credit(client: Browser, case: Case) -> None:
    case.group.user_id = None
    url = case.of(case.handed, "kembali")
    page = Page(client.get(url))
    assert [node.attributes["value"] for node in page.tree.css("[name=channel] option")] == [
        "cash",
        "transfer",
    ]
    page = Page(client.send(page.form(url), channel="credit", reason="Kurang"))
    assert page.status == 422
    assert balance_of("refund:due") == Rupiah(0)


def test_of_a_shared_group_each_market_sees_its_own(
    client: Browser, desk: Desk, now: datetime
) -> None:
    far = make_product(make_kept_stall(make_open_market("Pasar Babat"), "Lapak Jauh")[0])
    group = place([(desk.fish, 1_000), (far, 1_000)], now=now)
    near, other = sorted(orders_of(group), key=lambda order: order.stall_id != desk.fish.stall_id)
    page = Page(client.get(f"{URL}/{group.number}"))
    assert near.number in page.text
    assert other.number not in page.text
    assert "Lapak Jauh" not in page.texts("h2")
    assert client.get(f"/petugas/pesanan/{other.number}/batal").status_code == 404


class Shared:
    """A group paid at the desk's market, of which a far market has handed over its part."""

    def __init__(self, desk: Desk, now: datetime, method: Method = Method.TRANSFER) -> None:
        self.market = make_open_market("Pasar Babat")
        stall, trader = make_kept_stall(self.market, "Lapak Jauh")
        self.far = make_product(stall, price=20_000)
        self.group = place([(desk.fish, 1_000), (self.far, 1_000)], now=now, method=method)
        if method is Method.TRANSFER:
            pay(self.group, officer=desk.officer, now=now)
        found = {order.stall_id: order for order in orders_of(self.group)}
        self.near, self.other = found[desk.fish.stall_id], found[stall.id]
        bring_to_customer(self.other, trader=trader, courier=make_person(), now=now)
        self.url = f"{URL}/{self.group.number}/batal"


def test_the_market_that_was_paid_undoes_all_markets_in_one_act(
    client: Browser, desk: Desk, now: datetime
) -> None:
    shared = Shared(desk, now)
    assert shared.url in Page(client.get(f"{URL}/{shared.group.number}")).links()
    page = Page(client.get(shared.url))
    for line in (
        "Lapak Jauh, Pasar Babat Rp20.000",
        "Lapak Contoh, Pasar Sidoharjo Rp30.000",
        "Dari hak lapak Rp20.000",
    ):
        assert line in page.texts("main .sums div")
    (said,) = page.texts("main .stat__value")
    form = page.form(shared.url)
    page = Page(client.send(form, reason="Salah kirim", channel="transfer"))
    assert "Belanjaan dibatalkan. Semua pihak sudah dikabari." in page.messages
    assert said == str(shared.group.refunded)
    assert [order.status for order in orders_of(shared.group)] == [
        OrderStatus.CANCELLED,
        OrderStatus.DELIVERED,
    ]
    due = db.session.scalars(select(RefundDue.amount)).all()
    assert total(due) == shared.group.refunded
    assert balance_of(f"payable:stall:{shared.far.stall_id}") == Rupiah(0)
    check_group(shared.group)
    again = Page(client.send(form, reason="Salah kirim", channel="transfer"))
    assert (again.status, total(due)) == (409, shared.group.refunded)


def test_officers_of_the_other_markets_hear_of_it(
    client: Browser, desk: Desk, now: datetime
) -> None:
    shared = Shared(desk, now)
    far, elsewhere = make_officer(shared.market), make_officer(make_open_market("Pasar Sukodadi"))
    client.send(
        Page(client.get(shared.url)).form(shared.url), reason="Salah kirim", channel="transfer"
    )
    told = {
        person.id: db.session.scalars(
            select(Notice.body).where(
                Notice.user_id == person.id, Notice.link == f"{URL}/{shared.group.number}"
            )
        ).all()
        for person in (desk.officer, far, elsewhere)
    }
    assert (told[desk.officer.id], told[elsewhere.id]) == ([], [])
    (body,) = told[far.id]
    assert shared.group.number in body
    assert "Salah kirim" in body
    client.log_in(far)
    assert client.get(f"{URL}/{shared.group.number}").status_code == 200


@pytest.mark.parametrize("method", [Method.TRANSFER, Method.CASH])
def test_what_changed_since_the_page_asks_again(
    client: Browser, desk: Desk, now: datetime, method: Method
) -> None:
    shared = Shared(desk, now, method)
    form = Page(client.get(shared.url)).form(shared.url)
    life.refuse_order(
        order=orders_of(shared.group)[0], trader_id=desk.trader.id, reason="Habis", now=now
    )
    before = shared.group.refunded
    page = Page(client.send(form, reason="Salah kirim", channel="cash"))
    assert page.status == 409
    assert PlanChanged.message in page.errors["reason"]
    assert shared.group.refunded == before
    page = Page(client.send(page.form(shared.url), reason="Salah kirim", channel="cash"))
    assert shared.group.refunded == before + Rupiah(20_000)
    check_group(shared.group)


def test_one_that_cannot_be_undone_leaves_all_as_it_was(
    client: Browser, desk: Desk, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = Shared(desk, now)
    form = Page(client.get(shared.url)).form(shared.url)
    monkeypatch.setattr(refunds, "tell", None)  # stumbles after the first order is called off
    with pytest.raises(AttributeError):
        client.send(form, reason="Salah kirim", channel="transfer")
    statuses = [order.status for order in orders_of(shared.group)]
    assert statuses == [OrderStatus.PLACED, OrderStatus.DELIVERED]
    assert shared.group.refunded == Rupiah(0)
    check_group(shared.group)


def test_the_market_that_was_not_paid_undoes_only_its_own(
    client: Browser, desk: Desk, now: datetime
) -> None:
    shared = Shared(desk, now)
    client.log_in(make_officer(shared.market))
    assert shared.url not in Page(client.get(f"{URL}/{shared.group.number}")).links()
    page = Page(client.get(shared.url))
    assert "Ada pesanan dari pasar lain" in page.text
    assert "Lapak Contoh" not in page.text
    page = Page(client.submit(shared.url, reason="Coba", channel="cash", seen="0"))
    assert page.status == 409
    assert OtherMarketsToo.message in page.text
    assert orders_of(shared.group)[0].status is OrderStatus.PLACED


def test_another_market_finds_nothing(client: Browser, case: Case, stranger: User) -> None:
    assert case.url not in Page(client.get(URL)).links()
    for url in (case.url, f"{case.url}/batal", case.of(case.handed, "kembali")):
        assert client.get(url).status_code == 404
    assert client.submit(case.of(case.coming, "batal"), reason="x").status_code == 404
    assert client.submit(f"{case.url}/batal", reason="x").status_code == 404
