"""The path of a shelf step by step, each through the pages of whoever takes it."""

from datetime import date

from click.testing import CliRunner

from pol.cli.allocation_work import work
from pol.partnership.slots.rules import CoopForm
from tests.partnership.allocation.test_runs import Loaded
from tests.rig.pages import Page
from tests.web.shelves.desks import Village

SLOT, OFFERS, DEALS = "/peritel/slot", "/pedagang/rak/tawaran", "/pedagang/rak/perjanjian"
BILLS, MONEY = "/peritel/nota", "/pedagang/rak/uang"
FIRST, LAST, DEADLINE = "2026-03-09", "2026-04-30", "2026-03-04"
BROUGHT, SOLD = 12, 10


def open_call(village: Village, form: CoopForm, **terms: str) -> str:
    """2 March: five screens and an announcement; return the call's address."""
    buyer = village.buyer
    page = buyer.send(buyer.read(f"{SLOT}/baru"), "/baru", {
        "title": "Rak oleh-oleh Lamongan", "about": "Camilan di rak depan kasir.",
        "form": form.value, "first_day": FIRST, "last_day": LAST, "deadline": DEADLINE,
    })  # fmt: skip
    page = buyer.send(page, "/ruang", {field(page, "rak"): "y"})
    page = buyer.send(page, "/syarat", {"payment_days": "7", "settle_every_days": "7"} | terms)
    page = buyer.send(page, "/barang", {"categories": ["keripik"]})
    page = buyer.send(page)
    assert any("Produsen sudah bisa mendaftar" in said for said in page.messages)
    return page.address


def apply(village: Village, call: str) -> None:
    """2 March: the producer asks for three facings, the Dinas passes it on."""
    producer, officer = village.producer, village.officer
    page = producer.follow(producer.read("/pedagang/rak/slot"), call.rpartition("/")[2])
    page = producer.follow(page, "pengajuan/baru")
    page = producer.send(page, "/baru", {"max_facings": "3"})
    assert "Pengajuan terkirim." in page.messages
    page = officer.follow(officer.read("/dinas/pengajuan"), "/dinas/pengajuan/PJ")
    page = officer.send(officer.send(page), "/lolos")
    assert any("Diteruskan ke toko" in said for said in page.messages)


def choose(village: Village, call: str) -> None:
    """5 March: the call has closed; the buyer scores, lets pass, computes and decides."""
    village.turn_to(date(2026, 3, 5), "close slot calls")
    buyer = village.buyer
    page = buyer.follow(buyer.read(f"{call}/pengajuan"), "/pengajuan/PJ")
    marks = [mark.attributes["name"] for mark in page.tree.css("main input[name^=points_]")]
    page = buyer.send(page, "/nilai", {str(name): "80" for name in marks} | {"demand": "20"})
    page = buyer.send(page, "/lulus")
    assert any("Lolos kurasi" in said for said in page.messages)
    page = buyer.send(buyer.read(f"{call}/penetapan"))
    number = page.address.rpartition("/")[2]
    done = CliRunner().invoke(work, [number], obj=Loaded(village.app), catch_exceptions=False)
    assert done.exit_code == 0
    page = buyer.send(buyer.read(page.address), "/periksa")
    page = buyer.send(page, "/tetapkan")
    assert "Tawarannya sudah dikirim" in page.text


def agree(village: Village) -> str:
    """5 March: the place is accepted and signed for by both; return the agreement's number."""
    producer = village.producer
    page = producer.follow(producer.read(OFFERS), f"{OFFERS}/TW-")
    page = producer.send(page, "/terima")
    number = page.address.rpartition("/")[2]
    sign(village, number)
    return number


def sign(village: Village, number: str) -> None:
    """Let both sides type their names under an agreement."""
    for desk, pages in ((village.producer, DEALS), (village.buyer, "/peritel/perjanjian")):
        page = desk.read(f"{pages}/{number}")
        page = desk.send(page, "/tanda-tangan", {"typed_name": desk.person.name})
        assert "Tanda tangan Anda tersimpan." in page.messages


def bring(village: Village) -> None:
    """9 March: twelve pieces are brought and taken in."""
    village.turn_to(date(2026, 3, 9), "begin agreements")
    producer, clerk = village.producer, village.clerk
    page = producer.follow(producer.read("/pedagang/rak/kirim"), "/kirim/ke/")
    page = producer.send(page, typed={field(page, "jumlah_"): str(BROUGHT)})
    page = producer.send(page, "/berangkat")
    page = clerk.follow(clerk.read("/peritel/barang/terima"), "/terima/SJ")
    page = clerk.send(page, typed={field(page, "terima_"): str(BROUGHT)})
    assert "Tanda terima barang" in page.text


def field(page: Page, start: str) -> str:
    """Return the name of the one field that begins so."""
    (found,) = page.tree.css(f"main input[name^={start}]")
    return found.attributes["name"] or ""


def sell(village: Village, day: date, quantity: int) -> None:
    """Write a day's sheet."""
    village.turn_to(day)
    page = village.clerk.read("/peritel/barang/jual/lembar")
    page = village.clerk.send(page, typed={field(page, "laku_"): str(quantity)})
    assert any("Lembar penjualan tersimpan" in said for said in page.messages)


def bill(village: Village, today: date, payable: str) -> str:
    """Close what is over, look at the one new bill and approve it; return its number."""
    village.turn_to(today)
    buyer = village.buyer
    page = buyer.follow(buyer.read(BILLS), f"{BILLS}/tutup")
    assert payable in page.text
    page = buyer.send(page, "/tutup")
    page = buyer.follow(buyer.read(BILLS), f"{BILLS}/NT")
    assert payable in page.text
    page = buyer.send(page, "/setuju")
    assert any("Tagihan disetujui" in said for said in page.messages)
    return page.address.rpartition("/")[2]


def pay(village: Village, today: date, number: str, payable: str) -> None:
    """Pay a bill; the producer sees the money and says that it came."""
    village.turn_to(today)
    buyer, producer = village.buyer, village.producer
    page = buyer.send(buyer.read(f"{BILLS}/{number}"), "/bayar", {"reference": "BRI 0123456"})
    assert any("Pembayaran tercatat" in said for said in page.messages)
    page = producer.follow(producer.read(MONEY), number)
    assert payable in page.text
    form = next(form for form in page.forms() if f"{number}/bayar/BP" in form.action)
    page = producer.press(form, {"masuk": "ya"})
    assert any("tercatat sudah masuk" in said for said in page.messages)
