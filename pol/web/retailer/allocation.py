"""Who gets which place: asked of the computer, looked through, changed by hand, decided."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from pol.kernel import clock
from pol.kernel.errors import NotFound, Refused
from pol.partnership.allocation.queries import runs as queries
from pol.partnership.allocation.queries.edits import list_edits
from pol.partnership.allocation.queries.input import count_passed, list_offered_parts, shelf_of
from pol.partnership.allocation.queries.runs import PlaceRow
from pol.partnership.allocation.rules.runs import EDITABLE, GOING, gap_ppm
from pol.partnership.allocation.rules.statuses import RunStatus
from pol.partnership.allocation.services import editing, runs
from pol.partnership.allocation.services.editing import Move, Preview
from pol.partnership.slots.queries import calls
from pol.web.access import my_id, my_retail_seat, retailer_only
from pol.web.allocation_words import say_edit
from pol.web.change import change
from pol.web.forms.allocation import FIELD_OF, OUT, AskForm, MoveForm
from pol.web.language import gettext as _
from pol.web.records import record_of
from pol.web.retailer.allocation_pictures import Held, fixture_with, fixtures_of

if TYPE_CHECKING:
    from pol.partnership.allocation.models import AllocationRun
    from pol.partnership.slots.models import SlotCall

bp = Blueprint("retailer_allocation", __name__, url_prefix="/peritel/slot/<number>/penetapan")
WRONG = 422
LOOK_AGAIN_SECONDS = "3"


@dataclass(frozen=True)
class Spot:
    """What a change by hand is about: a product of a run, in one store."""

    number: str
    run_number: str
    application: str
    store_id: int


def _call(number: str) -> "SlotCall":
    retailer_id = my_retail_seat().retailer_id
    return calls.get_call_of_retailer(retailer_id=retailer_id, number=number).call


@bp.get("")
@retailer_only
def index(number: str) -> ResponseReturnValue:
    return _index(number, AskForm(formdata=None))


def _index(number: str, form: AskForm) -> str:
    call = _call(number)
    found = queries.list_runs(call_id=call.id)
    return render_template(
        "retailer/allocation/index.html",
        call=call,
        runs=found,
        passed=count_passed(call_id=call.id),
        form=form,
        gap=gap_ppm,
    )


@bp.post("")
@retailer_only
def ask(number: str) -> ResponseReturnValue:
    form = AskForm()
    _call(number)
    if not form.validate():
        return _index(number, form), WRONG
    made: list[AllocationRun] = []
    with change(tell=False) as outcome:
        call = calls.lock_call_of_retailer(retailer_id=my_retail_seat().retailer_id, number=number)
        run = runs.ask_run(call=call, seconds=form.seconds.data, actor_id=my_id(), now=clock.now())
        made.append(run)
    if outcome.refusal:
        form.blame(outcome.refusal)
        return _index(number, form), 409
    (run,) = made
    flash(_begun() if run.status in GOING else _same_again(run.number), "good")
    return redirect(url_for(".show", number=number, run_number=run.number), 303)


def _begun() -> str:
    return _("Mulai dihitung. Halaman ini boleh ditinggal.")


def _same_again(run_number: str) -> str:
    return _(
        "Masukannya belum berubah sejak %(number)s, dan masukan yang sama selalu memberi hasil "
        "yang sama. Ini hasilnya.",
        number=run_number,
    )


@bp.get("/<run_number>")
@retailer_only
def show(number: str, run_number: str) -> ResponseReturnValue:
    call = _call(number)
    run = queries.get_run(call_id=call.id, number=run_number)
    places = queries.list_places(run_id=run.id)
    going = run.status in GOING
    page = render_template(
        "retailer/allocation/show.html",
        call=call,
        run=run,
        going=going,
        gap=gap_ppm(objective=run.objective or 0, bound=run.bound or 0),
        places=places,
        may_edit=run.status in EDITABLE,
        **_map(places, run, number),
        refusals=queries.list_refusals(run_id=run.id),
        edits=list_edits(run_id=run.id),
        say=say_edit,
    )
    return (page, {"Refresh": LOOK_AGAIN_SECONDS}) if going else page


def _map(places: list[PlaceRow], run: "AllocationRun", number: str) -> dict[str, object]:
    """Return the stores that get something, and the fixtures of the one asked for as pictures."""
    stores = {place.store_id: place.store_name for place in places}
    asked = request.args.get("toko", type=int)
    store_id = asked if asked in stores else next(iter(stores), None)
    if store_id is None:
        return {"stores": {}, "store_id": None, "pictures": []}

    def href(place: PlaceRow) -> str | None:
        if run.status not in EDITABLE:
            return None
        return url_for(
            ".edit",
            number=number,
            run_number=run.number,
            application=place.application_number,
            store_id=place.store_id,
        )

    pictures = fixtures_of(places, list_offered_parts(run), store_id=store_id, href=href)
    return {"stores": stores, "store_id": store_id, "pictures": pictures}


@bp.get("/<run_number>/ubah/<application>/<int:store_id>")
@retailer_only
def edit(number: str, run_number: str, application: str, store_id: int) -> ResponseReturnValue:
    spot = Spot(number, run_number, application, store_id)
    return _edit(spot, MoveForm(formdata=None))


def _edit(spot: Spot, form: MoveForm, seen: Preview | None = None) -> str:
    call = _call(spot.number)
    run = queries.get_run(call_id=call.id, number=spot.run_number)
    wish, names, boards = _wish(run.instance, spot)
    places = queries.list_places(run_id=run.id)
    place = _now(places, spot)
    form.shelf.choices = [
        *((str(shelf_of(code)), names.get(code, code)) for code in boards),
        (OUT, _("Tidak ditempatkan di toko ini")),
    ]
    if place and not form.shelf.data:
        form.shelf.data = str(place.shelf_id)
        form.x.data, form.facings.data = place.x_mm, place.facings
    return render_template(
        "retailer/allocation/edit.html",
        call=call,
        run=run,
        wish=wish,
        spot=spot,
        name=place.sheet_name if place else _name(run.id, spot),
        store_name=names.get(str(spot.store_id), ""),
        picture=_picture(run, places, place, form),
        form=form,
        seen=seen,
    )


def _name(run_id: int, spot: Spot) -> str:
    """Return the name of a product that has no place."""
    refused = queries.list_refusals(run_id=run_id)
    named = (row.sheet_name for row in refused if row.application_number == spot.application)
    return next(named, spot.application)


def _picture(
    run: "AllocationRun", places: list[PlaceRow], place: PlaceRow | None, form: MoveForm
) -> tuple[str, Markup] | None:
    """Return the fixture with the product where the form says, as far as the form can be read."""
    if place is None or form.shelf.data == OUT:
        return None
    held = Held(
        application=place.application_number,
        shelf_id=int(form.shelf.data) if (form.shelf.data or "").isdigit() else place.shelf_id,
        x_mm=place.x_mm if form.x.data is None else form.x.data,
        facings=form.facings.data or place.facings,
    )
    return fixture_with(places, list_offered_parts(run), held, place)


def _wish(instance: str, spot: Spot) -> tuple[dict[str, object], dict[str, str], list[str]]:
    """Return what was applied for, the names of shelves, and the shelves of this store."""
    application, store = spot.application, str(spot.store_id)
    given = json.loads(instance)
    wish = next((one for one in given["applications"] if one["id"] == application), None)
    if wish is None or store not in wish["stores"]:
        raise NotFound
    boards = [shelf["id"] for shelf in given["shelves"] if shelf["store"] == store]
    return wish, given.get("names", {}), boards


def _now(places: list[PlaceRow], spot: Spot) -> PlaceRow | None:
    return next(
        (
            place
            for place in places
            if place.application_number == spot.application and place.store_id == spot.store_id
        ),
        None,
    )


@bp.post("/<run_number>/ubah/<application>/<int:store_id>")
@retailer_only
def save_edit(number: str, run_number: str, application: str, store_id: int) -> ResponseReturnValue:
    spot, form = Spot(number, run_number, application, store_id), MoveForm()
    call = _call(number)
    run = queries.get_run(call_id=call.id, number=run_number)
    boards = _wish(run.instance, spot)[2]
    form.shelf.choices = [*((str(shelf_of(code)), code) for code in boards), (OUT, OUT)]
    if not form.validate():
        return _edit(spot, form), WRONG
    if "lihat" in request.form:
        return _preview(spot, form)
    with change(done=_("Perubahan tersimpan bersama biayanya."), tell=False) as outcome:
        editing.apply_move(
            run=queries.lock_run(call_id=call.id, number=run_number),
            move=_move(spot, form),
            reason=form.reason.data or "",
            actor_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.blame(outcome.refusal, FIELD_OF.get(type(outcome.refusal)))
        return _edit(spot, form), 409
    return redirect(url_for(".show", number=number, run_number=run_number), 303)


def _preview(spot: Spot, form: MoveForm) -> ResponseReturnValue:
    run = queries.get_run(call_id=_call(spot.number).id, number=spot.run_number)
    try:
        seen = editing.preview_move(run=run, move=_move(spot, form))
    except Refused as refusal:
        form.blame(refusal, FIELD_OF.get(type(refusal)))
        return _edit(spot, form), 409
    return _edit(spot, form, seen)


def _move(spot: Spot, form: MoveForm) -> Move:
    out = form.shelf.data == OUT
    return Move(
        application=spot.application,
        store_id=spot.store_id,
        shelf_id=None if out else int(form.shelf.data),
        x_mm=form.x.data or 0,
        facings=form.facings.data or 1,
    )


@bp.post("/<run_number>/periksa")
@retailer_only
def review(number: str, run_number: str) -> ResponseReturnValue:
    call = _call(number)
    with change(done=_("Tercatat sudah diperiksa. Sekarang bisa ditetapkan.")):
        run = queries.lock_run(call_id=call.id, number=run_number)
        runs.review_run(run=run, actor_id=my_id(), now=clock.now())
    return redirect(url_for(".show", number=number, run_number=run_number), 303)


@bp.post("/<run_number>/tetapkan")
@retailer_only
def fix(number: str, run_number: str) -> ResponseReturnValue:
    retailer_id = my_retail_seat().retailer_id
    _call(number)
    with change(done=_("Ditetapkan. Tawarannya sudah dikirim ke pemohon.")):
        call = calls.lock_call_of_retailer(retailer_id=retailer_id, number=number)
        run = queries.lock_run(call_id=call.id, number=run_number)
        runs.fix_run(run=run, call=call, actor_id=my_id(), now=clock.now())
    return redirect(url_for(".show", number=number, run_number=run_number), 303)


@bp.get("/<run_number>/berita-acara")
@retailer_only
def minutes(number: str, run_number: str) -> ResponseReturnValue:
    seat, call = my_retail_seat(), _call(number)
    run = queries.get_run(call_id=call.id, number=run_number)
    return show_minutes("retailer/allocation/minutes.html", call, run, retailer_name=seat.name)


def show_minutes(
    template: str, call: "SlotCall", run: "AllocationRun", *, retailer_name: str
) -> str:
    """Return the minutes of an allocation as a paper, for the retailer and for the Dinas."""
    is_fixed = run.status is RunStatus.FIXED
    return render_template(
        template,
        retailer_name=retailer_name,
        call=call,
        run=run,
        gap=gap_ppm(objective=run.objective or 0, bound=run.bound or 0),
        places=queries.list_places(run_id=run.id),
        refusals=queries.list_refusals(run_id=run.id),
        edits=list_edits(run_id=run.id),
        say=say_edit,
        fixer=queries.find_fixer(run),
        paper_number=run.number if is_fixed else None,
        record=record_of(run.number) if is_fixed else None,
    )
