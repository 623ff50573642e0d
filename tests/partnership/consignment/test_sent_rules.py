"""What a till says of a sale, cell by cell, and by what its rows are known."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pol.kernel.money import Rupiah
from pol.partnership.consignment.rules.pos import PosRow, RowRefused
from pol.partnership.consignment.rules.sent import (
    Known,
    ReceiptNeeded,
    UnreadableCell,
    read_sent,
    row_of,
)

SALE = {"receipt": "A1", "day": "2026-03-02", "code": "8991", "quantity": "2", "price": "15000"}
MARCH = date(2026, 3, 2)


def test_a_sale_says_what_a_row_of_a_file_would() -> None:
    assert read_sent(SALE) == PosRow(MARCH, "8991", 2, Rupiah(15_000), "A1")
    assert read_sent(SALE | {"price": None, "kasir": "3"}).price is None


@pytest.mark.parametrize("name", SALE)
@pytest.mark.parametrize(
    "value",
    [True, 0.5, ["1"], {"a": "1"}, "nul\0", "\ud83d", "baris\nbaru", "9" * 201],
    ids=["yes", "part", "list", "object", "NUL", "half a letter", "line", "long"],
)
def test_a_cell_is_plain_text_or_nothing(name: str, value: Any) -> None:
    with pytest.raises(UnreadableCell, match=f"“{name}”"):
        read_sent(SALE | {name: value})


@pytest.mark.parametrize("receipt", [None, "", "   ", "s" * 81])
def test_a_receipt_is_there_and_fits(receipt: str | None) -> None:
    with pytest.raises(ReceiptNeeded):
        read_sent(SALE | {"receipt": receipt})
    assert read_sent(SALE | {"receipt": "s" * 80}).receipt == "s" * 80


CELLS = st.none() | st.text(max_size=12) | st.integers().map(str) | st.floats() | st.booleans()


@given(st.dictionaries(st.sampled_from([*SALE, "x"]), CELLS | st.lists(CELLS)))
def test_whatever_is_said_is_read_or_refused(sale: dict[str, Any]) -> None:
    try:
        said = read_sent(sale)
    except RowRefused:
        return
    assert said.receipt
    assert said.quantity > 0


ODD = st.text("ab:#0", min_size=1, max_size=6)


@given(ODD, st.integers(1, 99), st.integers(1, 9), st.integers(0, 9))
def test_parts_of_a_row_lead_back_to_it(receipt: str, sheet: int, nth: int, batch: int) -> None:
    key = f"pos:1:2026-03-02:{receipt}:{sheet}#{nth}"
    assert row_of(key) == key
    assert row_of(f"{key}:{batch}") == key
    assert row_of("pos:1:2") == row_of("pos:1:2:1") == "pos:1:2"


def test_a_known_row_says_the_same_by_its_pieces_and_by_a_price_if_there_is_one() -> None:
    known, said = Known(None, 2, Rupiah(15_000)), read_sent(SALE)
    assert known.says(said)
    assert known.says(read_sent(SALE | {"price": ""}))
    assert not known.says(read_sent(SALE | {"price": "14000"}))
    assert not known.says(read_sent(SALE | {"quantity": "3"}))
