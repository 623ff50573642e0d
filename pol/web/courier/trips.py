"""The courier's day: which trips, where to call, which doors, how much cash."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import Length

from pol.delivery import queries as delivery
from pol.delivery import services as trips
from pol.delivery.queries import TripRow
from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.kernel.money import total
from pol.orders.queries import courier as load
from pol.orders.queries import refunds
from pol.orders.services import rounds
from pol.web import status_words
from pol.web.access import courier_only, me, my_id
from pol.web.change import change
from pol.web.forms.base import Needed, PolForm
from pol.web.language import gettext as _
from pol.web.language import lazy_gettext as _l

bp = Blueprint("courier_trips", __name__, url_prefix="/kurir")


class FailureForm(PolForm):
    """Why goods come back."""

    reason = StringField(
        _l("Alasan gagal"),
        [Needed(_l("Tulis alasannya dulu, misalnya: rumah kosong.")), Length(max=200)],
    )


@bp.get("")
@courier_only
def today() -> ResponseReturnValue:
    day = business_day(clock.now())
    rows = delivery.list_trips_of_courier(
        courier_id=my_id(), market_ids=me().courier_market_ids, on_day=day
    )
    parcels = load.list_parcels(trip_ids=[row.id for row in rows])
    carried = refunds.list_carried(my_id())
    return render_template(
        "courier/today.html",
        day=day,
        carried=carried,
        carried_sum=total(row.amount for row in carried),
        trips=[
            (row, load.by_door(parcels.get(row.id, [])), load.by_stall(parcels.get(row.id, [])))
            for row in rows
        ],
    )


@bp.get("/jalan/<number>")
@courier_only
def show(number: str) -> ResponseReturnValue:
    return _page(number, FailureForm(formdata=None))


def _page(number: str, failure: FailureForm, failed_door: str | None = None) -> str:
    trip = _trip(number)
    parcels = load.list_parcels(trip_ids=[trip.id]).get(trip.id, [])
    doors = load.by_door(parcels)
    carried = [row for row in refunds.list_carried(my_id()) if row.market_id == trip.market_id]
    return render_template(
        "courier/trip.html",
        trip=trip,
        carried=carried,
        carried_sum=total(row.amount for row in carried),
        calls=load.by_stall(parcels),
        doors=doors,
        in_hand=sum(len(door.in_hand) for door in doors),
        packed=sum(parcel.status == "ready" for parcel in parcels),
        cash=total(door.cash_to_collect for door in doors),
        failure=failure,
        failed_door=failed_door,
        status_words=status_words,
    )


def _trip(number: str) -> TripRow:
    return delivery.get_trip_of_courier(
        number=number, courier_id=my_id(), market_ids=me().courier_market_ids
    )


def _back(number: str) -> ResponseReturnValue:
    return redirect(url_for(".show", number=number), 303)


@bp.post("/jalan/<number>/mulai")
@courier_only
def start(number: str) -> ResponseReturnValue:
    with change(done=_("Jalan dimulai. Hati-hati di jalan.")):
        trip = delivery.lock_trip_of_courier(
            number=number, courier_id=my_id(), market_ids=me().courier_market_ids
        )
        trips.start_trip(trip=trip, courier_id=my_id(), now=clock.now())
    return _back(number)


@bp.post("/jalan/<number>/bawa")
@courier_only
def take(number: str) -> ResponseReturnValue:
    with change(done=_("Pesanan yang siap sudah Anda bawa.")):
        rounds.take_packed(trip_id=_trip(number).id, courier_id=my_id(), now=clock.now())
    return _back(number)


@bp.post("/jalan/<number>/<door>/diterima")
@courier_only
def hand_over(number: str, door: str) -> ResponseReturnValue:
    with change(done=_("Sudah diterima pembeli.")):
        orders = load.lock_stop(trip_id=_trip(number).id, group_number=door)
        chosen = request.form.getlist("order")
        rounds.hand_over(orders=orders, numbers=chosen, courier_id=my_id(), now=clock.now())
    return _back(number)


@bp.post("/jalan/<number>/<door>/gagal")
@courier_only
def fail(number: str, door: str) -> ResponseReturnValue:
    form = FailureForm()
    if not form.validate():
        return _page(number, form, failed_door=door), 422
    with change(done=_("Dicatat gagal. Bawa barangnya kembali ke lapak.")):
        orders = load.lock_stop(trip_id=_trip(number).id, group_number=door)
        rounds.bring_back(
            orders=orders,
            numbers=request.form.getlist("order"),
            courier_id=my_id(),
            reason=form.reason.data or "",
            now=clock.now(),
        )
    return _back(number)


@bp.post("/jalan/<number>/selesai")
@courier_only
def finish(number: str) -> ResponseReturnValue:
    with change(done=_("Jalan selesai. Setorkan uangnya ke petugas pasar.")):
        trip = delivery.lock_trip_of_courier(
            number=number, courier_id=my_id(), market_ids=me().courier_market_ids
        )
        left = load.count_loaded(trip_id=trip.id)
        trips.finish_trip(trip=trip, courier_id=my_id(), still_loaded=left, now=clock.now())
    return redirect(url_for(".today"), 303)
