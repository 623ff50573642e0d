"""A supermarket buyer opens a slot in five screens, and lives with it afterwards."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.partnership.slots.queries import calls as queries
from pol.partnership.slots.rules import CallStatus, StoreStatus
from tests.factories.partnership import make_retailer, make_shelf
from tests.partnership.calls.book import Shop, make_checked, make_draft, make_shop, publish
from tests.rig.client import Browser
from tests.rig.pages import Page

PAGE = "/peritel/slot"
REASON = "Biaya ini disepakati bersama paguyuban UMKM"
BASICS: dict[str, Any] = {
    "title": "Rak oleh-oleh Lamongan",
    "about": "Ruang rak untuk produk UMKM di dekat kasir.",
    "form": "consignment",
    "first_day": "2026-04-01",
    "last_day": "2026-09-30",
    "deadline": "2026-03-20",
}


@pytest.fixture
def shop(session: Session, client: Browser, now: datetime) -> Shop:
    shop = make_shop()
    client.log_in(shop.owner)
    return shop


def test_five_screens_lead_to_an_announcement(client: Browser, shop: Shop) -> None:
    assert "Belum ada pembukaan slot" in Page(client.get(PAGE)).text
    assert Page(client.get(f"{PAGE}/baru")).form().values["form"] == "consignment"
    page = Page(client.submit(f"{PAGE}/baru", **BASICS))
    ticked: Any = "y"
    assert "Langkah 2 dari 5" in page.text
    assert "Kosong: 0–900 mm" in page.text
    page = Page(client.send(page.form(), **dict.fromkeys([f"rak{shop.shelf.id}"], ticked)))
    assert "Langkah 3 dari 5" in page.text
    assert "barang tetap milik produsen" in page.text
    page = Page(client.send(page.form(), margin="17,5"))
    assert "Langkah 4 dari 5" in page.text
    page = Page(client.send(page.form(), categories=["keripik", "sambal_bumbu"]))
    assert "Langkah 5 dari 5" in page.text
    assert "Semua aturan yang berlaku hari ini terpenuhi" in page.text
    page = Page(client.send(page.form()))
    assert any("Produsen sudah bisa mendaftar" in said for said in page.messages)
    (row,) = queries.list_calls_of_retailer(retailer_id=shop.retailer.id)
    assert (row.status, row.margin_bp, row.width_mm) == (CallStatus.OPEN, 1_750, 900)
    public = Page(client.get(f"/slot/{row.number}"))
    assert "Keripik, Sambal dan bumbu" in public.text
    assert "Rabu, 30 September 2026" in public.text
    assert "tidak ada temuan" in public.text
    assert "(sama dengan isi di atas)" in public.text
    assert row.number in Page(client.get(PAGE)).text


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"last_day": "2026-03-31"}, "last_day"),
        ({"last_day": "2036-03-31"}, "last_day"),
        ({"deadline": "2026-03-01"}, "deadline"),
        ({"deadline": "2026-04-01"}, "deadline"),
        ({"first_day": "kemarin"}, "first_day"),
        ({"title": " "}, "title"),
        ({"about": ""}, "about"),
    ],
)
def test_a_wrong_first_screen_keeps_what_was_typed(
    client: Browser, shop: Shop, other: dict[str, Any], field: str
) -> None:
    page = Page(client.submit(f"{PAGE}/baru", **BASICS | other))
    assert (page.status, list(page.errors)) == (422, [field])
    kept = BASICS | other
    assert page.form().values["deadline"] == kept["deadline"]
    assert queries.list_calls_of_retailer(retailer_id=shop.retailer.id) == []


def test_the_first_screen_can_be_written_again(client: Browser, shop: Shop, now: datetime) -> None:
    call = make_draft(shop, now=now)
    address = f"{PAGE}/{call.number}/dasar"
    page = Page(client.submit(address, **BASICS | {"last_day": "2026-03-01"}))
    assert list(page.errors) == ["last_day"]
    page = Page(client.submit(address, **BASICS | {"title": ""}))
    assert list(page.errors) == ["title"]
    values = Page(client.get(address)).form().values
    assert {name: values[name] for name in BASICS} == BASICS
    page = Page(client.submit(address, **BASICS | {"title": "Judul baru", "form": "rent"}))
    assert page.heading == "Judul baru"
    assert queries.get_call(number=call.number).call.margin_bp == 0


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({}, "paling sedikit satu ambalan"),
        ({"w": "901"}, "ambalannya hanya 900 mm"),
        ({"x": "880"}, "paling sedikit"),
        ({"w": "-5"}, "Tulis angka bulat"),
        ({"x": "100"}, "ditawarkan di pembukaan"),
    ],
)
def test_a_span_that_does_not_fit_is_said_beside_its_shelf(
    client: Browser, shop: Shop, now: datetime, typed: dict[str, str], says: str
) -> None:
    taken = "ditawarkan" in says
    if taken:
        publish(shop, make_checked(shop, now=now), now=now)
    call, number = make_draft(shop, now=now), shop.shelf.id
    sent: dict[str, Any] = {f"{letter}{number}": text for letter, text in typed.items()}
    if sent.get(f"x{number}") == "880":
        sent[f"w{number}"] = "20"
    if typed:
        sent |= {f"rak{number}": "y"}
    page = Page(client.submit(f"{PAGE}/{call.number}/ruang", **sent))
    assert page.status == 422
    assert says in page.text
    for name, text in sent.items():
        assert page.form().values[name] == text
    if taken:
        assert "Kosong: 600–900 mm" in page.text


def test_without_a_width_the_rest_of_the_free_part_is_offered(
    client: Browser, shop: Shop, now: datetime
) -> None:
    call, number = make_draft(shop, now=now), shop.shelf.id
    sent: dict[str, Any] = {f"rak{number}": "y", f"x{number}": "200"}
    client.submit(f"{PAGE}/{call.number}/ruang", **sent)
    (span,) = queries.get_call(number=call.number).spans
    assert (span.x_mm, span.width_mm) == (200, 700)


def test_a_buyer_without_a_verified_store_is_told_what_to_do(
    client: Browser, shop: Shop, now: datetime
) -> None:
    shop.store.status = StoreStatus.SUBMITTED
    call = make_draft(shop, now=now)
    assert "Belum ada rak yang bisa dibuka" in Page(client.get(f"{PAGE}/{call.number}/ruang")).text


def test_a_full_shelf_cannot_be_ticked(client: Browser, shop: Shop, now: datetime) -> None:
    call = make_checked(shop, now=now)
    publish(shop, make_checked(shop, now=now), now=now)
    other = make_shelf(shop.store)
    page = Page(client.get(f"{PAGE}/{call.number}/ruang"))
    assert page.form().values[f"w{shop.shelf.id}"] == "600"
    assert f"rak{other.id}" not in page.form().values
    page = Page(client.submit(f"{PAGE}/{call.number}/buka"))
    assert page.status == 422
    assert "sudah ditawarkan di pembukaan" in page.text


def test_a_share_of_sales_is_read_as_people_write_it(
    client: Browser, shop: Shop, now: datetime
) -> None:
    call = make_draft(shop, now=now)
    address = f"{PAGE}/{call.number}/syarat"
    form = Page(client.get(address)).form()
    for at, typed in enumerate(("20 persen", "2,5 %", "1PERSEN", "5.000")):
        form.values.update({f"charge{at}_name": f"Biaya uji {at}", f"charge{at}_cost": typed})
    client.send(form, expected_sales="1.000.000")
    charges = queries.get_call(number=call.number).charges
    assert [(one.share_bp, one.amount.amount) for one in charges] == [
        (2_000, 0),
        (250, 0),
        (100, 0),
        (0, 5_000),
    ]


def test_the_summary_names_the_charge_that_is_wrong(
    client: Browser, shop: Shop, now: datetime
) -> None:
    call = make_draft(shop, now=now)
    form = Page(client.get(f"{PAGE}/{call.number}/syarat")).form()
    page = Page(client.send(form, charge2_name="Brosur", charge2_cost="murah"))
    assert page.texts(".notice[data-focus] a") == ["Biaya 3, Besarnya"]


def test_optional_parts_open_by_themselves_when_they_hold_something(
    client: Browser, shop: Shop, now: datetime
) -> None:
    """On a phone the screens are short; whatever is typed or wrong must still be in sight."""
    call = make_draft(shop, now=now)
    terms, space = (f"{PAGE}/{call.number}/{name}" for name in ("syarat", "ruang"))
    page = Page(client.get(terms))
    assert not page.tree.css("details[open]")
    for typed in ({"charge0_cost": "murah"}, {"charge0_name": "Brosur"}, {"expected_sales": "-1"}):
        wrong: Any = typed
        assert Page(client.send(page.form(), **wrong)).tree.css("details[open] [aria-invalid]")
    client.send(page.form(), charge0_name="Brosur", charge0_cost="5.000")
    assert Page(client.get(terms)).texts("details[open] > summary h2") == [
        "Biaya lain untuk produsen"
    ]
    other = make_shelf(shop.store)
    folds = "details details[open] input[name^=rak]"
    first = [node.attributes["name"] for node in Page(client.get(space)).tree.css(folds)]
    assert first == [f"rak{shop.shelf.id}"]
    ticked: Any = {f"rak{other.id}": "y", f"w{other.id}": "9.999"}
    page = Page(client.send(Page(client.get(space)).form(), **ticked))
    assert [node.attributes["name"] for node in page.tree.css(folds)] == [f"rak{other.id}"]
    assert page.tree.css("details details[open] [aria-invalid]")


TERMS_WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"margin": "101"}, "margin", "antara 0 dan 100"),
    ({"margin": "1,255"}, "margin", "antara 0 dan 100"),
    ({"margin": ""}, "margin", "harus diisi"),
    ({"charge0_name": "Brosur", "charge0_cost": "-5.000"}, "charge0_cost", "Tulis rupiah"),
    ({"charge0_name": "Brosur", "charge0_cost": "101 %"}, "charge0_cost", "Tulis rupiah"),
    ({"charge0_name": "Brosur"}, "charge0_cost", "besarnya"),
    ({"charge1_cost": "5.000"}, "charge1_name", "untuk apa"),
    ({"expected_sales": "-1"}, "expected_sales", "angka rupiah"),
    ({"payment_days": "366"}, "payment_days", "angka bulat"),
    ({"settle_every_days": "0"}, "settle_every_days", "angka bulat"),
]


@pytest.mark.parametrize(("other", "field", "says"), TERMS_WRONG)
def test_wrong_terms_are_said_beside_their_field(
    client: Browser, shop: Shop, now: datetime, other: dict[str, Any], field: str, says: str
) -> None:
    call = make_checked(shop, now=now)
    form = Page(client.get(f"{PAGE}/{call.number}/syarat")).form()
    page = Page(client.send(form, **other))
    assert (page.status, list(page.errors)) == (422, [field])
    assert says in page.errors[field]
    kept, sent = page.form().values, form.values | other
    assert {**kept, "csrf_token": ""} == {**sent, "csrf_token": ""}


def test_a_form_with_its_own_risk_says_so(client: Browser, shop: Shop, now: datetime) -> None:
    call = make_checked(shop, now=now)
    client.submit(f"{PAGE}/{call.number}/dasar", **BASICS | {"form": "outright"})
    form = Page(client.get(f"{PAGE}/{call.number}/syarat")).form()
    page = Page(client.send(form, unsold="producer"))
    assert "barang sudah milik toko" in page.errors["unsold"]


def test_charges_of_both_kinds_come_back_as_written(
    client: Browser, shop: Shop, now: datetime
) -> None:
    call = make_checked(shop, now=now)
    address = f"{PAGE}/{call.number}/syarat"
    written: dict[str, Any] = {
        "charge0_kind": "promotion",
        "charge0_name": "Brosur mingguan",
        "charge0_cost": "50.000",
        "charge0_basis": "once",
        "charge1_kind": "shortage",
        "charge1_name": "Kurang kirim",
        "charge1_cost": "2,5 %",
    }
    page = Page(client.send(Page(client.get(address)).form(), **written, ke="space"))
    assert "Langkah 2 dari 5" in page.text
    values = Page(client.get(address)).form().values
    assert {name: values[name] for name in written} == written
    assert (
        "toko yang telat bayar tidak didenda"
        in Page(client.get(f"{PAGE}/{call.number}/periksa")).text
    )


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"categories": []}, "paling sedikit satu jenis barang"),
        ({"weight0": "61"}, "berjumlah 101"),
        ({"criterion2": "Rasa"}, "bobotnya"),
        ({"weight2": "10"}, "apa yang dinilai"),
        ({"criterion1": "mutu"}, "dua kali"),
        ({"min_life": "101"}, "antara 0 dan 100"),
    ],
)
def test_wrong_goods_are_said(
    client: Browser, shop: Shop, now: datetime, other: dict[str, Any], says: str
) -> None:
    call = make_checked(shop, now=now)
    form = Page(client.get(f"{PAGE}/{call.number}/barang")).form()
    page = Page(client.send(form, **other))
    assert page.status == 422
    assert says in page.text


def test_a_rule_that_binds_asks_for_a_reason_that_everybody_reads(
    client: Browser, shop: Shop, now: datetime
) -> None:
    call = make_checked(shop, now=now)
    page = Page(client.get(f"{PAGE}/{call.number}/syarat"))
    dear: dict[str, Any] = {"charge0_name": "Brosur mingguan", "charge0_cost": "16 %"}
    client.send(page.form(), **dear)
    page = Page(client.get(f"{PAGE}/{call.number}/periksa"))
    assert "Biaya di luar margin 16 % dari perkiraan penjualan, batasnya 15 %" in page.text
    assert "PMD23-11-BIAYA: 15 %, berlaku sejak 1 Apr 2021" in page.text
    page = Page(client.send(page.form(), reason="begitu saja"))
    assert list(page.errors) == ["reason"]
    assert "begitu saja" in page.form().values["reason"]
    client.send(page.form(), reason=REASON)
    public = Page(client.get(f"/slot/{call.number}"))
    assert REASON in public.text
    assert "Pasal 11" in public.text


def test_what_is_published_is_not_edited(client: Browser, shop: Shop, now: datetime) -> None:
    call = publish(shop, make_checked(shop, now=now), now=now)
    for screen in ("dasar", "ruang", "syarat", "barang", "periksa"):
        assert Page(
            client.get(f"{PAGE}/{call.number}/{screen}", follow_redirects=True)
        ).address == (f"{PAGE}/{call.number}")
    page = Page(client.submit(f"{PAGE}/{call.number}/dasar", **BASICS))
    assert "tidak bisa diubah lagi" in page.text


def test_a_deadline_is_put_off_and_a_call_closed(
    client: Browser, shop: Shop, now: datetime
) -> None:
    call = publish(shop, make_checked(shop, now=now), now=now)
    address = f"{PAGE}/{call.number}"
    for day in ("", "2026-03-20", "2026-04-01"):
        page = Page(client.submit(f"{address}/undur", deadline=day))
        assert list(page.errors) == ["deadline"]
    page = Page(client.submit(f"{address}/undur", deadline="2026-03-25"))
    assert "25 Mar 2026, 17.00 WIB" in page.text
    page = Page(client.send(page.form(f"{address}/tutup")))
    assert "Pendaftaran ditutup" in page.text
    assert "sudah ditutup" in Page(client.get(f"/slot/{call.number}")).text
    page = Page(client.submit(f"{address}/undur", deadline="2026-03-26"))
    assert "Pendaftaran sudah ditutup" in page.text


def test_a_call_is_cancelled_with_a_reason(client: Browser, shop: Shop, now: datetime) -> None:
    call = publish(shop, make_checked(shop, now=now), now=now)
    address = f"{PAGE}/{call.number}"
    for reason in ("", "batal"):
        page = Page(client.submit(f"{address}/batalkan", reason=reason))
        assert list(page.errors) == ["reason"]
    page = Page(client.submit(f"{address}/batalkan", reason=REASON))
    assert REASON in page.text
    assert f"Dibatalkan: {REASON}" in Page(client.get(f"/slot/{call.number}")).text


def test_calls_of_others_and_unpublished_ones_do_not_exist(
    client: Browser, shop: Shop, now: datetime
) -> None:
    other = make_shop("Swalayan Lain")
    theirs = make_checked(other, now=now)
    mine = make_checked(shop, now=now)
    db.session.commit()
    for screen in ("", "/dasar", "/ruang", "/syarat", "/barang", "/periksa"):
        assert client.get(f"{PAGE}/{theirs.number}{screen}").status_code == 404
    for act in ("dasar", "ruang", "syarat", "barang", "buka", "undur", "tutup", "batalkan"):
        assert client.submit(f"{PAGE}/{theirs.number}/{act}").status_code == 404
    assert client.get(f"/slot/{mine.number}").status_code == 404


def test_everybody_reads_the_open_calls(client: Browser, session: Session, now: datetime) -> None:
    assert "Belum ada ruang rak yang dibuka" in Page(client.get("/slot")).text
    shop = make_shop()
    call = publish(shop, make_checked(shop, now=now), now=now)
    make_retailer()
    db.session.commit()
    page = Page(client.get("/slot?baru"))
    assert f"/slot/{call.number}" in page.links()
    assert f"/pedagang/rak/slot/{call.number}" in Page(client.get(f"/slot/{call.number}")).links()
    assert "Swalayan Contoh · 1 toko" in page.text
