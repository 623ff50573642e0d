"""The planogram taken along: picture, paper, spreadsheets, shelf cards."""

from collections.abc import Iterator
from importlib import import_module

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.errors import NotFound
from pol.partnership.agreements.queries.prices import list_prices
from pol.partnership.applications.queries.codes import list_scan_codes
from pol.partnership.applications.queries.labels import list_labels
from pol.partnership.slots.queries.planogram import list_placed
from pol.partnership.slots.rules.planogram import Picture, draw_to_scale
from pol.web.access import my_retail_seat, store_only
from pol.web.addresses import public_address
from pol.web.csv_files import csv_answer
from pol.web.filters import hari
from pol.web.planogram import picture_of
from pol.web.records import record_of
from pol.web.retailer.planogram import Wall, numbered, table_of, wall_of
from pol.web.xlsx_files import Sheet, xlsx_answer

bp = Blueprint("retailer_planogram_files", __name__, url_prefix="/peritel/toko/<slug>/planogram")
SIZES = ("a4", "a3")
COLUMNS = ("reference", "shelf", "position", "facings wide", "high", "deep")
ONE_HIGH = 1
"""Products are not stacked: a placement's height is that of one."""


@bp.get("/gambar.svg")
@store_only
def picture(slug: str) -> ResponseReturnValue:
    wall = _wall(slug)
    answer = Response(draw_to_scale(_picture(wall)), mimetype="image/svg+xml")
    return _named(answer, f"{wall.store.slug}-{wall.fixture.code}-{wall.day}.svg")


@bp.get("/cetak.pdf")
@store_only
def printed(slug: str) -> ResponseReturnValue:
    wall, size = _wall(slug), request.args.get("kertas", "a4")
    paper = import_module("pol.web.planogram_pdf").paper  # large, so only when it is wanted
    content = paper(
        _picture(wall),
        subtitle=f"{wall.store.name} · {hari(wall.day)}",
        record=_record(wall),
        size=size if size in SIZES else "a4",
        now=clock.now(),
    )
    answer = Response(content, mimetype="application/pdf")
    return _named(answer, f"{wall.store.slug}-{wall.fixture.code}-{wall.day}.pdf")


@bp.get("/daftar.csv")
@store_only
def listed(slug: str) -> ResponseReturnValue:
    wall = wall_of(slug)
    return csv_answer(f"planogram-{wall.store.slug}-{wall.day}", COLUMNS, _rows(wall))


@bp.get("/daftar.xlsx")
@store_only
def workbook(slug: str) -> ResponseReturnValue:
    wall = wall_of(slug)
    sheet = Sheet("Planogram", COLUMNS, _rows(wall))
    return xlsx_answer(f"planogram-{wall.store.slug}-{wall.day}", [sheet])


@bp.get("/kartu")
@store_only
def cards(slug: str) -> ResponseReturnValue:
    wall = _wall(slug)
    labels = list_labels(sheet_ids={row.sheet_id for row in wall.placed})
    return render_template(
        "retailer/planogram/cards.html",
        wall=wall,
        store=wall.store,
        rows=table_of(wall, labels),
        codes=list_scan_codes(retailer_id=my_retail_seat().retailer_id, sheet_ids=labels),
        prices=list_prices(placement_ids={row.placement_id for row in wall.placed}),
        record=record_of,
    )


def _wall(slug: str) -> Wall:
    wall = wall_of(slug)
    if not wall.fixtures:
        raise NotFound
    return wall


def _picture(wall: Wall) -> Picture:
    labels = list_labels(sheet_ids={row.sheet_id for row in wall.placed})
    return picture_of(wall.fixture, wall.shelves, wall.placed, labels)


def _rows(wall: Wall) -> Iterator[tuple[object, ...]]:
    """Yield every placement of the store on the day, in the order that spreadsheets expect."""
    rows = list_placed(store_id=wall.store.store_id, day=wall.day, today=wall.today)
    for row, position in numbered(rows):
        shelf = f"{row.fixture_code}-{row.shelf_number}"
        yield (row.number, shelf, position, row.facings, ONE_HIGH, row.rows_deep)


def _record(wall: Wall) -> str:
    path = url_for(
        "retailer_planogram.show",
        slug=wall.store.slug,
        rak=wall.fixture.code,
        pada=wall.day,
    )
    return public_address(path)


def _named(answer: Response, name: str) -> Response:
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
