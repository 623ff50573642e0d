"""Fixtures and shelves of a store, by plain form."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.partnership.applications.queries.labels import list_labels
from pol.partnership.slots.queries import shelves as queries
from pol.partnership.slots.queries.planogram import list_placed
from pol.partnership.slots.queries.stores import StoreView, get_store_of_retailer
from pol.partnership.slots.rules import FixtureStatus
from pol.partnership.slots.services import shelves
from pol.web.access import my_id, my_retail_seat, retailer_only
from pol.web.change import change
from pol.web.forms.shelf import (
    FixtureForm,
    FixtureStatusForm,
    NewFixtureForm,
    RemoveForm,
    ShelfChangeForm,
    ShelfForm,
)
from pol.web.goods_words import GOODS
from pol.web.language import gettext as _
from pol.web.planogram import Links, picture_of, svg
from pol.web.retailer.shelf_words import FIXTURE_STATUSES

bp = Blueprint("retailer_shelves", __name__, url_prefix="/peritel/toko/<slug>/rak")
WRONG = HTTPStatus.UNPROCESSABLE_ENTITY


@bp.get("/baru")
@retailer_only
def new(slug: str) -> ResponseReturnValue:
    return _fixture_page(_store(slug), NewFixtureForm(formdata=None))


@bp.post("/baru")
@retailer_only
def create(slug: str) -> ResponseReturnValue:
    store, form = _store(slug), NewFixtureForm()
    if form.validate():
        with change(done=_("Rak dibuat. Beginilah gambarnya."), tell=False) as outcome:
            fixture = shelves.add_fixture(
                store_id=store.store_id,
                facts=form.facts(),
                shelves=form.shelves.data,
                load_g=form.load.data,
                actor_id=my_id(),
                now=clock.now(),
            )
        if outcome.refusal is None:
            return _to_fixture(slug, fixture.code)
        form.blame_rule(outcome.refusal)
    return _fixture_page(store, form), WRONG


@bp.get("/<code>")
@retailer_only
def show(slug: str, code: str) -> ResponseReturnValue:
    return _page(_store(slug), code)


@bp.get("/<code>/ubah")
@retailer_only
def edit(slug: str, code: str) -> ResponseReturnValue:
    store = _store(slug)
    row = queries.get_fixture(store_id=store.store_id, code=code)
    return _fixture_page(store, FixtureForm.of(row), code)


@bp.post("/<code>/ubah")
@retailer_only
def save(slug: str, code: str) -> ResponseReturnValue:
    store, form = _store(slug), FixtureForm()
    queries.get_fixture(store_id=store.store_id, code=code)
    if form.validate():
        with change(done=_("Ukuran rak tersimpan."), tell=False) as outcome:
            shelves.update_fixture(
                fixture=queries.lock_fixture(store_id=store.store_id, code=code),
                facts=form.facts(),
                actor_id=my_id(),
                now=clock.now(),
            )
        if outcome.refusal is None:
            return _to_fixture(slug, code)
        form.blame_rule(outcome.refusal)
    return _fixture_page(store, form, code), WRONG


@bp.post("/<code>/keadaan")
@retailer_only
def set_status(slug: str, code: str) -> ResponseReturnValue:
    store, form = _store(slug), FixtureStatusForm()
    if form.validate():
        with change(done=_("Keadaan rak tersimpan."), tell=False) as outcome:
            shelves.set_fixture_status(
                fixture=queries.lock_fixture(store_id=store.store_id, code=code),
                status=FixtureStatus(form.status.data),
                from_on=form.from_on.data or business_day(clock.now()),
                until_on=form.until_on.data,
                reason=form.reason.data or "",
                actor_id=my_id(),
                now=clock.now(),
            )
        if outcome.refusal is None:
            return _to_fixture(slug, code)
        form.blame_rule(outcome.refusal)
    return _page(store, code, form), WRONG


@bp.get("/<code>/ambalan")
@retailer_only
def new_shelf(slug: str, code: str) -> ResponseReturnValue:
    store = _store(slug)
    fixture = queries.get_fixture(store_id=store.store_id, code=code)
    rows = queries.list_shelves(store_id=store.store_id, fixture_id=fixture.fixture_id)
    room = {"width": fixture.width_mm, "depth": fixture.depth_mm, "load": 30_000}
    if rows:
        room["bottom"] = rows[0].measures.top_mm + 20
    return _shelf_page(store, code, ShelfForm(formdata=None, data=room))


@bp.post("/<code>/ambalan")
@retailer_only
def add_shelf(slug: str, code: str) -> ResponseReturnValue:
    store, form = _store(slug), ShelfForm()
    queries.get_fixture(store_id=store.store_id, code=code)
    if form.validate():
        with change(done=_("Ambalan ditambahkan."), tell=False) as outcome:
            shelves.add_shelf(
                fixture=queries.lock_fixture(store_id=store.store_id, code=code),
                facts=form.facts(),
                actor_id=my_id(),
                now=clock.now(),
            )
        if outcome.refusal is None:
            return _to_fixture(slug, code)
        form.blame_rule(outcome.refusal)
    return _shelf_page(store, code, form), WRONG


@bp.get("/<code>/ambalan/<int:number>")
@retailer_only
def edit_shelf(slug: str, code: str, number: int) -> ResponseReturnValue:
    store = _store(slug)
    fixture = queries.get_fixture(store_id=store.store_id, code=code)
    row = queries.get_shelf(fixture_id=fixture.fixture_id, number=number)
    form = ShelfChangeForm.of(row, **_dragged(row))
    return _shelf_page(store, code, form, row=row)


@bp.post("/<code>/ambalan/<int:number>")
@retailer_only
def save_shelf(slug: str, code: str, number: int) -> ResponseReturnValue:
    store, form = _store(slug), ShelfChangeForm()
    row = _shelf(store, code, number)
    if form.validate():
        with change(done=_("Ambalan tersimpan sebagai versi baru."), tell=False) as outcome:
            shelves.change_shelf(
                fixture=queries.lock_fixture(store_id=store.store_id, code=code),
                shelf=queries.lock_shelf(fixture_id=row.fixture_id, number=number),
                facts=form.facts(),
                reason=form.reason.data or "",
                actor_id=my_id(),
                now=clock.now(),
            )
        if outcome.refusal is None:
            return _to_fixture(slug, code)
        form.blame_rule(outcome.refusal)
    return _shelf_page(store, code, form, row=row), WRONG


@bp.post("/<code>/ambalan/<int:number>/bongkar")
@retailer_only
def remove_shelf(slug: str, code: str, number: int) -> ResponseReturnValue:
    store, form = _store(slug), RemoveForm(prefix="bongkar-")
    row = _shelf(store, code, number)
    if form.validate():
        with change(done=_("Ambalan dibongkar. Riwayatnya tetap ada."), tell=False) as outcome:
            shelves.remove_shelf(
                fixture=queries.lock_fixture(store_id=store.store_id, code=code),
                shelf=queries.lock_shelf(fixture_id=row.fixture_id, number=number),
                reason=form.reason.data or "",
                actor_id=my_id(),
                now=clock.now(),
            )
        if outcome.refusal is None:
            return _to_fixture(slug, code)
        form.blame(outcome.refusal)
    return _shelf_page(store, code, ShelfChangeForm.of(row), row=row, removing=form), WRONG


def _dragged(row: queries.ShelfRow) -> dict[str, int]:
    """Return where a board was dragged, as the picture's script says; goods reach as high."""
    text = request.args.get("papan", "")
    if not text.isascii() or not text.isdigit() or len(text) > 4:
        return {}
    bottom = int(text)
    return {"bottom": bottom, "height": max(row.measures.top_mm - bottom, 1)}


