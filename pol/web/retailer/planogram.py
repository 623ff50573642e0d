"""The planogram of a store: looked at by day, edited by dragging or by form, taken along."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from http import HTTPStatus
from itertools import groupby

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.errors import NotFound
from pol.kernel.localtime import business_day
from pol.partnership.applications.queries.codes import list_scan_codes
from pol.partnership.applications.queries.labels import ProductLabel, list_labels
from pol.partnership.consignment.queries.pace import list_paces
from pol.partnership.settlement.queries.renewals import list_waiting_moves
from pol.partnership.settlement.services import moving
from pol.partnership.slots.queries import planogram as queries
from pol.partnership.slots.queries import shelves
from pol.partnership.slots.queries.planogram import PlacedRow
from pol.partnership.slots.queries.shelves import FixtureRow, ShelfRow
from pol.partnership.slots.queries.stores import StoreView, get_store_of_retailer
from pol.partnership.slots.rules.planogram import GOODS as COLOURS
from pol.web.access import me, my_id, my_retail_seat, retailer_only, store_only
from pol.web.change import change
from pol.web.forms.planogram import MoveForm
from pol.web.goods_words import GOODS
from pol.web.language import gettext as _
from pol.web.planogram import Links, heat_legend, picture_of, svg, tenths

bp = Blueprint("retailer_planogram", __name__, url_prefix="/peritel/toko/<slug>/planogram")
EARLIEST, LATEST = date(2020, 1, 1), date(2099, 12, 31)


@dataclass(frozen=True)
class Wall:
    """A store on a day: all its fixtures, and the one that is looked at; warm: by its sales."""

    store: StoreView
    day: date
    today: date
    code: str
    fixtures: Sequence[FixtureRow]
    is_warm: bool = False

    @cached_property
    def fixture(self) -> FixtureRow:
        """The fixture that was asked for, or the first."""
        found = next((one for one in self.fixtures if one.code == self.code), None)
        if found is None and (self.code or not self.fixtures):
            raise NotFound
        return found or self.fixtures[0]

    @cached_property
    def shelves(self) -> Sequence[ShelfRow]:
        """The shelves of this fixture, as they were on a day that is past."""
        if self.day < self.today:
            return queries.list_shelves_of_day(fixture_id=self.fixture.fixture_id, day=self.day)
        return shelves.list_shelves(
            store_id=self.store.store_id, fixture_id=self.fixture.fixture_id
        )

    @cached_property
    def placed(self) -> Sequence[PlacedRow]:
        """What stands in this fixture on the day."""
        return queries.list_placed(
            store_id=self.store.store_id,
            day=self.day,
            today=self.today,
            fixture_id=self.fixture.fixture_id,
        )


def wall_of(slug: str) -> Wall:
    """Return what the address asks for, as far as this person may see it."""
    seat = my_retail_seat()
    store = get_store_of_retailer(retailer_id=seat.retailer_id, slug=slug, store_id=seat.store_id)
    today = business_day(clock.now())
    return Wall(
        store=store,
        day=_day(request.values.get("pada", ""), today),
        today=today,
        code=request.values.get("rak", "")[:20],
        fixtures=shelves.list_fixtures(store_id=store.store_id),
        is_warm=request.args.get("lihat") == "penjualan",
    )


def _day(text: str, today: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    return day if EARLIEST <= day <= LATEST else today


@bp.get("")
@store_only
def show(slug: str) -> ResponseReturnValue:
    wall, number = wall_of(slug), request.args.get("pilih", "")
    if not wall.fixtures:
        return render_template("retailer/planogram/none.html", store=wall.store)
    row = queries.find_movable(store_id=wall.store.store_id, number=number[:40])
    picked = {"number": row.number, "shelf": str(row.shelf_id), "x": row.x_mm} if row else {}
    back = {"rak": wall.fixture.code, "pada": wall.day.isoformat()}
    return _page(wall, MoveForm(formdata=None, data=picked | back))


@bp.post("/pindah")
@retailer_only
def move(slug: str) -> ResponseReturnValue:
    wall, form = wall_of(slug), MoveForm()
    store_id = wall.store.store_id
    if not wall.fixtures:
        raise NotFound
    _offer(form, wall)
    if form.validate():
        row = queries.find_movable(store_id=store_id, number=form.number.data)
        if row is None:
            raise NotFound
        with change(tell=False) as outcome:
            proposal = moving.move(
                shelf=queries.lock_shelf_of_store(store_id=store_id, shelf_id=int(form.shelf.data)),
                placement=queries.lock_placement(store_id=store_id, number=row.number),
                x_mm=form.x.data,
                actor_id=my_id(),
                now=clock.now(),
            )
        if outcome.refusal is None:
            flash(_said(is_asked=proposal is not None), "good")
            return redirect(_after(slug, wall, form), HTTPStatus.SEE_OTHER)
        form.blame_rule(outcome.refusal)
    return _page(wall, form), HTTPStatus.UNPROCESSABLE_ENTITY


def _said(*, is_asked: bool) -> str:
    if is_asked:
        return _("Usulan pindah terkirim. Produk tetap di tempatnya sampai produsen setuju.")
    return _("Produk dipindah.")


def _after(slug: str, wall: Wall, form: MoveForm) -> str:
    """Return the address of the fixture where the product stands now."""
    row = queries.find_movable(store_id=wall.store.store_id, number=form.number.data)
    code = row.fixture_code if row else wall.code
    return url_for(".show", slug=slug, rak=code, pada=wall.day, pilih=form.number.data)


def _offer(form: MoveForm, wall: Wall) -> None:
    movable = queries.list_movable(store_id=wall.store.store_id)
    form.offer(
        movable,
        list_labels(sheet_ids={row.sheet_id for row in movable}),
        shelves.list_shelves(store_id=wall.store.store_id),
        wall.fixtures,
    )


def _page(wall: Wall, form: MoveForm) -> str:
    labels = list_labels(sheet_ids={row.sheet_id for row in wall.placed})
    may_edit = me().is_buyer and wall.day >= wall.today
    if may_edit and form.number.choices is None:
        _offer(form, wall)
    paces = _paces(wall) if wall.is_warm else None
    picture = picture_of(
        wall.fixture,
        wall.shelves,
        wall.placed,
        labels,
        links=_links(wall, form.number.data, may_edit=may_edit),
        paces=paces,
    )
    return render_template(
        "retailer/planogram/show.html",
        wall=wall,
        store=wall.store,
        form=form,
        picture=svg(picture),
        rows=table_of(wall, labels),
        codes=list_scan_codes(retailer_id=my_retail_seat().retailer_id, sheet_ids=labels),
        paces=paces,
        tenths=tenths,
        kinds=_kinds(labels) if paces is None else heat_legend(paces),
        may_edit=may_edit,
        moves=list_waiting_moves(store_id=wall.store.store_id),
    )


def _paces(wall: Wall) -> dict[int, int]:
    """Return how fast each product of this fixture sells; who sold nothing has 0."""
    paces = list_paces(store_id=wall.store.store_id, day=wall.day)
    return {row.placement_id: paces.get(row.placement_id, 0) for row in wall.placed}


def _links(wall: Wall, picked: str | None, *, may_edit: bool) -> Links:
    slug, code = wall.store.slug, wall.fixture.code

    def of_box(row: PlacedRow) -> str:
        return url_for(
            ".show", slug=slug, rak=code, pada=wall.day, pilih=row.number, _anchor="pindah"
        )

    def of_board(row: ShelfRow) -> str:
        return url_for("retailer_shelves.edit_shelf", slug=slug, code=code, number=row.number)

    if not may_edit:
        return Links(picked=picked)
    return Links(of_box, of_board, picked, may_move=True)


@dataclass(frozen=True)
class Line:
    """A line of the table beside the picture, and of the exported lists."""

    placed: PlacedRow
    label: ProductLabel
    position: int


def table_of(wall: Wall, labels: dict[int, ProductLabel]) -> list[Line]:
    """Return what stands in the fixture, by shelf and place."""
    return [Line(row, labels[row.sheet_id], place) for row, place in numbered(wall.placed)]


def numbered(placed: Sequence[PlacedRow]) -> Iterator[tuple[PlacedRow, int]]:
    """Yield each placement with its place on its shelf, counted from the left."""
    for _shelf, rows in groupby(placed, key=lambda row: row.shelf_id):
        for place, row in enumerate(rows, 1):
            yield row, place


def _kinds(labels: dict[int, ProductLabel]) -> list[tuple[str, str]]:
    """Return the colour and the name of each kind of goods in the picture."""
    seen = sorted({label.category for label in labels.values()})
    return [(COLOURS[kind], str(GOODS[kind])) for kind in seen]
