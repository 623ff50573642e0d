"""Workbooks: numbers that sum, days that sort, and text that stays text."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from pol.kernel.money import Rupiah
from pol.web.xlsx_files import TYPE, Sheet, xlsx_answer
from pol.web.xlsx_writer import MONEY, xlsx_bytes


def cell(value: object) -> Any:
    """Return what a spreadsheet reads where this was written."""
    book = load_workbook(BytesIO(xlsx_bytes([Sheet("Uji", ["Isi"], [[value]])])))
    return book["Uji"]["A2"]


def test_money_is_a_whole_number_that_looks_like_money() -> None:
    found = cell(Rupiah(-12_500))
    assert (found.value, found.data_type, found.number_format) == (-12_500, "n", MONEY)


def test_a_day_is_a_day_and_a_moment_stands_as_on_the_clock_in_lamongan() -> None:
    day = cell(date(2026, 3, 1))
    assert (f"{day.value:%Y-%m-%d %H:%M}", day.is_date) == ("2026-03-01 00:00", True)
    moment = cell(datetime(2026, 3, 1, 20, 15, 30, 999, tzinfo=UTC))
    assert (f"{moment.value:%Y-%m-%d %H:%M:%S.%f}", moment.is_date) == (
        "2026-03-02 03:15:30.000000",
        True,
    )


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+62812", "-1", "@SUM(A1)", "#N/A", '=HYPERLINK("x")', " =1", "{=1}", "0812", "TRUE"],
)
def test_text_stays_text_whatever_it_looks_like(text: str) -> None:
    found = cell(text)
    assert (found.value, found.data_type) == (text, "s")
    assert found.quotePrefix == text.startswith(("=", "+", "-", "@"))


def test_no_digit_is_lost() -> None:
    assert cell(Rupiah(10**15 - 1)).value == 10**15 - 1
    assert cell(Rupiah(10**15 + 1)).value == str(10**15 + 1)


def test_what_no_workbook_can_hold_is_left_out() -> None:
    assert cell("a\x00b\x1f").value == "a b "
    assert len(cell("x" * 40_000).value) == 32_767
    assert cell(None).value is None


def test_sheets_keep_their_order_and_their_frozen_heads() -> None:
    sheets = [Sheet("Neraca: 1/3 [akhir]", ["A", "B"], []), Sheet("B" * 40, ["A"], [[1], [2]])]
    book = load_workbook(BytesIO(xlsx_bytes(sheets)))
    assert book.sheetnames == ["Neraca  1 3  akhir", "B" * 31]
    assert [page.freeze_panes for page in book] == ["A2", "A2"]
    assert [page.auto_filter.ref for page in book] == ["A1:B1", "A1:A3"]
    assert book.worksheets[0]["A1"].font.bold


def test_it_is_sent_as_a_file() -> None:
    answer = xlsx_answer("uji", [Sheet("Uji", ["A"], [])])
    assert answer.mimetype == TYPE
    assert answer.headers["Content-Disposition"] == 'attachment; filename="uji.xlsx"'
