"""Planning trips and giving them to couriers."""

from datetime import date, timedelta

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField

from pol.delivery import queries as delivery
from pol.delivery import services as trips
from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.orders.queries import officer
from pol.stalls.queries import own as stalls
from pol.web.access import me, my_id, officer_only
from pol.web.change import change
from pol.web.filters import menit, tanggal
from pol.web.forms.base import Needed, PolForm
from pol.web.language import gettext as _
from pol.web.language import lazy_gettext as _l

bp = Blueprint("officer_trips", __name__, url_prefix="/petugas/jalan")
DAYS_SHOWN = timedelta(days=7)


class PlanForm(PolForm):
    """Which slot of which day gets a trip; the value is market.slot.day."""

    slot = SelectField(_l("Jam antar"), [Needed(_l("Pilih jam antarnya dulu."))])


class CourierForm(PolForm):
    """Who drives."""

    courier = SelectField(_l("Kurir"), coerce=int, validate_choice=False)


@bp.get("")
@officer_only
def show() -> ResponseReturnValue:
    return _page(_plan_form(sent=False))


def _page(form: PlanForm) -> str:
    mine, today = me().market_ids, business_day(clock.now())
    rows = delivery.list_trips_of_markets(
        market_ids=mine, from_day=today, until_day=today + DAYS_SHOWN
    )
    return render_template(
        "officer/trips.html",
        trips=rows,
        parcels=officer.count_on_trips(trip_ids=[row.id for row in rows]),
        couriers=delivery.list_couriers(market_ids=mine),
        form=form,
    )


def _plan_form(*, sent: bool) -> PlanForm:
    form, mine = PlanForm() if sent else PlanForm(formdata=None), me().market_ids
    names = {row.market_id: row.name for row in stalls.list_market_choices()}
    offers = delivery.offer_slots_of(market_ids=mine, now=clock.now())
    form.slot.choices = [
        (
            f"{market_id}.{offer.slot_id}.{offer.on_day}",
            f"{names.get(market_id, '')}, {tanggal(offer.on_day)}, "
            f"{menit(offer.starts_minute)}–{menit(offer.ends_minute)}",
        )
        for market_id, own in sorted(offers.items())
        for offer in own
    ]
    return form


@bp.post("")
@officer_only
def plan() -> ResponseReturnValue:
    form = _plan_form(sent=True)
    if not form.validate():
        return _page(form), 422
    market_id, slot_id, day = form.slot.data.split(".")
    with change(done=_("Jalan dibuat. Pilih kurirnya.")):
        trips.plan_trip(
            market_id=int(market_id),
            slot_id=int(slot_id),
            on_day=date.fromisoformat(day),
            officer_id=my_id(),
            now=clock.now(),
        )
    return redirect(url_for(".show"), 303)


@bp.post("/<number>/kurir")
@officer_only
def assign(number: str) -> ResponseReturnValue:
    form = CourierForm()
    if not form.validate() or form.courier.data is None:
        flash(_("Pilih kurirnya dulu."), "bad")
        return redirect(url_for(".show"), 303)
    with change(done=_("Kurir dicatat.")):
        trip = delivery.lock_trip_of_markets(number=number, market_ids=me().market_ids)
        trips.assign_trip(
            trip=trip, courier_id=form.courier.data, officer_id=my_id(), now=clock.now()
        )
    return redirect(url_for(".show"), 303)
