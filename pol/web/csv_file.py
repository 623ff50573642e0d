"""Tables as files, with the semicolons that a spreadsheet in Indonesian expects."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from flask import Response

from pol.kernel.money import Rupiah

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_answer(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """Return a file to be kept; amounts are plain whole numbers."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return Response(
        text.getvalue().encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def _cell(value: object) -> object:
    """Return a value as it is written; what looks like a formula is told apart from one."""
    if isinstance(value, Rupiah):
        return value.amount
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value
