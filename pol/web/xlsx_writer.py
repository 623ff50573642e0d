"""Writing workbooks; loaded with the first one that somebody takes, for the library is large."""

import io
import re
from collections.abc import Iterable
from datetime import date, datetime
from itertools import chain, islice

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pol.kernel.localtime import local
from pol.kernel.money import Rupiah
from pol.web.xlsx_files import Sheet

MONEY, NUMBER, DAY, MOMENT = '"Rp"#,##0;-"Rp"#,##0', "#,##0", "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"
MOST_EXACT = 10**15
"""A spreadsheet keeps 15 digits; a longer number is written as text, so that none is lost."""
LONGEST_TEXT, LONGEST_TITLE = 32_767, 31
NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\']")
NARROWEST, WIDEST, LOOKED_AT = 8, 60, 200


def xlsx_bytes(sheets: Iterable[Sheet]) -> bytes:
    """Return tables as the bytes of a workbook; rows are written as they come, none is kept."""
    book = Workbook(write_only=True)
    book.properties.creator = "Pasar Online Lamongan"
    for sheet in sheets:
        _write(book.create_sheet(_title(sheet.title)), sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _title(text: str) -> str:
    return NOT_IN_TITLES.sub(" ", text).strip()[:LONGEST_TITLE]


def _write(page: Worksheet, sheet: Sheet) -> None:
    rows = iter(sheet.rows)
    first = list(islice(rows, LOOKED_AT))
    for column, title in enumerate(sheet.header):
        longest = max([len(title), *(len(_shown(row[column])) for row in first)])
        letter = get_column_letter(column + 1)
        page.column_dimensions[letter].width = min(max(longest + 2, NARROWEST), WIDEST)
    page.freeze_panes = "A2"
    page.append([_head(page, title) for title in sheet.header])
    count = 1
    for row in chain(first, rows):
        page.append([_cell(page, value) for value in row])
        count += 1
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.header))}{count}"


def _shown(value: object) -> str:
    return "" if value is None else str(value)[:WIDEST]


def _head(page: Worksheet, title: str) -> Cell:
    cell = _text(page, title)
    cell.font, cell.alignment = Font(bold=True), Alignment(vertical="top", wrap_text=True)
    return cell


def _cell(page: Worksheet, value: object) -> Cell | None:
    if value is None:
        return None
    if isinstance(value, Rupiah):
        return _number(page, value.amount, MONEY)
    if isinstance(value, int) and not isinstance(value, bool):
        return _number(page, value, NUMBER)
    if isinstance(value, datetime):
        return _formatted(page, local(value).replace(tzinfo=None, microsecond=0), MOMENT)
    if isinstance(value, date):
        return _formatted(page, value, DAY)
    return _text(page, str(value))


def _number(page: Worksheet, amount: int, look: str) -> Cell:
    return _formatted(page, amount, look) if abs(amount) < MOST_EXACT else _text(page, str(amount))


def _formatted(page: Worksheet, value: date | int, look: str) -> Cell:
    cell = WriteOnlyCell(page)
    cell.value, cell.number_format = value, look
    return cell


def _text(page: Worksheet, text: str) -> Cell:
    """Return a cell of text, whatever it looks like: a formula or an error is only its letters."""
    cell = WriteOnlyCell(page, ILLEGAL_CHARACTERS_RE.sub(" ", text)[:LONGEST_TEXT])
    cell.data_type = "s"
    cell.quotePrefix = text[:1] in {"=", "+", "-", "@"}
    return cell
