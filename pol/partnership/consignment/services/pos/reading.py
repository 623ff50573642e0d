"""Opening a till's file in a child process that has limits of memory and time."""

import json
import subprocess
import sys
from pathlib import Path

from pol.partnership.consignment.rules.pos import (
    MOST_BYTES,
    DangerousFile,
    NoRows,
    NotASpreadsheet,
    TooLarge,
    TooManyRows,
    WrongColumns,
    check_columns,
)
from pol.partnership.consignment.services.pos import opener

SECONDS = 30
REFUSALS = {
    "kind": NotASpreadsheet,
    "broken": NotASpreadsheet,
    "columns": WrongColumns,
    "empty": NoRows,
}


def read_rows(content: bytes) -> list[list[str]]:
    """Return the rows of a CSV or XLSX file as text, the heading first.

    :raises FileRefused: it is no such file, too large, dangerous, empty, or without columns
    """
    if len(content) > MOST_BYTES:
        raise TooLarge
    word, rows = _open(content)
    if word == "rows":
        raise TooManyRows(most=opener.MOST_ROWS)
    if word in REFUSALS:
        raise REFUSALS[word]
    if word != "ok":
        raise DangerousFile(why=word)
    if len(rows) < 2:
        raise NoRows
    check_columns(rows[0])
    return rows


def _open(content: bytes) -> tuple[str, list[list[str]]]:
    program = [sys.executable, "-I", str(Path(opener.__file__))]
    try:
        ended = subprocess.run(  # noqa: S603 - our own program; the file goes in as data
            program, input=content, capture_output=True, timeout=SECONDS, check=False, env={}
        )
    except subprocess.TimeoutExpired:
        return "terlalu lama dibuka", []
    if ended.returncode or not ended.stdout:
        return "terlalu besar saat dibuka", []
    word, rows = json.loads(ended.stdout)
    return word, rows
