"""Strangers' files are opened in a child with limits, or not at all."""

import io
import zipfile
from collections.abc import Sequence
from itertools import repeat

import pytest
from openpyxl import Workbook

from pol.kernel.errors import Refused
from pol.partnership.consignment.rules.pos import (
    MOST_BYTES,
    DangerousFile,
    FileRefused,
    NoRows,
    NotASpreadsheet,
    TooLarge,
    TooManyRows,
    WrongColumns,
)
from pol.partnership.consignment.services.pos.reading import read_rows

ROWS = [["Tanggal", "Kode", "Jumlah"], ["2026-03-02", "LP-1", "3"]]


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))  # type: ignore[union-attr]
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def repacked(**parts: bytes) -> bytes:
    """Return a workbook with some parts added or replaced; `__` in a name stands for a slash."""
    file = io.BytesIO()
    given = {name.replace("__", "/").replace("_xml", ".xml"): data for name, data in parts.items()}
    with (
        zipfile.ZipFile(io.BytesIO(workbook(ROWS))) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in given:
                new.writestr(name, old.read(name))
        for name, data in given.items():
            new.writestr(name, data)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"Tanggal,Kode,Jumlah\n2026-03-02,LP-1,3\n",
        b"Tanggal;Kode;Jumlah\r\n2026-03-02;LP-1;3\r\n\r\n",
        b"\xef\xbb\xbfTanggal\tKode\tJumlah\n2026-03-02\tLP-1\t3",
        "Tanggal;Kode;Jumlah\n2026-03-02;LP-1;3".encode("utf-16"),
        workbook(ROWS),
    ],
    ids=["comma", "semicolon", "tab", "utf-16", "xlsx"],
)
def test_every_till_writes_its_own_way(content: bytes) -> None:
    assert read_rows(content) == ROWS


def test_old_tills_write_old_letters() -> None:
    content = "Tanggal;Kode;Nama;Jumlah\n2026-03-02;LP-1;Café;3".encode("cp1252")
    assert read_rows(content)[1][2] == "Café"


BOMB = {"xl__worksheets__sheet1_xml": b"<worksheet>" + b" " * 30_000_000}
HUGE = {f"xl__media__{n}_xml": b"x" for n in range(500)}


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", NoRows),
        (b"Tanggal,Kode,Jumlah\n", NoRows),
        (b"hanya satu kolom\nisi\n", WrongColumns),
        (b"a,b\n1,2\n", WrongColumns),
        (b"%PDF-1.7 ...", NotASpreadsheet),
        (b"\xd0\xcf\x11\xe0" + b"x" * 99, NotASpreadsheet),
        (b"\x89PNG\r\n\x1a\n\0\0", NotASpreadsheet),
        (b"PK\x03\x04 rusak", NotASpreadsheet),
        (b"x" * (MOST_BYTES + 1), TooLarge),
        (repacked(**BOMB), DangerousFile),
        (repacked(**HUGE), DangerousFile),
        (repacked(xl__externalLinks__externalLink1_xml=b"<a/>"), DangerousFile),
        (repacked(xl__workbook_xml=b'<!DOCTYPE a [<!ENTITY b "c">]><workbook/>'), DangerousFile),
        (repacked(xl__workbook_xml="<!DOCTYPE a><workbook/>".encode("utf-16-le")), DangerousFile),
        (repacked(xl__workbook_xml=b"<workbook>"), NotASpreadsheet),
        (b"a;b;c\n" + b"".join(repeat(b"1;2;3\n", 50_001)), TooManyRows),
    ],
    ids=["nothing", "heading only", "one column", "two columns", "pdf", "xls", "png", "torn zip",
         "large", "bomb", "many parts", "links", "doctype", "hidden doctype", "torn", "many rows"],
)  # fmt: skip
def test_what_is_no_sound_file_is_refused_whole(content: bytes, refusal: type[Refused]) -> None:
    assert issubclass(refusal, FileRefused)
    with pytest.raises(refusal):
        read_rows(content)
