"""What the cells of till files say."""

from datetime import date

import pytest

from pol.kernel.errors import Refused
from pol.kernel.money import Rupiah
from pol.partnership.consignment.rules.pos import (
    NegativeQuantity,
    PosRow,
    RowRefused,
    UnclearQuantity,
    UnreadableDay,
    UnreadablePrice,
    UnreadableQuantity,
    WrongColumns,
    WrongMapping,
    check_columns,
    check_mapping,
    guess_columns,
    read_code,
    read_day,
    read_price,
    read_quantity,
    read_row,
)


@pytest.mark.parametrize(
    "text",
    ["2026-03-02", "20260302", "02/03/2026", "2-3-26", "02.03.2026 14:05", "2026-03-02T14:05:00",
     "46083", "46083.58"],
)  # fmt: skip
def test_days_are_read_as_tills_write_them(text: str) -> None:
    assert read_day(text) == date(2026, 3, 2)


@pytest.mark.parametrize("text", ["", "31/02/2026", "13/13/2026", "besok", "02/03/1999", "99999"])
def test_a_day_that_is_none_is_said(text: str) -> None:
    with pytest.raises(UnreadableDay):
        read_day(text)


@pytest.mark.parametrize(("text", "pieces"), [("3", 3), ("3,0", 3), ("3.00", 3), (" 1200 ", 1_200)])
def test_pieces_are_whole(text: str, pieces: int) -> None:
    assert read_quantity(text) == pieces


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("-2", NegativeQuantity),
        ("(2)", NegativeQuantity),
        ("0", NegativeQuantity),
        ("0,00", NegativeQuantity),
        ("1.000", UnclearQuantity),
        ("dua", UnreadableQuantity),
        ("", UnreadableQuantity),
        ("1,5", UnreadableQuantity),
        ("9" * 30, UnreadableQuantity),
        ("٣", UnreadableQuantity),
    ],
)
def test_what_is_no_number_of_pieces_is_refused(text: str, refusal: type[Refused]) -> None:
    assert issubclass(refusal, RowRefused)
    with pytest.raises(refusal):
        read_quantity(text)


@pytest.mark.parametrize(
    "text", ["12500", "12.500", "Rp 12.500", "12.500,00", "12,500.00", "Rp12.500,-"]
)
def test_prices_are_read(text: str) -> None:
    assert read_price(text) == Rupiah(12_500)


@pytest.mark.parametrize("text", ["0", "-5", "murah", "12.50.0"])
def test_a_price_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(UnreadablePrice):
        read_price(text)


def test_codes_lose_what_spreadsheets_add() -> None:
    assert [read_code(text) for text in ("'899123", "899 123.0", "lp-00001")] == [
        *("899123", "899123"),
        "LP-00001",
    ]


def test_columns_are_guessed_by_their_titles() -> None:
    heading = ["No. Struk", "Tgl Transaksi", "Nama Barang", "Barcode", "Qty", "Harga", "Total"]
    assert guess_columns(heading) == {"day": 1, "code": 3, "quantity": 4, "price": 5, "receipt": 0}
    assert guess_columns(["a", "b", "c"]) == {}


def test_a_mapping_names_each_column_once() -> None:
    check_mapping({"day": 0, "code": 1, "quantity": 2})
    for wrong in ({"day": 0, "code": 1}, {"day": 0, "code": 0, "quantity": 2}):
        with pytest.raises(WrongMapping):
            check_mapping(wrong)
    with pytest.raises(WrongColumns):
        check_columns(["Tanggal", "Jumlah", " "])


def test_a_row_is_read_whole_and_a_short_one_is_refused() -> None:
    columns = {"day": 0, "code": 1, "quantity": 2, "receipt": 3}
    row = read_row(["2/3/2026", "LP-1", "4", "A77"], columns)
    assert row == PosRow(date(2026, 3, 2), "LP-1", 4, None, "A77")
    with pytest.raises(UnreadableQuantity):
        read_row(["2/3/2026", "LP-1"], columns)
