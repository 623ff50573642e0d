"""Tables as a spreadsheet: money and days keep their kind, and text never becomes a formula."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module

from flask import Response

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Sheet:
    """One table. Cells are Rupiah, whole numbers, days, moments (aware), text, or None."""

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[object]]


def xlsx_answer(name: str, sheets: Iterable[Sheet]) -> Response:
    """Return tables as a workbook of this name, in this order."""
    write = import_module("pol.web.xlsx_writer").xlsx_bytes  # large, so only when it is wanted
    answer = Response(write(sheets), mimetype=TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer
