"""Tables that people take into a spreadsheet, where no cell of theirs may become a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from flask import Response

from pol.kernel.localtime import local
from pol.kernel.money import Rupiah

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(value: object) -> str:
    """Return a cell that every spreadsheet shows as it was written; whole numbers stay numbers.

    Money is its number of rupiah, and a moment stands as the clock in Lamongan showed it.
    """
    if isinstance(value, Rupiah):
        return str(value.amount)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, datetime):
        return f"{local(value):%Y-%m-%d %H:%M:%S}"
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip().startswith(DANGEROUS) or text[:1] in DANGEROUS else text


def csv_answer(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """Return a table as a file of this name."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(header)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    answer = Response(file.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
