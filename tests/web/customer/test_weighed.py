"""Fish on the scales: what trader and customer see and press, and what each ends up paying."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from pol.catalogue.rules import Unit
from pol.identity.models import User
from pol.kernel.money import ZERO, Rupiah
from pol.orders.models import Order, OrderLine, Proposal
from pol.orders.rules.proposal import ProposalStatus
from pol.payments.services import credit
from tests.factories.catalogue import make_product
from tests.factories.orders import make_kept_stall, make_open_market
from tests.factories.people import make_person
from tests.orders.checks import check_group
from tests.orders.test_credit import give_credit
from tests.rig.client import Browser
from tests.rig.pages import Page
from tests.web.customer.test_story import WHO, add, only_group


class Deal:
    """A customer with an account and a trader, each at a browser of their own."""

    def __init__(self, client: Browser, session: Session, now: datetime) -> None:
        self.session = session
        self.stall, owner = make_kept_stall(make_open_market(), "Lapak Ikan")
        scales: dict[str, Any] = {"unit": Unit.KG, "is_weighed": True, "stock_milli": 9_000}
        self.fish = make_product(self.stall, name="Bandeng", price=40_000, **scales)
        self.other = make_product(self.stall, name="Mujair", price=30_000, **scales)
        self.customer: User = make_person("Rini")
        self.buyer = client
        self.buyer.log_in(self.customer)
        self.trader = Browser(client.application, client.response_wrapper)
        self.trader.log_in(owner)
        give_credit(self.customer, 15_000, now)

    def buy(self, **fields: Any) -> TestResponse:
        add(self.buyer, self.fish)
        form = Page(self.buyer.get("/pesan")).form("/pesan")
        return self.buyer.send(form, **WHO, **fields)

    @property
    def order(self) -> Order:
        return self.session.scalars(select(Order)).one()

    @property
    def line(self) -> OrderLine:
        return self.session.scalars(select(OrderLine).order_by(OrderLine.id)).first()  # type: ignore[return-value]

    def at_desk(self, step: str, **fields: Any) -> str:
        return self.trader.submit(self.desk(step), **fields).text

    def desk(self, step: str) -> str:
        return f"/pedagang/pesanan/{self.order.number}/{step}"

    def accept(self) -> None:
        assert "Pesanan diterima" in self.at_desk("terima")

    def weigh(self, weight: str) -> str:
        return self.at_desk(f"baris/{self.line.id}/timbang", weight=weight)

    def answer(self, word: str) -> str:
        asked = self.session.scalars(select(Proposal.id).order_by(Proposal.id.desc())).first()
        group, order = only_group(self.session).number, self.order.number
        url = f"/belanjaan/{group}/{order}/jawab/{asked}"
        return self.buyer.submit(url, jawaban=word).text


@pytest.fixture
def deal(client: Browser, session: Session, now: datetime) -> Deal:
    return Deal(client, session, now)


def test_the_price_follows_the_scales(deal: Deal, session: Session) -> None:
    deal.buy()
    deal.accept()
    page = deal.weigh("0,95")
    assert "harganya sudah mengikuti" in page
    assert "sudah ditimbang" in page
    assert deal.line.total == Rupiah(38_000)
    check_group(only_group(session))


def test_too_heavy_is_asked_and_a_yes_restates(deal: Deal, session: Session) -> None:
    deal.buy()
    deal.accept()
    assert "Pembeli ditanya dulu" in deal.weigh("1,5")
    group = only_group(session)
    page = deal.buyer.get(f"/belanjaan/{group.number}").text
    assert "Bandeng beratnya 1,5 kg, bukan 1 kg. Mau?" in page
    assert "Harganya Rp60.000, tadinya Rp40.000." in page
    assert "Tambahan Rp20.000 dibayar tunai" in page
    assert "menunggu jawaban" in deal.at_desk("siap").lower()
    assert "lapak sudah dikabari" in deal.answer("ya")
    assert deal.line.total == Rupiah(60_000)
    assert "sudah dijawab" in deal.answer("tidak")
    check_group(only_group(session))


def test_a_no_keeps_the_order_as_it_was(deal: Deal, session: Session) -> None:
    deal.buy()
    deal.accept()
    deal.weigh("1,5")
    assert "tidak jadi" in deal.answer("tidak")
    assert deal.line.total == Rupiah(40_000)


@pytest.mark.parametrize(
    ("weight", "sentence"),
    [("0", "tidak masuk akal"), ("100", "tidak masuk akal"), ("banyak", ""), ("", "Isi beratnya")],
)
def test_a_slip_gets_a_sentence_and_moves_nothing(deal: Deal, weight: str, sentence: str) -> None:
    deal.buy()
    deal.accept()
    page = Page(deal.trader.submit(deal.desk(f"baris/{deal.line.id}/timbang"), weight=weight))
    assert page.status in {409, 422}
    assert sentence in page.errors["weight"]
    assert [box.attributes["value"] for box in page.tree.css("[name=weight]")] == [weight]
    assert deal.line.total == Rupiah(40_000)
    assert deal.line.weighed_at is None


def test_something_else_is_offered_with_its_price(deal: Deal, session: Session) -> None:
    deal.buy()
    deal.accept()
    url = f"/pedagang/pesanan/{deal.order.number}/baris/{deal.line.id}/ganti"
    form = Page(deal.trader.get(url)).form(url)
    assert "Isi jumlahnya" in deal.trader.send(form, quantity="").text
    assert "Stok produk ini tidak cukup" not in deal.trader.send(form, quantity="1").text
    page = deal.buyer.get(f"/belanjaan/{only_group(session).number}").text
    assert "Bandeng habis. Mau diganti Mujair 1 kg?" in page
    assert "Tagihan Anda berkurang Rp10.000." in page
    assert deal.trader.send(form, quantity="1").status_code == 409
    deal.answer("ya")
    assert deal.order.subtotal == Rupiah(30_000)
    check_group(only_group(session))


def test_a_question_can_be_taken_back(deal: Deal, session: Session) -> None:
    deal.buy()
    deal.accept()
    deal.weigh("2")
    asked = session.scalars(select(Proposal)).one()
    assert "Pertanyaan ditarik" in deal.at_desk(f"tanya/{asked.id}/tarik")
    session.refresh(asked)
    assert asked.status is ProposalStatus.WITHDRAWN
    assert "siap diserahkan" in deal.at_desk("siap")


def test_nothing_is_replaced_once_it_is_packed(deal: Deal) -> None:
    deal.buy()
    deal.accept()
    deal.at_desk("siap")
    url = f"/pedagang/pesanan/{deal.order.number}/baris/{deal.line.id}/ganti"
    assert "selama pesanan disiapkan" in deal.trader.get(url).text


def test_store_credit_pays_a_part(deal: Deal, session: Session) -> None:
    add(deal.buyer, deal.fish)
    assert "Pakai saldo belanja Rp15.000" in deal.buyer.get("/pesan").text
    page = deal.buy(use_credit="y")
    assert "Dari saldo belanja" in page.text
    assert credit.balance_of(deal.customer.id) == ZERO
    assert only_group(session).credit == Rupiah(15_000)
    check_group(only_group(session))


def test_a_stranger_s_tolerance_is_refused(deal: Deal, session: Session) -> None:
    assert deal.buy(tolerance="999999").status_code == 422
    assert session.scalars(select(Order)).all() == []
