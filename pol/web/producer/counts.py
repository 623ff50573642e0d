"""What a store has counted of a producer's goods, to agree to or to dispute."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.partnership.consignment.queries import counts
from pol.partnership.consignment.rules.counting import ANSWER_WITHIN
from pol.partnership.consignment.services import counts as counting
from pol.web.access import my_id, my_seat, trader_only
from pol.web.change import change
from pol.web.language import gettext as _
from pol.web.records import record_of

bp = Blueprint("producer_counts", __name__, url_prefix="/pedagang/rak/opname")


@bp.get("/<number>")
@trader_only
def show(number: str) -> ResponseReturnValue:
    count = counts.get_count_of_stall(number=number, stall_id=my_seat().stall_id)
    assert count.counted_at is not None
    return render_template(
        "producer/counts/show.html",
        count=count,
        until=count.counted_at + ANSWER_WITHIN,
        record=record_of(number),
    )


@bp.post("/<number>/setuju")
@trader_only
def agree(number: str) -> ResponseReturnValue:
    stall_id = my_seat().stall_id
    with change(done=_("Terima kasih. Selisihnya dicatat sesuai perjanjian.")):
        count = counts.lock_count_of_stall(number=number, stall_id=stall_id)
        counting.agree(count=count, stall_id=stall_id, actor_id=my_id(), now=clock.now())
    return redirect(url_for(".show", number=number), HTTPStatus.SEE_OTHER)


@bp.post("/<number>/bantah")
@trader_only
def dispute(number: str) -> ResponseReturnValue:
    stall_id, reason = my_seat().stall_id, request.form.get("reason", "")[:200]
    with change(done=_("Bantahan tercatat. Toko diminta menghitung ulang.")):
        count = counts.lock_count_of_stall(number=number, stall_id=stall_id)
        counting.dispute(
            count=count, stall_id=stall_id, reason=reason, actor_id=my_id(), now=clock.now()
        )
    return redirect(url_for(".show", number=number), HTTPStatus.SEE_OTHER)
