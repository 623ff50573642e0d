"""A program of its own that opens a stranger's spreadsheet, with limits, and prints its rows.

It is run by `reading.py` and imports nothing of ours: whatever a file does to it, it can only stop.
Reads the file from standard input and prints one JSON list: a word that says how it went, then the
rows as lists of text.
"""

import csv
import io
import json
import resource
import sys
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import islice

MEMORY = 768 * 1024 * 1024
SECONDS = 20
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 50_000, 60, 200
MOST_PARTS, MOST_UNPACKED, MOST_RATIO = 400, 120 * 1024 * 1024, 150
FORBIDDEN = ("xl/externallinks/", "xl/vbaproject", "xl/embeddings/", "xl/activex/")
OLD_EXCEL = b"\xd0\xcf\x11\xe0"


class No(Exception):
    """The file is not opened; the word says why."""


def main() -> None:
    """Read the file, print its rows or why not."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    content = sys.stdin.buffer.read()
    try:
        rows = read_xlsx(content) if content[:4] == b"PK\x03\x04" else read_csv(content)
        answer = ["ok", rows]
    except No as no:
        answer = [str(no), []]
    except MemoryError:
        answer = ["terlalu besar saat dibuka", []]
    except Exception:  # noqa: BLE001 - a stranger's file may break anything, and it only ends here
        answer = ["broken", []]
    sys.stdout.write(json.dumps(answer))


def read_csv(content: bytes) -> list[list[str]]:
    """Return the rows of a text file; encoding and delimiter are guessed."""
    text = decode(content)
    lines = text.lstrip("\ufeff").splitlines(keepends=True)
    sample = lines[0] if lines else ""
    delimiter = max(";\t,|", key=sample.count)
    if not sample.count(delimiter):
        raise No("columns" if text.strip() else "empty")
    csv.field_size_limit(100_000)
    return clipped(csv.reader(io.StringIO("".join(lines)), delimiter=delimiter))


def decode(content: bytes) -> str:
    """Return the text of a file that is one."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16")
    if content[:4] == OLD_EXCEL or b"\0" in content[:4096] or content[:5] == b"%PDF-":
        raise No("kind")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
        odd = sum(not (c.isprintable() or c in "\r\n\t") for c in text[:4096])
        if odd > len(text[:4096]) // 50:
            raise No("kind") from None
        return text


def read_xlsx(content: bytes) -> list[list[str]]:
    """Return the rows of a workbook's first sheet, after a look at what is packed."""
    try:
        look_inside(zipfile.ZipFile(io.BytesIO(content)))
    except zipfile.BadZipFile:
        raise No("kind") from None
    from openpyxl import load_workbook  # noqa: PLC0415 - not before the look, not for text files

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    page = book.worksheets[0]
    page.reset_dimensions()  # what a file says of its own size is not to be believed
    return clipped(page.iter_rows(values_only=True))


def look_inside(packed: zipfile.ZipFile) -> None:
    """Look at the directory before anything is unpacked, then for what no till writes."""
    parts = packed.infolist()
    if len(parts) > MOST_PARTS:
        raise No("terlalu banyak bagian")
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise No("terlalu besar saat dibuka")
    names = {part.filename.lower() for part in parts}
    if "xl/workbook.xml" not in names:
        raise No("kind")
    if any(name.startswith(FORBIDDEN) for name in names):
        raise No("memuat tautan keluar atau program")
    for part in parts:
        if part.file_size > 1_000_000 and part.file_size > MOST_RATIO * part.compress_size:
            raise No("terlalu padat")
        if part.filename.lower().endswith((".xml", ".rels")):
            look_for_declarations(packed, part)


def look_for_declarations(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuse XML that declares a document type; such files blow up or read other files."""
    with packed.open(part) as file:
        before = b""
        while block := file.read(1 << 16):
            if b"\0" in block or block[:2] in (b"\xff\xfe", b"\xfe\xff"):
                raise No("memuat deklarasi XML")
            seen = (before[-16:] + block).upper()
            if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen:
                raise No("memuat deklarasi XML")
            before = block


def clipped(rows: Iterable[Sequence[object]]) -> list[list[str]]:
    """Return rows as text, without empty ones, each within bounds."""
    found = []
    for row in islice(rows, MOST_ROWS + 2):
        cells = [written(cell) for cell in row[:MOST_COLUMNS]]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            found.append(cells)
    if len(found) > MOST_ROWS + 1:
        raise No("rows")
    return found


def written(cell: object) -> str:
    """Return a cell as a person would have typed it."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell).strip()[:LONGEST_CELL]


if __name__ == "__main__":
    main()
