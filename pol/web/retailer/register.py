"""Registering a retail business."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pol.identity.queries import people
from pol.kernel import clock
from pol.partnership.slots.services import retailers
from pol.web.access import login_only, me, my_id
from pol.web.change import change
from pol.web.forms.store import FIELD_OF, RetailerForm
from pol.web.language import gettext as _

bp = Blueprint("retailer_register", __name__, url_prefix="/peritel/daftar")


@bp.get("")
@login_only
def show() -> ResponseReturnValue:
    person = people.find_user(my_id())
    form = RetailerForm(formdata=None, data={"phone": person.phone if person else None})
    return _page(form)


@bp.post("")
@login_only
def create() -> ResponseReturnValue:
    form = RetailerForm()
    if form.validate():
        with change(done=_("Usaha terdaftar. Sekarang tambahkan toko pertama."), tell=False) as out:
            retailers.register_retailer(
                name=form.name.data or "",
                nib=form.nib.data or "",
                phone=form.phone.data,
                owner_id=my_id(),
                now=clock.now(),
            )
        if out.refusal is None:
            return redirect(url_for("retailer_stores.index"), HTTPStatus.SEE_OTHER)
        form.blame(out.refusal, FIELD_OF.get(type(out.refusal)))
    return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY


def _page(form: RetailerForm) -> str:
    return render_template("retailer/stores/register.html", form=form, seat=me().retail_seat)
