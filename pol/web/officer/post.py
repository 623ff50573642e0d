"""The market post: goods that customers fetch themselves."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.orders.queries import locks, officer
from pol.orders.rules.life import ActorKind
from pol.orders.services import life
from pol.web.access import me, my_id, officer_only
from pol.web.change import change
from pol.web.language import gettext as _

bp = Blueprint("officer_post", __name__, url_prefix="/petugas/pos")


@bp.get("")
@officer_only
def show() -> ResponseReturnValue:
    return render_template(
        "officer/post.html", rows=officer.list_at_post(market_ids=me().market_ids)
    )


@bp.post("/<number>/serahkan")
@officer_only
def hand_over(number: str) -> ResponseReturnValue:
    with change(done=_("Pesanan sudah diserahkan ke pembeli.")):
        order = locks.lock_order_of_officer(number=number, market_ids=me().market_ids)
        life.hand_to_customer(order=order, by=ActorKind.OFFICER, actor_id=my_id(), now=clock.now())
    return redirect(url_for(".show"), 303)
