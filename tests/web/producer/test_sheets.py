"""A product sheet on a phone: written once, with what is wrong said beside its field."""

from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy.orm import Session

from pol.partnership.applications.queries import sheets
from pol.partnership.applications.services.sheets import give_store_code
from pol.stalls.models import Permit
from pol.stalls.rules import PermitKind
from tests.factories.catalogue import LONG_AGO, make_product
from tests.factories.partnership import make_retailer, make_sheet, make_shelf
from tests.rig.client import Browser
from tests.rig.pages import Page
from tests.web.producer.conftest import Workshop

PAGE = "/pedagang/rak/produk"
GOOD: dict[str, Any] = {
    "name": "Keripik Tempe Contoh",
    "category": "keripik",
    "width_mm": "140",
    "height_mm": "220",
    "depth_mm": "80",
    "weight_g": "1.150",
    "price": "15.000",
    "capacity_week": "200",
}


def picture() -> BytesIO:
    file = BytesIO()
    Image.new("RGB", (120, 90), "orange").save(file, "PNG")
    file.seek(0)
    return file


def test_the_first_product_is_written_and_drawn_to_scale(
    client: Browser, workshop: Workshop
) -> None:
    assert "Belum ada produk" in Page(client.get(PAGE)).text
    form = Page(client.get(f"{PAGE}/baru")).form()
    page = Page(client.send(form, **GOOD, gallery=(picture(), "depan.png")))
    assert (page.status, page.heading) == (200, "Keripik Tempe Contoh")
    assert "6 muka berjajar di ambalan 900 mm" in page.text
    (row,) = sheets.list_sheets(stall_id=workshop.stall.id)
    assert (row.weight_g, row.shelf_life_days, row.gtin) == (1_150, None, None)
    assert row.picture_key
    listed = Page(client.get(PAGE))
    assert "140 \N{MULTIPLICATION SIGN} 220" in listed.text
    assert "belum ada izin" in listed.text


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "Isi nama produknya."),
        ("category", "", "Pilih jenisnya."),
        ("width_mm", "0", "angka bulat dari 1"),
        ("height_mm", "-220", "angka bulat dari 1"),
        ("depth_mm", "delapan", "angka bulat"),
        ("depth_mm", "9999", "dari 1 sampai 3.000."),
        ("weight_g", "", "Isi beratnya."),
        ("price", "0", "lebih dari Rp0"),
        ("capacity_week", "1,5", "angka bulat"),
        ("shelf_life_days", "0", "angka bulat dari 1"),
        ("gtin", "4006381333932", "mestinya 1"),
        ("gtin", "12345", "8, 12, 13, atau 14"),
        ("gtin", "2000000000015", "hanya berlaku di satu toko"),
        ("width_mm", "901", "melebihi ambalan terlebar yang ada, 900 mm"),
        ("height_mm", "315", "melebihi ambalan tertinggi yang ada, 300 mm"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    client: Browser, workshop: Workshop, field: str, typed: str, sentence: str
) -> None:
    make_shelf()
    page = Page(client.submit(f"{PAGE}/baru", **{**GOOD, field: typed}))
    assert (page.status, list(page.errors)) == (422, [field])
    assert sentence in page.errors[field]
    kept = page.form().values
    assert {name: kept[name] for name in GOOD} == {**GOOD, field: typed} or field not in GOOD


def test_centimetres_are_noticed(client: Browser, workshop: Workshop) -> None:
    small: dict[str, Any] = {**GOOD, "width_mm": "14", "height_mm": "22", "depth_mm": "8"}
    page = Page(client.submit(f"{PAGE}/baru", **small))
    assert "14 cm ditulis 140" in page.errors["width_mm"]


def test_a_file_that_is_no_picture_is_named_and_the_rest_is_kept(
    client: Browser, workshop: Workshop
) -> None:
    file = (BytesIO(b"bukan foto"), "surat.pdf")
    page = Page(client.submit(f"{PAGE}/baru", **GOOD, gallery=file))
    assert page.status == 422
    assert "surat.pdf: Berkas ini bukan foto" in page.text
    assert page.form().values["name"] == GOOD["name"]


