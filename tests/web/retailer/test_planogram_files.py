"""The planogram taken along: to scale on paper, in fixed columns, as cards with a code."""

import csv
import io
import re
import zlib
from datetime import datetime

import pytest
from openpyxl import load_workbook
from segno import make_qr
from sqlalchemy.orm import Session

from pol.kernel.clock import now as real_now
from pol.partnership.slots.models import Fixture
from pol.partnership.slots.rules.planogram import Board, Box, Picture
from pol.web.planogram_pdf import layout, paper, sheets
from tests.factories.partnership import (
    Partnership,
    make_application,
    make_partnership,
    make_placement,
    make_sheet,
)
from tests.partnership.slots.shop import make_shop
from tests.rig.client import Browser
from tests.rig.pages import Page

COLUMNS = ["reference", "shelf", "position", "facings wide", "high", "deep"]


@pytest.fixture
def p(client: Browser, session: Session, now: datetime) -> Partnership:
    p = make_partnership()
    other = make_application(p.call, make_sheet(p.stall, name="=Sambal"), stores=[p.store])
    make_placement(other, p.shelf, x_mm=400)
    client.log_in(p.owner)
    return p


def here(p: Partnership) -> str:
    return f"/peritel/toko/{p.store.slug}/planogram"


def expected(p: Partnership, session: Session) -> list[str]:
    code = session.get_one(Fixture, p.shelf.fixture_id).code
    return [p.placement.number, f"{code}-{p.shelf.number}", "1", "2", "1", "5"]


def test_the_list_has_its_columns_in_this_order(
    client: Browser, p: Partnership, session: Session
) -> None:
    answer = client.get(f"{here(p)}/daftar.csv")
    rows = list(csv.reader(io.StringIO(answer.text)))
    assert rows[0] == COLUMNS
    assert rows[1] == expected(p, session)
    assert [row[2] for row in rows[1:]] == ["1", "2"]


def test_the_workbook_says_the_same(client: Browser, p: Partnership, session: Session) -> None:
    answer = client.get(f"{here(p)}/daftar.xlsx")
    sheet = load_workbook(io.BytesIO(answer.data)).active
    assert sheet is not None
    rows = [[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert rows[:2] == [COLUMNS, expected(p, session)]


def test_the_picture_is_a_file_of_its_own(client: Browser, p: Partnership) -> None:
    answer = client.get(f"{here(p)}/gambar.svg")
    assert answer.mimetype == "image/svg+xml"
    assert answer.text.startswith("<svg xmlns=")
    assert "<a " not in answer.text
    assert ".svg" in answer.headers["Content-Disposition"]


def test_the_picture_prints_at_one_to_ten_and_fits_the_page(
    client: Browser, p: Partnership
) -> None:
    """The fixture is 900 mm wide, with 320 mm of words beside it."""
    saved = client.get(f"{here(p)}/gambar.svg").text
    assert 'viewBox="-110 -60 1220 1980" width="122mm" height="198mm"' in saved
    shown = Page(client.get(here(p))).tree.css_first("svg.plano")
    assert shown is not None
    assert (shown.attributes["viewBox"], shown.attributes["width"]) == ("-110 -60 1220 1980", "671")


@pytest.mark.parametrize("size", ["a4", "a3", "apa"])
def test_the_paper_is_a_pdf(client: Browser, p: Partnership, size: str) -> None:
    answer = client.get(f"{here(p)}/cetak.pdf?kertas={size}")
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF-")


def test_the_code_on_paper_follows_the_public_address(
    client: Browser, p: Partnership, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(client.application.config, "PUBLIC_URL", "https://pol.contoh/")
    code = session.get_one(Fixture, p.shelf.fixture_id).code
    address = f"https://pol.contoh{here(p)}?rak={code}&pada=2026-03-02"
    matrix = make_qr(address, error="m").matrix
    content = client.get(f"{here(p)}/cetak.pdf").data
    parts = re.findall(rb"stream\n(.+?)\nendstream", content, re.S)
    streams = [zlib.decompress(part) for part in parts if part[:1] == b"x"]
    assert dots(streams, len(matrix)) == {
        (x, y) for y, line in enumerate(matrix) for x, dot in enumerate(line) if dot
    }


def dots(streams: list[bytes], across: int) -> set[tuple[int, int]]:
    """Return the dark squares of a code that is 18 mm wide, counted from its upper left."""
    side = 18 / across * 72 / 25.4
    found = [
        (float(x), float(y))
        for stream in streams
        for x, y, width in re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) -?[\d.]+ re f", stream)
        if abs(float(width) - side) < 0.01
    ]
    left, top = min(x for x, _ in found), max(y for _, y in found)
    return {(round((x - left) / side), round((top - y) / side)) for x, y in found}


def picture(width: int, height: int = 1_800) -> Picture:
    box = Box("PN-1", 1, 0, 420, 220, 3, "Keripik “tempe” 漢字…", "keripik", note="12,5", tone=2)
    board = Board(1, 1, 20, width, 340)
    return Picture("R1 · Gondola", "", width, height, [board], [box])


@pytest.mark.parametrize(
    ("width", "height", "size", "pages", "is_landscape"),
    [
        (900, 1_800, "a4", 1, False),
        (2_400, 1_200, "a4", 1, True),
        (2_400, 1_200, "a3", 1, False),
        (2_400, 2_200, "a3", 1, False),
        (6_000, 1_200, "a4", 3, True),
        (900, 4_000, "a4", 2, False),
    ],
)
def test_a_fixture_takes_as_few_pages_as_it_can(
    width: int,
    height: int,
    size: str,
    pages: int,
    is_landscape: bool,  # noqa: FBT001
) -> None:
    across, down = layout(picture(width, height), size)
    assert len(list(sheets(picture(width, height), across, down))) == pages
    assert (across > down) is is_landscape
    content = paper(
        picture(width, height), subtitle="Toko", record="https://x.test", size=size, now=real_now()
    )
    assert len(re.findall(rb"/Type /Page\b(?!s)", content)) == pages


def test_each_product_has_a_card_with_a_way_to_its_record(client: Browser, p: Partnership) -> None:
    page = Page(client.get(f"{here(p)}/kartu"))
    assert page.texts(".shelf-card__name") == ["Keripik Tempe Contoh", "=Sambal"]
    assert page.texts(".shelf-card__price") == ["Rp15.000", "Rp15.000"]
    widths = [node.attributes["width"] for node in page.tree.css(".shelf-card__width")]
    assert widths == ["140.0mm", "140.0mm"]
    number = p.placement.number
    assert page.links(".shelf-card__code")[0].endswith(f"/catatan/{number}")
    assert page.texts(".shelf-card__where")[0].endswith(number)
    assert "Barcode" not in page.text
    assert "Belum ada kartu" in Page(client.get(f"{here(p)}/kartu?pada=2030-01-01")).text


def test_files_of_others_and_of_empty_stores_are_not_found(client: Browser, p: Partnership) -> None:
    shop = make_shop("Toko tanpa rak")
    files = ("gambar.svg", "cetak.pdf", "kartu")
    client.log_in(shop.owner)
    for name in files:
        assert client.get(f"{shop.here}/planogram/{name}").status_code == 404
    for name in (*files, "daftar.csv", "daftar.xlsx"):
        assert client.get(f"{here(p)}/{name}").status_code == 404
    answer = client.get(f"{shop.here}/planogram/daftar.csv")
    assert answer.text.splitlines() == [",".join(COLUMNS)]