def _store(slug: str) -> StoreView:
    return get_store_of_retailer(retailer_id=my_retail_seat().retailer_id, slug=slug)


def _shelf(store: StoreView, code: str, number: int) -> queries.ShelfRow:
    fixture = queries.get_fixture(store_id=store.store_id, code=code)
    return queries.get_shelf(fixture_id=fixture.fixture_id, number=number)


def _to_fixture(slug: str, code: str) -> ResponseReturnValue:
    return redirect(url_for(".show", slug=slug, code=code), HTTPStatus.SEE_OTHER)


def _fixture_page(store: StoreView, form: FixtureForm, code: str | None = None) -> str:
    return render_template("retailer/shelves/fixture.html", store=store, form=form, code=code)


def _page(store: StoreView, code: str, form: FixtureStatusForm | None = None) -> str:
    fixture = queries.get_fixture(store_id=store.store_id, code=code)
    today = business_day(clock.now())
    rows = queries.list_shelves(store_id=store.store_id, fixture_id=fixture.fixture_id)
    placed = list_placed(
        store_id=store.store_id, day=today, today=today, fixture_id=fixture.fixture_id
    )
    links = Links(
        of_board=lambda row: url_for(".edit_shelf", slug=store.slug, code=code, number=row.number)
    )
    labels = list_labels(sheet_ids={row.sheet_id for row in placed})
    return render_template(
        "retailer/shelves/show.html",
        store=store,
        fixture=fixture,
        status=FIXTURE_STATUSES[fixture.status],
        rows=rows,
        picture=svg(picture_of(fixture, rows, placed, labels, links=links)),
        goods=GOODS,
        form=form or FixtureStatusForm.of(fixture, today),
    )


def _shelf_page(
    store: StoreView,
    code: str,
    form: ShelfForm,
    *,
    row: queries.ShelfRow | None = None,
    removing: RemoveForm | None = None,
) -> str:
    return render_template(
        "retailer/shelves/shelf.html",
        store=store,
        fixture=queries.get_fixture(store_id=store.store_id, code=code),
        form=form,
        row=row,
        removing=removing or RemoveForm(formdata=None, prefix="bongkar-"),
        versions=queries.list_versions(shelf_id=row.shelf_id) if row else [],
    )