def test_a_sheet_may_start_from_an_online_product(client: Browser, workshop: Workshop) -> None:
    product = make_product(workshop.stall, name="Keripik Usus Contoh")
    workshop_permit = Permit(
        stall_id=workshop.stall.id,
        kind=PermitKind.NIB,
        number="9120001234567",
        created_at=LONG_AGO,
    )
    Session.object_session(workshop.stall).add(workshop_permit)  # type: ignore[union-attr]
    assert "Keripik Usus Contoh" in Page(client.get(PAGE)).text
    page = Page(client.get(f"{PAGE}/baru?produk={product.slug}"))
    values = page.form().values
    assert (values["name"], values["category"]) == ("Keripik Usus Contoh", "keripik")
    assert "NIB 9120001234567" in page.text
    client.send(
        page.form(), **{name: GOOD[name] for name in GOOD if name not in values or not values[name]}
    )
    (row,) = sheets.list_sheets(stall_id=workshop.stall.id)
    assert (row.product_id, [one.number for one in row.permits]) == (product.id, ["9120001234567"])


def test_somebody_elses_product_fills_nothing_in(client: Browser, workshop: Workshop) -> None:
    product = make_product(name="Milik Orang")
    page = Page(client.get(f"{PAGE}/baru?produk={product.slug}"))
    assert page.form().values["name"] == ""


def test_a_sheet_is_changed_and_keeps_its_picture(client: Browser, workshop: Workshop) -> None:
    sheet = make_sheet(workshop.stall, picture_key="a" * 20)
    address = f"{PAGE}/{sheet.number}/ubah"
    form = Page(client.get(address)).form()
    page = Page(client.send(form, weight_g="175"))
    assert "175 g" in page.text
    wrong = Page(client.send(form, weight_g="0"))
    assert (wrong.status, list(wrong.errors)) == (422, ["weight_g"])
    make_sheet(gtin="4006381333931")
    taken = Page(client.send(form, gtin="4006381333931"))
    assert "sudah dipakai" in taken.errors["gtin"]
    row = sheets.get_sheet(number=sheet.number, stall_id=workshop.stall.id)
    assert (row.weight_g, row.picture_key) == (175, "a" * 20)


def test_permits_are_noted_and_struck_out(client: Browser, workshop: Workshop) -> None:
    sheet = make_sheet(workshop.stall)
    address = f"{PAGE}/{sheet.number}"
    good: dict[str, Any] = {"kind": "nib", "number": "9120 0012 34567", "expires_on": "2027-01-31"}
    page = Page(client.submit(f"{address}/izin", **good))
    assert "NIB 9120001234567 berlaku sampai 31 Jan 2027" in page.text
    for wrong, field in (
        ({"number": "12"}, "number"),
        ({"number": ""}, "number"),
        ({"expires_on": "2026-03-01", "number": "9120001234568"}, "expires_on"),
    ):
        page = Page(client.submit(f"{address}/izin", **{**good, **wrong}))
        assert (page.status, list(page.errors)) == (422, [field])
    first = sheets.permits_of({sheet.id})[sheet.id][0]
    page = Page(client.submit(f"{address}/izin/{first.permit_id}/hapus"))
    assert first.number not in page.text
    page = Page(client.submit(f"{address}/izin", **good, camera=(BytesIO(b"x"), "x.jpg")))
    assert page.status == 422


def test_a_number_of_one_retailer_is_marked_so(
    client: Browser, workshop: Workshop, now: datetime
) -> None:
    sheet = make_sheet(workshop.stall)
    assert "toko memberi nomor sendiri" in Page(client.get(f"{PAGE}/{sheet.number}")).text
    code = give_store_code(sheet_id=sheet.id, retailer_id=make_retailer("Toko X").id, now=now)
    page = Page(client.get(f"{PAGE}/{sheet.number}"))
    assert f"{code} hanya berlaku di Toko X" in page.text


@pytest.mark.parametrize("rest", ["", "/ubah"])
def test_somebody_elses_sheet_is_not_there(client: Browser, workshop: Workshop, rest: str) -> None:
    sheet = make_sheet()
    assert client.get(f"{PAGE}/{sheet.number}{rest}").status_code == 404
    assert client.submit(f"{PAGE}/{sheet.number}/izin", kind="nib").status_code == 404
    assert client.submit(f"{PAGE}/{sheet.number}/ubah", **GOOD).status_code == 404
