"""The file of a dispute: what the Dinas reads before it rules, and the minutes that all sign."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.identity.rules import Role
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.partnership.consignment.models import DeliveryNote, StockCount
from pol.partnership.consignment.rules import StockEventKind
from pol.partnership.settlement.models import Bill, BillLine, Dispute
from pol.partnership.settlement.queries import bills, disputes, dossier
from pol.partnership.settlement.rules import BillLineKind
from pol.partnership.settlement.services import closing, disputing
from pol.partnership.slots.models import RetailMember
from pol.partnership.slots.rules import Bearer
from tests.factories.partnership import Partnership, make_partnership
from tests.factories.people import give_role, make_person
from tests.factories.traders import make_keeper
from tests.partnership.settlement.goods import count_goods, happen, sell
from tests.rig.client import Browser
from tests.rig.pages import Page


@pytest.fixture
def p(session: Session, now: datetime) -> Partnership:
    return make_partnership()


@pytest.fixture
def dinas(p: Partnership) -> User:
    person = make_person("Petugas Dinas Contoh")
    give_role(person, Role.DINAS_OFFICER)
    return person


def _disputed(p: Partnership, now: datetime, kind: BillLineKind = BillLineKind.SALE) -> Dispute:
    """Sell four and lose one, close the period, and hold the line of this kind."""
    day = business_day(now) - timedelta(days=3)
    sell(p.batch, 4, day)
    happen(p.batch, StockEventKind.LOST, 1, day)
    period = closing.close_period(
        retailer_id=p.retailer.id,
        last_day=day + timedelta(days=1),
        actor_id=p.owner.id,
        now=now,
    )
    bill = db.session.scalars(select(Bill).where(Bill.period_id == period.id)).one()
    line = select(BillLine.id).where(BillLine.bill_id == bill.id, BillLine.kind == kind)
    return disputing.open_dispute(
        bill=bill,
        line_ids=list(db.session.scalars(line)),
        by=Bearer.RETAILER,
        words="Hanya tiga yang terjual",
        actor_id=p.owner.id,
        now=now,
    )


def _bill(dispute: Dispute) -> bills.BillRow:
    number = disputes.get_dispute(dispute.number).bill_number
    return bills.get_bill(bills.of_dispute(dispute.number), number)


def _row(page: Page, words: str) -> str:
    """Return the row of a table that these words stand in."""
    return next(text for text in page.texts("tr") if words in text)


def test_the_file_holds_the_sales_behind_the_line(
    client: Browser, p: Partnership, dinas: User, now: datetime
) -> None:
    dispute = _disputed(p, now)
    client.log_in(dinas)
    page = Page(client.get(f"/dinas/sengketa/{dispute.number}"))
    sale = _row(page, "terjual")
    assert "Jumat, 27 Februari 2026" in sale
    assert p.batch.code in sale
    assert sale.endswith("4 Rp15.000 Rp9.000 15 % Rp51.000")
    assert _row(page, "Jumlah di tagihan").endswith("4 Rp9.000 Rp51.000")


def test_the_file_holds_the_bill_and_the_terms(
    client: Browser, p: Partnership, dinas: User, now: datetime
) -> None:
    dispute = _disputed(p, now)
    client.log_in(dinas)
    page = Page(client.get(f"/dinas/sengketa/{dispute.number}"))
    facts = " ".join(page.texts("dl.facts, dl.sums"))
    assert _bill(dispute).number in facts
    assert "Sabtu, 28 Februari 2026" in facts
    assert "Ditahan karena sengketa Rp51.000" in facts
    assert p.agreement.number in facts
    assert f"{p.agreement.payment_days} hari" in facts
    assert "hilang: toko" in facts
    assert page.forms()[0].action.endswith(dispute.number)


def test_the_file_holds_deliveries_and_counts(
    client: Browser, p: Partnership, dinas: User, now: datetime
) -> None:
    dispute = _disputed(p, now)
    count = count_goods(p, now, there=p.batch.delivered - 7)
    client.log_in(dinas)
    page = Page(client.get(f"/dinas/sengketa/{dispute.number}"))
    note = db.session.scalars(select(DeliveryNote.number)).one()
    assert "terjual 4, kembali 0, hilang 1" in _row(page, note)
    assert "-2" in _row(page, count.number)


def test_a_loss_shows_its_event_and_no_price_of_a_sale(
    client: Browser, p: Partnership, dinas: User, now: datetime
) -> None:
    dispute = _disputed(p, now, BillLineKind.BORNE_LOSS)
    (rows,) = dossier.list_goods(dispute_id=dispute.id).values()
    assert [(row.kind, row.quantity, row.price) for row in rows] == [(StockEventKind.LOST, 1, None)]
    client.log_in(dinas)
    page = Page(client.get(f"/dinas/sengketa/{dispute.number}"))
    assert "hilang" in _row(page, "Jumat, 27 Februari 2026")


def test_nothing_of_another_partnership_is_in_the_file(p: Partnership, now: datetime) -> None:
    other = make_partnership()
    dispute = _disputed(p, now)
    sell(other.batch, 2, date(2026, 2, 27))
    count_goods(other, now)
    bill = _bill(dispute)
    seen = dossier.list_delivered(dispute_id=dispute.id, bill=bill)
    assert [row.code for row in seen] == [p.batch.code]
    assert {row.store_name for row in seen} == {p.store.name}
    assert [row.number for row in dossier.list_terms(dispute_id=dispute.id)] == [p.agreement.number]
    assert dossier.list_counted(dispute_id=dispute.id, from_on=bill.from_on) == []
    mine = db.session.scalars(select(StockCount).where(StockCount.store_id == p.store.id)).all()
    assert mine == []


def test_each_sentence_says_for_which_side(
    client: Browser, p: Partnership, dinas: User, now: datetime
) -> None:
    dispute, keeper = _disputed(p, now), make_keeper(p.stall)
    disputing.call_mediator(dispute=dispute, words="Empat", actor_id=keeper.id, now=now)
    seat = select(RetailMember).where(RetailMember.user_id == p.owner.id)
    db.session.delete(db.session.scalars(seat).one())  # who opened it is known all the same
    db.session.commit()
    client.log_in(dinas)
    address = f"/dinas/sengketa/{dispute.number}"
    client.submit(address, awarded="38.250", words="Tiga")
    said = Page(client.get(address)).texts(".said .line__text")
    assert [sentence.partition(" · ")[0] for sentence in said] == [
        f"{p.owner.name} (Toko)",
        f"{keeper.name} (Produsen)",
        f"{dinas.name} (Dinas)",
    ]


def test_all_three_sign_the_same_minutes(
    client: Browser, p: Partnership, dinas: User, now: datetime
) -> None:
    dispute, keeper = _disputed(p, now), make_keeper(p.stall)
    bill = _bill(dispute).number
    papers = {}
    for person, address in (
        (p.owner, f"/peritel/nota/{bill}/sengketa/{dispute.number}"),
        (keeper, f"/pedagang/rak/uang/{bill}/sengketa/{dispute.number}"),
        (dinas, f"/dinas/sengketa/{dispute.number}"),
    ):
        client.log_in(person)
        assert client.get(f"/catatan/{dispute.number}").location == address
        page = Page(client.get(address))
        (papers[address],) = page.texts("article.paper")
        signs = page.texts(".doc__sign")
        assert signs == [f"Produsen {p.stall.name}", f"Toko {p.retailer.name}",
                         "Penengah dari Dinas"]  # fmt: skip
    assert len(set(papers.values())) == 1


def test_the_page_of_the_bill_and_of_the_line_lead_to_the_minutes(
    client: Browser, p: Partnership, now: datetime
) -> None:
    dispute = _disputed(p, now)
    line = db.session.scalars(select(BillLine).where(BillLine.dispute_id == dispute.id)).one()
    bill = _bill(dispute).number
    for person, desk in ((p.owner, "/peritel/nota"), (make_keeper(p.stall), "/pedagang/rak/uang")):
        client.log_in(person)
        minutes = f"{desk}/{bill}/sengketa/{dispute.number}"
        for address in (f"{desk}/{bill}", f"{desk}/{bill}/baris/{line.id}"):
            assert minutes in Page(client.get(address)).links(), address


def test_minutes_of_others_do_not_exist(client: Browser, p: Partnership, now: datetime) -> None:
    dispute, other = _disputed(p, now), make_partnership()
    bill = _bill(dispute).number
    client.log_in(other.owner)
    assert client.get(f"/peritel/nota/{bill}/sengketa/{dispute.number}").status_code == 404
    client.log_in(make_keeper(other.stall))
    assert client.get(f"/pedagang/rak/uang/{bill}/sengketa/{dispute.number}").status_code == 404
    client.log_in(p.owner)
    assert client.get(f"/peritel/nota/{bill}/sengketa/SK-lain").status_code == 404
