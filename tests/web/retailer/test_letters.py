"""Letters, proofs and the code on a paper, for both sides and for nobody else."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.identity.rules import Role
from pol.kernel.db import db
from pol.partnership.settlement.models import Bill, BillPayment, ShelfLetter
from pol.partnership.settlement.rules import RenewalKind
from pol.partnership.settlement.services import closing, letters, paying, renewing
from pol.partnership.settlement.services.paying import Sending
from pol.partnership.slots.rules import Bearer, RetailSeat
from tests.factories.partnership import Partnership, make_member, make_partnership
from tests.factories.people import give_role, make_person
from tests.factories.traders import make_keeper
from tests.partnership.settlement.goods import sell
from tests.rig.client import Browser
from tests.rig.pages import Page

NOW = datetime(2026, 3, 20, 3, tzinfo=UTC)
BILLED = datetime(2026, 2, 10, 3, tzinfo=UTC)


@pytest.fixture
def p(session: Session, client: Browser, set_clock: Callable[[datetime], None]) -> Partnership:
    """Give a partnership with a bill that is half paid and late, with its buyer at the desk."""
    set_clock(NOW)
    made = make_partnership()
    sell(made.batch, 4, date(2026, 2, 5))
    closing.close_period(
        retailer_id=made.retailer.id, last_day=date(2026, 2, 7), actor_id=None, now=BILLED
    )
    paying.approve_bill(bill=_bill(), actor_id=made.owner.id, now=BILLED)
    sending = Sending("k", _bill().payable.share(5_000), date(2026, 2, 10), "BRI 77")
    paying.note_payment(bill=_bill(), sending=sending, actor_id=made.owner.id, now=BILLED)
    letters.remind_of_bills(now=NOW)
    client.log_in(made.owner)
    return made


@pytest.fixture
def producer(p: Partnership) -> User:
    return make_keeper(p.stall)


def _bill() -> Bill:
    return db.session.scalars(select(Bill)).one()


def _letter() -> str:
    return db.session.scalars(select(ShelfLetter.number)).one()


def test_a_reminder_is_reached_from_its_bill_by_both_sides(
    client: Browser, p: Partnership, producer: User
) -> None:
    for person, bill, letter in (
        (p.owner, "/peritel/nota", "/peritel/surat"),
        (producer, "/pedagang/rak/uang", "/pedagang/rak/surat"),
    ):
        client.log_in(person)
        page = Page(client.get(f"{bill}/{_bill().number}"))
        assert f"{letter}/{_letter()}" in page.links()
        paper = Page(client.get(f"{letter}/{_letter()}"))
        assert "Surat pengingat pertama" in paper.text
        assert "Rp25.500" in paper.text
        assert f"{bill}/{_bill().number}" in paper.links()


def test_a_proposal_is_reached_from_the_renewals_by_both_sides(
    client: Browser, p: Partnership, producer: User
) -> None:
    wish = renewing.Wish(RenewalKind.RENEW, "Laris sekali", until_on=date(2027, 7, 1))
    renewing.ask(
        placement=p.placement, wish=wish, by=Bearer.PRODUCER, actor_id=producer.id, now=NOW
    )
    written = select(ShelfLetter.number).where(ShelfLetter.placement_id.is_not(None))
    number = db.session.scalars(written).one()
    db.session.commit()
    for person, base in ((p.owner, "/peritel"), (producer, "/pedagang/rak")):
        client.log_in(person)
        assert f"{base}/surat/{number}" in Page(client.get(f"{base}/perpanjangan")).links()
        paper = Page(client.get(f"{base}/surat/{number}"))
        assert "Laris sekali" in paper.text
        assert f"{base}/perpanjangan" in paper.links()


def test_silence_has_a_letter_that_both_sides_reach_by_page_and_by_code(
    client: Browser, p: Partnership, producer: User
) -> None:
    wish = renewing.Wish(RenewalKind.FREE, "Ganti produk")
    renewing.ask(placement=p.placement, wish=wish, by=Bearer.RETAILER, actor_id=p.owner.id, now=NOW)
    renewing.lapse_renewals(now=NOW + timedelta(days=15))
    written = select(ShelfLetter.number).where(ShelfLetter.title == "Surat usulan tidak dijawab")
    number = db.session.scalars(written).one()
    db.session.commit()
    for person, base in ((p.owner, "/peritel"), (producer, "/pedagang/rak")):
        client.log_in(person)
        assert f"{base}/surat/{number}" in Page(client.get(f"{base}/perpanjangan")).links()
        assert client.get(f"/catatan/{number}").location == f"{base}/surat/{number}"
        paper = Page(client.get(f"{base}/surat/{number}"))
        assert "tidak ada yang berubah" in paper.text
        assert f"Ditulis otomatis atas nama {p.retailer.name}" in paper.text


def test_a_payment_is_a_paper_of_its_own(client: Browser, p: Partnership, producer: User) -> None:
    number = db.session.scalars(select(BillPayment.number)).one()
    for person, base in ((p.owner, "/peritel/nota"), (producer, "/pedagang/rak/uang")):
        client.log_in(person)
        address = f"{base}/{_bill().number}/bukti/{number}"
        assert address in Page(client.get(f"{base}/{_bill().number}")).links()
        page = Page(client.get(address))
        assert "Bukti pembayaran" in page.text
        assert "BRI 77" in page.text
        assert client.get(f"{base}/{_bill().number}/bukti/BP-1").status_code == 404


def test_others_find_neither(client: Browser, p: Partnership) -> None:
    other = make_partnership()
    payment = db.session.scalars(select(BillPayment.number)).one()
    for person, base, bills in (
        (other.owner, "/peritel", "/peritel/nota"),
        (make_keeper(other.stall), "/pedagang/rak", "/pedagang/rak/uang"),
    ):
        client.log_in(person)
        assert client.get(f"{base}/surat/{_letter()}").status_code == 404
        assert client.get(f"{bills}/{_bill().number}/bukti/{payment}").status_code == 404
        assert client.get(f"/catatan/{_letter()}").status_code == 404


def test_the_code_leads_each_side_to_its_own_page(
    client: Browser, p: Partnership, producer: User
) -> None:
    papers = {
        _letter(): ("/peritel/surat/", "/pedagang/rak/surat/"),
        _bill().number: ("/peritel/nota/", "/pedagang/rak/uang/"),
        p.placement.number: ("/peritel/rapor/", "/pedagang/rak/rapor/"),
        p.agreement.number: ("/peritel/perjanjian/", "/pedagang/rak/perjanjian/"),
    }
    for side, person in enumerate((p.owner, producer)):
        client.log_in(person)
        for number, pages in papers.items():
            answer = client.get(f"/catatan/{number}")
            assert answer.location == f"{pages[side]}{number}"
            assert client.get(answer.location).status_code == 200


def test_papers_named_after_a_record_lead_to_it(client: Browser, p: Partnership) -> None:
    call, asked, slug = p.call.number, p.application.number, p.store.slug
    clerk = make_member(p.retailer, seat=RetailSeat.CLERK, store=p.store)
    officer = make_person("Petugas Dinas Contoh")
    give_role(officer, Role.DINAS_OFFICER)
    p.application.screened_at = NOW
    db.session.commit()
    for person, number, page in (
        (p.owner, f"BK{call[2:]}", f"/peritel/slot/{call}/pengajuan/berita-acara"),
        (p.owner, f"LN{asked[2:]}", f"/peritel/slot/{call}/pengajuan/{asked}/lembar-nilai"),
        (p.owner, f"LK-2026-02-{slug}", f"/peritel/laporan/{slug}/2026-02"),
        (clerk, f"RK-2026-02-05-{slug}", f"/peritel/barang/jual/rekap/{slug}/2026-02-05"),
        (
            clerk,
            f"{p.sheet.number}?toko={slug}",
            f"/peritel/barang/kartu/{slug}/{p.sheet.number}",
        ),
        (officer, f"LK-2026-02-{slug}", f"/dinas/kepatuhan/{slug}/2026-02"),
        (officer, f"BK{call[2:]}", f"/dinas/slot/{call}/berita-acara/kurasi"),
    ):
        client.log_in(person)
        answer = client.get(f"/catatan/{number}")
        assert answer.location == page
        assert client.get(page).status_code == 200


@pytest.mark.parametrize("number", ["XX1", "NT-tidak-ada", "LP-1", "LK-2026-02-tidak-ada", "RK"])
def test_a_number_of_no_paper_leads_nowhere(client: Browser, p: Partnership, number: str) -> None:
    assert client.get(f"/catatan/{number}").status_code == 404
    assert p.owner.name
