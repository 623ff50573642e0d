"""Tills that send their sales themselves: the keys of a store, made and stopped."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.partnership.consignment.queries import till_keys as queries
from pol.partnership.consignment.queries.sales import list_codes
from pol.partnership.consignment.queries.stores import StoreRow, get_store
from pol.partnership.consignment.services import till_keys
from pol.web.access import my_id, retailer_only
from pol.web.addresses import public_address
from pol.web.change import change
from pol.web.forms.till_keys import TillKeyForm
from pol.web.language import gettext as _
from pol.web.retailer.reach import my_reach

bp = Blueprint("retailer_till_keys", __name__, url_prefix="/peritel/toko/<slug>/kasir")
ANY_CODE = "8991234567890"
EXAMPLE = """curl %(door)s \\
  -H "Authorization: Bearer pol_…" \\
  -H "Content-Type: application/json" \\
  -d '{"sales": [{
    "receipt": "A-1021",
    "day": "%(day)s",
    "code": "%(code)s",
    "quantity": 2,
    "price": 15000
  }]}'"""
"""What whoever sets up a till can try at once, with a code of the store."""


@bp.get("")
@retailer_only
def show(slug: str) -> ResponseReturnValue:
    return _page(get_store(my_reach(), slug=slug), TillKeyForm(formdata=None))


def _page(store: StoreRow, form: TillKeyForm) -> str:
    return render_template(
        "retailer/till_keys/index.html",
        store=store,
        form=form,
        keys=queries.list_keys(store_id=store.id),
        example=EXAMPLE
        % {
            "door": public_address(url_for("api_v1_sales.take")),
            "day": business_day(clock.now()),
            "code": min(list_codes(store_id=store.id), default=ANY_CODE),
        },
    )


@bp.post("")
@retailer_only
def make(slug: str) -> ResponseReturnValue:
    store, form = get_store(my_reach(), slug=slug), TillKeyForm()
    if not form.validate():
        return _page(store, form), HTTPStatus.UNPROCESSABLE_ENTITY
    with change(tell=False) as outcome:
        made, text = till_keys.make(
            store_id=store.id, label=str(form.label.data), actor_id=my_id(), now=clock.now()
        )
    if outcome.refusal:
        form.blame(outcome.refusal, "label")
        return _page(store, form), HTTPStatus.CONFLICT
    return render_template("retailer/till_keys/made.html", store=store, made=made, text=text)


@bp.post("/<int:key_id>/hentikan")
@retailer_only
def stop(slug: str, key_id: int) -> ResponseReturnValue:
    with change(done=_("Kunci dihentikan. Kasir itu tidak bisa mengirim lagi.")):
        till_keys.stop(
            key=queries.lock_key(key_id=key_id, slug=slug, reach=my_reach()),
            actor_id=my_id(),
            now=clock.now(),
        )
    return redirect(url_for(".show", slug=slug), HTTPStatus.SEE_OTHER)
