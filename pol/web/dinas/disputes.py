"""Mediation files: what both sides say about lines of a bill, and what the Dinas rules."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.kernel.money import ZERO
from pol.partnership.settlement.queries import bills, disputes, dossier
from pol.partnership.settlement.queries.bill_lines import list_lines
from pol.partnership.settlement.rules import DisputeStatus
from pol.partnership.settlement.services import disputing
from pol.web.access import dinas_only, my_id
from pol.web.change import change
from pol.web.forms.bills import FIELD_OF, RulingForm
from pol.web.language import gettext as _
from pol.web.records import record_of

bp = Blueprint("dinas_disputes", __name__, url_prefix="/dinas/sengketa")


@bp.get("")
@dinas_only
def index() -> ResponseReturnValue:
    asked = request.args
    return render_template(
        "dinas/disputes/index.html",
        waiting=disputes.list_disputes(
            status=DisputeStatus.MEDIATION, cursor=asked.get("menunggu")
        ),
        open_ones=disputes.list_disputes(
            status=DisputeStatus.OPEN, cursor=asked.get("dibicarakan")
        ),
        settled=disputes.list_disputes(
            status=DisputeStatus.SETTLED, newest=True, cursor=asked.get("selesai")
        ),
    )


@bp.get("/<number>")
@dinas_only
def show(number: str) -> ResponseReturnValue:
    return _page(number, RulingForm(formdata=None))


def _page(number: str, form: RulingForm) -> str:
    dispute = disputes.get_dispute(number)
    bill = bills.get_bill(bills.of_dispute(number), dispute.bill_number)
    bill_lines = list_lines(bill_id=bill.id)
    return render_template(
        "dinas/disputes/show.html",
        dispute=dispute,
        bill=bill,
        bill_lines=bill_lines,
        disputed=[line for line in bill_lines if line.dispute_id == dispute.id],
        goods=dossier.list_goods(dispute_id=dispute.id),
        terms=dossier.list_terms(dispute_id=dispute.id),
        delivered=dossier.list_delivered(dispute_id=dispute.id, bill=bill),
        counted=dossier.list_counted(dispute_id=dispute.id, from_on=bill.from_on),
        today=business_day(clock.now()),
        lines=disputes.list_disputed(dispute_id=dispute.id),
        steps=disputes.list_steps(dispute_ids=[dispute.id])[dispute.id],
        record=record_of(number),
        form=form,
    )


@bp.post("/<number>")
@dinas_only
def rule(number: str) -> ResponseReturnValue:
    disputes.get_dispute(number)
    form = RulingForm()
    if not form.validate():
        return _page(number, form), 422
    with change(done=_("Keputusan tercatat, kedua pihak diberi tahu."), tell=False) as outcome:
        bill, dispute = disputes.lock_bill_and_dispute(number)
        disputing.settle_dispute(
            bill=bill,
            dispute=dispute,
            awarded=form.awarded.data or ZERO,
            words=form.words.data or "",
            actor_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.blame(outcome.refusal, FIELD_OF.get(type(outcome.refusal)))
        return _page(number, form), 409
    return redirect(url_for(".show", number=number), 303)
