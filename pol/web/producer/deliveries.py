"""A producer brings goods: a delivery note in a minute, with a code for the clerk's phone."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.errors import NotFound
from pol.kernel.localtime import business_day
from pol.partnership.consignment.queries import deliveries as queries
from pol.partnership.consignment.queries.terms import PlaceRow, list_places, list_places_of_stall
from pol.partnership.consignment.rules.delivery import batch_code
from pol.partnership.consignment.services import deliveries
from pol.partnership.consignment.services.recalling import call_off_on_the_way
from pol.web.access import my_id, my_seat, trader_only
from pol.web.change import change
from pol.web.forms.goods import DeliveryForm, delivery_form
from pol.web.language import gettext as _
from pol.web.records import record_of

bp = Blueprint("producer_deliveries", __name__, url_prefix="/pedagang/rak/kirim")


@bp.get("")
@trader_only
def index() -> ResponseReturnValue:
    stall_id = my_seat().stall_id
    places = list_places_of_stall(stall_id=stall_id, day=business_day(clock.now()))
    stores: dict[str, list[PlaceRow]] = {}
    for place in places:
        stores.setdefault(place.store_slug, []).append(place)
    return render_template(
        "producer/deliveries/index.html",
        stores=list(stores.values()),
        notes=queries.list_notes_of_stall(stall_id=stall_id, cursor=request.args.get("sesudah")),
    )


@bp.get("/ke/<slug>")
@trader_only
def new(slug: str) -> ResponseReturnValue:
    return _page(slug)


def _places(slug: str) -> list[PlaceRow]:
    day = business_day(clock.now())
    places = list_places(stall_id=my_seat().stall_id, store_slug=slug, day=day)
    if not places:
        raise NotFound
    return places


def _page(slug: str, form: DeliveryForm | None = None) -> str:
    places, today = _places(slug), business_day(clock.now())
    if form is None:
        taken = queries.list_batch_codes(stall_id=my_seat().stall_id, day=today)
        form = delivery_form(places, today=today, code=batch_code(today, taken))
    return render_template("producer/deliveries/new.html", places=places, form=form)


@bp.post("/ke/<slug>")
@trader_only
def prepare(slug: str) -> ResponseReturnValue:
    places, now, number = _places(slug), clock.now(), ""
    form = delivery_form(places, today=business_day(now), code="", sent=True)
    if not form.validate():
        return _page(slug, form), HTTPStatus.UNPROCESSABLE_ENTITY
    with change(done=_("Surat jalan siap. Tekan Berangkat saat barangnya dibawa."),
                tell=False) as outcome:  # fmt: skip
        number = deliveries.prepare_delivery(
            stall_id=my_seat().stall_id,
            store_slug=slug,
            loads=form.loads(places),
            key=form.key.data or "",
            note=form.note.data or "",
            actor_id=my_id(),
            now=now,
        ).number
    if outcome.refusal:
        form.blame_place(outcome.refusal, places)
        return _page(slug, form), HTTPStatus.CONFLICT
    return redirect(url_for(".show", number=number), HTTPStatus.SEE_OTHER)


@bp.get("/<number>")
@trader_only
def show(number: str) -> ResponseReturnValue:
    note = queries.get_note_of_stall(number=number, stall_id=my_seat().stall_id)
    record = record_of(number)
    return render_template("producer/deliveries/show.html", note=note, record=record)


@bp.post("/<number>/berangkat")
@trader_only
def send(number: str) -> ResponseReturnValue:
    with change(done=_("Selamat jalan. Toko sudah dikabari; tunjukkan QR ini di toko.")):
        note = queries.lock_note_of_stall(number=number, stall_id=my_seat().stall_id)
        deliveries.send_delivery(note=note, actor_id=my_id(), now=clock.now())
    return redirect(url_for(".show", number=number), HTTPStatus.SEE_OTHER)


@bp.post("/<number>/batal")
@trader_only
def drop(number: str) -> ResponseReturnValue:
    with change(done=_("Surat jalan dibatalkan.")):
        note = queries.lock_note_of_stall(number=number, stall_id=my_seat().stall_id)
        deliveries.drop_delivery(note=note, actor_id=my_id(), now=clock.now())
    return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)


@bp.post("/<number>/tidak-jadi-ditarik")
@trader_only
def undo_recall(number: str) -> ResponseReturnValue:
    with change(done=_("Penarikan dibatalkan. Toko boleh menerima dan menjualnya.")):
        note = queries.lock_note_of_stall(number=number, stall_id=my_seat().stall_id)
        call_off_on_the_way(note=note, actor_id=my_id(), now=clock.now())
    return redirect(url_for(".show", number=number), HTTPStatus.SEE_OTHER)
