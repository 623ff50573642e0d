"""Applications that wait for the Dinas: papers first, before a retailer spends time on them."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.partnership.applications.queries import applications, calls, details
from pol.partnership.applications.rules import ApplicationStatus
from pol.partnership.applications.rules.fit import find_fit
from pol.partnership.applications.rules.life import due_at
from pol.partnership.applications.services import screening
from pol.stalls.queries import own
from pol.web.access import dinas_only, my_id
from pol.web.change import change
from pol.web.forms.applications import ReasonForm, RepairForm
from pol.web.goods_words import GOODS
from pol.web.language import gettext as _
from pol.web.language import lazy_gettext as _l
from pol.web.producer.words import PERMITS, STATUSES, say

bp = Blueprint("dinas_screening", __name__, url_prefix="/dinas/pengajuan")
S = ApplicationStatus
WRONG = HTTPStatus.UNPROCESSABLE_ENTITY
TABS = {
    S.SUBMITTED: _l("Menunggu"),
    S.SCREENING: _l("Diperiksa"),
    S.REPAIR: _l("Dibenahi"),
    S.CURATION: _l("Di toko"),
    S.PASSED: _l("Lolos"),
    S.REFUSED: _l("Tidak lolos"),
}


@bp.get("")
@dinas_only
def index() -> ResponseReturnValue:
    asked = request.args.get("status")
    status = S(asked) if asked in set(TABS) else S.SUBMITTED
    counts = applications.count_for_dinas()
    return render_template(
        "dinas/screening/index.html",
        page=applications.page_for_dinas(status=status, cursor=request.args.get("sesudah")),
        count=counts.get(status, 0),
        status=status,
        due=due_at,
        now=clock.now(),
        here=url_for(".index", status=status.value),
        tabs=[
            (url_for(".index", status=one.value), str(label), counts.get(one, 0))
            for one, label in TABS.items()
        ],
    )


@bp.get("/<number>")
@dinas_only
def show(number: str) -> ResponseReturnValue:
    return _page(number)


@bp.post("/<number>/mulai")
@dinas_only
def take(number: str) -> ResponseReturnValue:
    with change(done=_("Pemeriksaan dimulai.")):
        screening.take(
            application=applications.lock_for_dinas(number=number),
            actor_id=my_id(),
            now=clock.now(),
        )
    return redirect(url_for(".show", number=number), HTTPStatus.SEE_OTHER)


@bp.post("/<number>/lolos")
@dinas_only
def pass_on(number: str) -> ResponseReturnValue:
    with change(done=_("Diteruskan ke toko. Produsen diberi tahu.")):
        screening.pass_on(
            application=applications.lock_for_dinas(number=number),
            actor_id=my_id(),
            now=clock.now(),
        )
    return redirect(url_for(".show", number=number), HTTPStatus.SEE_OTHER)


@bp.post("/<number>/perbaiki")
@dinas_only
def ask_repair(number: str) -> ResponseReturnValue:
    applications.get_for_dinas(number=number)
    form = RepairForm()
    if not form.validate():
        return _page(number, repair=form), WRONG
    with change(done=_("Dikembalikan dengan daftar perbaikan."), tell=False) as outcome:
        screening.ask_repair(
            application=applications.lock_for_dinas(number=number),
            reason=form.reason.data or "",
            items=form.lines(),
            actor_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.blame_rule(outcome.refusal)
        return _page(number, repair=form), WRONG
    return redirect(url_for(".show", number=number), HTTPStatus.SEE_OTHER)


@bp.post("/<number>/tolak")
@dinas_only
def refuse(number: str) -> ResponseReturnValue:
    applications.get_for_dinas(number=number)
    form = ReasonForm(prefix="tolak")
    if not form.validate():
        return _page(number, refusal=form), WRONG
    with change(done=_("Pengajuan ditolak dengan alasannya."), tell=False) as outcome:
        screening.refuse(
            application=applications.lock_for_dinas(number=number),
            reason=form.reason.data or "",
            actor_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.blame(outcome.refusal)
        return _page(number, refusal=form), WRONG
    return redirect(url_for(".show", number=number), HTTPStatus.SEE_OTHER)


def _page(
    number: str, *, repair: RepairForm | None = None, refusal: ReasonForm | None = None
) -> str:
    row = applications.get_for_dinas(number=number)
    call = calls.get_call_by_id(call_id=row.call_id)
    papers = [permit.paper for permit in row.permits]
    steps = details.list_steps(application_id=row.application_id)
    wishes = details.list_wishes(application_ids=[row.application_id])
    return render_template(
        "dinas/screening/show.html",
        row=row,
        call=call,
        stall=own.get_detail(stall_id=row.stall_id),
        status=STATUSES[row.status],
        statuses=STATUSES,
        category=GOODS[row.category],
        names=PERMITS,
        lacks=find_fit(row.goods, papers, call.wanted, call.spans).lacks,
        wishes=wishes.get(row.application_id, []),
        repairs=details.list_repairs(application_id=row.application_id),
        steps=steps,
        due_at=due_at(row.status, steps[0].at if steps else row.created_at),
        is_own=own.find_seat(stall_id=row.stall_id, user_id=my_id()) is not None,
        repair=repair or RepairForm(formdata=None),
        refusal=refusal or ReasonForm(formdata=None, prefix="tolak"),
        today=business_day(clock.now()),
        say=say,
    )
