"""Finding an order group again by its number and the phone it was ordered with."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import Length

from pol.identity.services import doors
from pol.identity.services.doors import Door
from pol.orders.queries import customer
from pol.orders.rules.checkout import GroupUnknown
from pol.web.access import open_to_all
from pol.web.account.knocking import TOO_MANY, may_try, my_try
from pol.web.change import change
from pol.web.forms.base import Needed, PhoneField, PolForm
from pol.web.guest import guest_key
from pol.web.language import lazy_gettext as _l

bp = Blueprint("customer_track", __name__, url_prefix="/lacak")


class TrackForm(PolForm):
    """What only the customer knows: the number and the phone."""

    number = StringField(
        _l("Nomor belanjaan"), [Needed(_l("Isi nomor belanjaan.")), Length(max=20)]
    )
    phone = PhoneField(_l("Nomor HP"), [Needed(_l("Isi nomor HP yang dipakai memesan."))])


def _page(form: TrackForm) -> str:
    return render_template("customer/track/show.html", form=form)


@bp.get("")
@open_to_all
def show() -> ResponseReturnValue:
    return _page(TrackForm(formdata=None))


@bp.post("")
@open_to_all
def find() -> ResponseReturnValue:
    form = TrackForm()
    if not form.validate():
        return _page(form), 422
    attempt = my_try(Door.ORDER, form.phone.data)
    if not may_try(attempt, form):
        return _page(form), TOO_MANY
    number = customer.find_group_of_guest(number=form.number.data or "", phone=attempt.account)
    with change():
        if number:
            doors.forgive(attempt)
        else:
            doors.note_failure(attempt)
    if number is None:
        form.blame(GroupUnknown(), "number")
        return _page(form), 422
    return redirect(url_for("customer_group.show", number=number, kunci=guest_key(number)), 303)
