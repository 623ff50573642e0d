"""The slip's bytes: narrow enough, printable, and with the order's own total at the end."""

import re

from hypothesis import given
from hypothesis import strategies as st

from pol.kernel.money import Rupiah, total
from pol.orders.rules.slip import COLUMNS, Slip, SlipLine, plain, print_slip, rows

COMMAND = re.compile(
    rb"\x1b@|\x1bt.|\x1b!.|\x1ba.|\x1bd.|\x1dV\x42.|\x1d\(k(?:\x04\x00.{4}|\x03\x00.{3})", re.DOTALL
)
STORE = re.compile(rb"\x1d\(k(..)1P0", re.DOTALL)
WORDS = st.text(max_size=60)
SLIP = Slip(
    stall="Lapak Bu Siti (contoh)",
    number="P261122-K7Q4XM-1",
    facts=["Pasar Sidoharjo, Blok A No. 3", "22 Nov 2026, 05.10 WIB"],
    lines=[
        SlipLine("Bandeng segar tambak Glagah ukuran besar", "1,25 kg x Rp34.000", Rupiah(42_500)),
        SlipLine("Terasi", "2 bungkus x Rp12.000", Rupiah(24_000), "yang “kering”"),
    ],
    total_word="Jumlah",
    total=Rupiah(66_500),
    thanks="Ayo Beli Produk Lamongan",
    address="http://localhost/pedagang/pesanan/P261122-K7Q4XM-1",
)


def read(printed: bytes) -> tuple[list[str], str]:
    """Return the lines on the paper, and the text in the code, as a printer would."""
    found = STORE.search(printed)
    assert found is not None
    length = int.from_bytes(found[1], "little") - 3
    code = printed[found.end() : found.end() + length]
    rest = printed[: found.start()] + printed[found.end() + length :]
    return COMMAND.sub(b"", rest).decode("ascii").split("\n"), code.decode("ascii")


def test_a_slip_reads_as_it_should() -> None:
    assert [row.text for row in rows(SLIP)] == [
        "Lapak Bu Siti (contoh)",
        "P261122-K7Q4XM-1",
        "Pasar Sidoharjo, Blok A No. 3",
        "22 Nov 2026, 05.10 WIB",
        "--------------------------------",
        "Bandeng segar tambak Glagah",
        "ukuran besar",
        "1,25 kg x Rp34.000      Rp42.500",
        "Terasi",
        "2 bungkus x Rp12.000    Rp24.000",
        '"yang "kering""',
        "--------------------------------",
        "Jumlah                  Rp66.500",
    ]


def test_a_printer_is_reset_first_and_cuts_last() -> None:
    printed = print_slip(SLIP)
    assert printed.startswith(b"\x1b@")
    assert printed.endswith(b"\x1dVB\x00")
    assert b"\x1b!\x18P261122-K7Q4XM-1\n" in printed  # bold and twice as high
    lines, code = read(printed)
    assert code == SLIP.address
    assert lines[-2:] == ["Ayo Beli Produk Lamongan", ""]


def test_letters_that_no_printer_knows_are_written_plainly() -> None:
    assert plain("Café Ñandú – “½ kg” 😀\n\x1b@") == 'Cafe Nandu - "1?2 kg" ? ?@'


LINES = st.builds(SlipLine, WORDS, WORDS, st.integers(0, 10**11).map(Rupiah), WORDS)


@given(stall=WORDS, number=WORDS, facts=st.lists(WORDS, max_size=4),
       lines=st.lists(LINES, max_size=8), word=WORDS, address=WORDS)  # fmt: skip
def test_whatever_is_on_it_fits_and_ends_with_the_total(
    stall: str, number: str, facts: list[str], lines: list[SlipLine], word: str, address: str
) -> None:
    whole = total(line.total for line in lines)
    slip = Slip(stall, number, facts, lines, word, whole, "Terima kasih", address)
    text, code = read(print_slip(slip))
    assert all(len(line) <= COLUMNS for line in text)
    assert all(" " <= letter <= "~" for line in text for letter in line)
    assert text[:-2] == [row.text for row in rows(slip)]
    assert text[-3].split(" ")[-1] == str(whole)
    assert code == plain(address)
