"""Who works for the retailer."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.partnership.slots.queries import stores
from pol.partnership.slots.rules import RetailSeat
from pol.partnership.slots.services import retailers
from pol.web.access import my_id, my_retail_seat, retailer_only
from pol.web.change import change
from pol.web.forms.store import SEATS, ColleagueForm
from pol.web.language import gettext as _

bp = Blueprint("retailer_members", __name__, url_prefix="/peritel/orang")


@bp.get("")
@retailer_only
def index() -> ResponseReturnValue:
    return _page(ColleagueForm(formdata=None))


@bp.post("")
@retailer_only
def add() -> ResponseReturnValue:
    form = ColleagueForm()
    form.offer(stores.list_store_choices(retailer_id=my_retail_seat().retailer_id))
    if form.validate():
        with change(done=_("Rekan ditambahkan."), tell=False) as outcome:
            retailers.add_colleague(
                retailer_id=my_retail_seat().retailer_id,
                phone=form.phone.data,
                seat=RetailSeat(form.seat.data),
                store_id=int(form.store.data) if form.store.data else None,
                actor_id=my_id(),
                now=clock.now(),
            )
        if outcome.refusal is None:
            return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)
        form.blame_rule(outcome.refusal)
    return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY


@bp.post("/<int:user_id>/keluarkan")
@retailer_only
def remove(user_id: int) -> ResponseReturnValue:
    with change(done=_("Rekan dikeluarkan.")):
        retailers.remove_colleague(
            retailer_id=my_retail_seat().retailer_id,
            user_id=user_id,
            actor_id=my_id(),
            now=clock.now(),
        )
    return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)


def _page(form: ColleagueForm) -> str:
    seat = my_retail_seat()
    form.offer(stores.list_store_choices(retailer_id=seat.retailer_id))
    return render_template(
        "retailer/stores/members.html",
        form=form,
        seats=SEATS,
        members=stores.list_colleagues(retailer_id=seat.retailer_id),
        retailer=stores.get_retailer(retailer_id=seat.retailer_id),
        is_owner=seat.seat is RetailSeat.OWNER,
    )
