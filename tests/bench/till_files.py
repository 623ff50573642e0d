"""`python -m tests.bench.till_files`: how long a till file of 20,000 rows takes, on each engine."""

import argparse
import io
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import count

from openpyxl import Workbook

from pol.cli.jobs import alone
from pol.kernel.db import db
from pol.kernel.transaction import transaction
from pol.partnership.consignment.queries.stores import Reach, get_store
from pol.partnership.consignment.services.pos import imports
from pol.partnership.consignment.services.pos.taking_in import run_imports
from tests.factories.partnership import (
    make_agreement,
    make_application,
    make_batch,
    make_call,
    make_member,
    make_placement,
    make_retailer,
    make_sheet,
    make_shelf,
    make_store,
)
from tests.rig import databases, run

NOW = datetime(2026, 3, 2, 5, tzinfo=UTC)
PRODUCTS, A_SHELF = 120, 6
HEADING: list[object] = ["Tanggal", "Kode", "Jumlah", "Harga", "Struk"]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.till_files", description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    asked = parser.parse_args()
    _say(f"{'engine':<12}{'file':<6}{'rows':>8}{'upload s':>10}{'take in s':>11}{'good':>8}")
    run.begin()
    run.settle()
    for engine in databases.ENGINES:
        with databases.created(engine) as database:
            app = databases.application(database.url)
            with app.app_context():
                for kind in ("csv", "xlsx"):
                    _say(f"{engine:<12}{kind:<6}{measure(kind, asked.rows)}")
                db.session.remove()
                db.engine.dispose()
    run.end()


def measure(kind: str, rows: int) -> str:
    """Return the figures of one file in a store of its own."""
    with transaction():
        slug, retailer_id, owner_id, codes = _store(rows)
    content = _file(kind, rows, codes)
    store = get_store(Reach(retailer_id), slug=slug)
    with timed() as uploading, transaction():
        file = imports.open_file(f"kasir.{kind}", content)
        found, _ = imports.upload(store=store, file=file, actor_id=owner_id, now=NOW)
        imports.map_columns(found=found, columns=found.columns, now=NOW)
        imports.start(found=found, actor_id=owner_id, now=NOW)
    with timed() as taking:
        run_imports(now=NOW, alone=alone)
    db.session.refresh(found)
    return f"{rows:>8}{uploading[0]:>10.2f}{taking[0]:>11.2f}{found.good_rows:>8}"


def _store(rows: int) -> tuple[str, int, int, list[str]]:
    retailer = make_retailer()
    owner, store = make_member(retailer), make_store(retailer)
    call = make_call(retailer, by=owner)
    sheets = []
    for number in range(PRODUCTS):
        if number % A_SHELF == 0:
            shelf = make_shelf(store)
        sheet = make_sheet(name=f"Produk {number}")
        application = make_application(call, sheet, stores=[store])
        place = make_placement(
            application,
            shelf,
            agreement=make_agreement(application, call),
            x_mm=140 * (number % A_SHELF),
            facings=1,
        )
        for last in (date(2026, 9, 1), date(2026, 10, 1)):
            make_batch(place, quantity=rows // PRODUCTS + 1, expires_on=last)
        sheets.append(sheet.number)
    return store.slug, retailer.id, owner.id, sheets


_receipts = count(1)


def _file(kind: str, rows: int, codes: list[str]) -> bytes:
    lines: list[list[object]] = [
        [f"{1 + number % 2:02}/03/2026", codes[number % len(codes)], 1, 15_000, next(_receipts)]
        for number in range(rows)
    ]
    if kind == "csv":
        return "\n".join(";".join(map(str, line)) for line in [HEADING, *lines]).encode()
    book, file = Workbook(write_only=True), io.BytesIO()
    page = book.create_sheet()
    for line in [HEADING, *lines]:
        page.append(line)
    book.save(file)
    return file.getvalue()


@contextmanager
def timed() -> Iterator[list[float]]:
    """Give a list that holds the seconds in the end."""
    seconds: list[float] = []
    begun = time.perf_counter()
    yield seconds
    seconds.append(time.perf_counter() - begun)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
