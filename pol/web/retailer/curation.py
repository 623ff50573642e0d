"""Applicants of a call side by side: scored, expected to sell, decided with a reason."""

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.partnership.applications.queries import applications, calls, details
from pol.partnership.applications.queries.applications import ApplicationRow
from pol.partnership.applications.queries.calls import CallRow
from pol.partnership.applications.queries.codes import list_scan_codes
from pol.partnership.applications.rules import ApplicationStatus
from pol.partnership.applications.rules.demand import milli_units
from pol.partnership.applications.rules.fit import find_fit
from pol.partnership.applications.rules.life import Side, due_at, may_move, phase_of
from pol.partnership.applications.services import curation
from pol.partnership.slots.rules import CallStatus
from pol.stalls.queries import own
from pol.web.access import my_id, my_retail_seat, retailer_only
from pol.web.change import change
from pol.web.forms.applications import ReasonForm, RepairForm
from pol.web.forms.curation import ScoreForm
from pol.web.goods_words import GOODS
from pol.web.language import gettext as _
from pol.web.producer.words import PERMITS, STATUSES, say
from pol.web.records import record_of

if TYPE_CHECKING:
    pass

bp = Blueprint("retailer_curation", __name__, url_prefix="/peritel/slot/<number>/pengajuan")
S = ApplicationStatus
DECIDED = frozenset({CallStatus.ALLOCATED, CallStatus.DONE})
"""When no decision about an application can change any more, so that its minutes may be signed."""

WRONG = HTTPStatus.UNPROCESSABLE_ENTITY


@bp.get("")
@retailer_only
def index(number: str) -> ResponseReturnValue:
    call = _call(number)
    page = applications.page_of_call(call_id=call.call_id, cursor=request.args.get("sesudah"))
    counts = applications.count_of_call(call_id=call.call_id)
    ids = [row.application_id for row in page.rows]
    return render_template(
        "retailer/curation/index.html",
        call=call,
        page=page,
        wishes=details.list_wishes(application_ids=ids),
        marks=details.list_marks(application_ids=ids),
        criteria=calls.list_criteria(call_id=call.call_id),
        lacks={row.application_id: _lacks(call, row) for row in page.rows},
        statuses=STATUSES,
        names=PERMITS,
        count=sum(counts.values()),
        waiting=counts.get(S.CURATION, 0),
        shelf_height=max((span.height_mm for span in call.spans), default=300),
    )


@bp.get("/berita-acara")
@retailer_only
def minutes(number: str) -> ResponseReturnValue:
    return show_minutes("retailer/curation/minutes.html", _call(number))


def show_minutes(template: str, call: CallRow) -> str:
    """Return the minutes of a call's curation as a paper, for the retailer and for the Dinas."""
    number = call.number
    rows = applications.list_of_call(call_id=call.call_id)
    ids = [row.application_id for row in rows]
    deciders = details.list_deciders(application_ids=ids)
    is_fixed = call.status in DECIDED
    return render_template(
        template,
        call=call,
        rows=rows,
        deciders=deciders,
        judges=", ".join(sorted(set(deciders.values()))),
        decided_at=max((row.decided_at for row in rows if row.decided_at), default=None),
        statuses=STATUSES,
        criteria=calls.list_criteria(call_id=call.call_id),
        marks=details.list_marks(application_ids=ids),
        today=business_day(clock.now()),
        is_fixed=is_fixed,
        paper_number=f"BK{number[2:]}" if is_fixed else None,
        record=record_of(f"BK{number[2:]}") if is_fixed else None,
    )


@bp.get("/<application>")
@retailer_only
def show(number: str, application: str) -> ResponseReturnValue:
    return _page(number, application)


@bp.get("/<application>/lembar-nilai")
@retailer_only
def sheet(number: str, application: str) -> ResponseReturnValue:
    row = _row(number, application)
    return render_template(
        "retailer/curation/sheet.html",
        row=row,
        scores=details.list_scores(application_id=row.application_id, call_id=row.call_id),
        steps=details.list_steps(application_id=row.application_id),
        status=STATUSES[row.status],
        statuses=STATUSES,
        now=clock.now(),
        paper_number=f"LN{application[2:]}",
        record=record_of(f"LN{application[2:]}"),
    )


@bp.post("/<application>/nilai")
@retailer_only
def score(number: str, application: str) -> ResponseReturnValue:
    row = _row(number, application)
    criteria = details.list_scores(application_id=row.application_id, call_id=row.call_id)
    form = ScoreForm.for_criteria(criteria)()
    if not form.validate():
        return _page(number, application, scores=form), WRONG
    with change(done=_("Nilai tersimpan."), tell=False) as outcome:
        curation.score(
            application=applications.lock_of_retailer(**_theirs(number, application)),
            marks=form.marks(),
            weekly_demand_milli=form.demand_milli(),
            actor_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.blame(outcome.refusal)
        return _page(number, application, scores=form), WRONG
    return _back(number, application)


@bp.post("/<application>/lulus")
@retailer_only
def let_pass(number: str, application: str) -> ResponseReturnValue:
    with change(done=_("Lolos kurasi. Produsen diberi tahu.")):
        curation.let_pass(
            application=applications.lock_of_retailer(**_theirs(number, application)),
            actor_id=my_id(),
            now=clock.now(),
        )
    return _back(number, application)


@bp.post("/<application>/perbaiki")
@retailer_only
def ask_repair(number: str, application: str) -> ResponseReturnValue:
    _row(number, application)
    form = RepairForm()
    if not form.validate():
        return _page(number, application, repair=form), WRONG
    with change(done=_("Dikembalikan dengan daftar perbaikan."), tell=False) as outcome:
        curation.ask_repair(
            application=applications.lock_of_retailer(**_theirs(number, application)),
            reason=form.reason.data or "",
            items=form.lines(),
            actor_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.blame_rule(outcome.refusal)
        return _page(number, application, repair=form), WRONG
    return _back(number, application)


@bp.post("/<application>/tolak")
@retailer_only
def refuse(number: str, application: str) -> ResponseReturnValue:
    _row(number, application)
    form = ReasonForm(prefix="tolak")
    if not form.validate():
        return _page(number, application, refusal=form), WRONG
    with change(done=_("Pengajuan tidak lolos, dengan alasannya."), tell=False) as outcome:
        curation.refuse(
            application=applications.lock_of_retailer(**_theirs(number, application)),
            reason=form.reason.data or "",
            actor_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.blame(outcome.refusal)
        return _page(number, application, refusal=form), WRONG
    return _back(number, application)


@bp.post("/<application>/buka-lagi")
@retailer_only
def reopen(number: str, application: str) -> ResponseReturnValue:
    _row(number, application)
    form = ReasonForm(prefix="tolak")
    if not form.validate():
        return _page(number, application, refusal=form), WRONG
    with change(done=_("Penilaian dibuka lagi."), tell=False) as outcome:
        curation.reopen(
            application=applications.lock_of_retailer(**_theirs(number, application)),
            reason=form.reason.data or "",
            actor_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.blame(outcome.refusal)
        return _page(number, application, refusal=form), WRONG
    return _back(number, application)


def _call(number: str) -> CallRow:
    return calls.get_call_of_retailer(number=number, retailer_id=my_retail_seat().retailer_id)


def _row(number: str, application: str) -> ApplicationRow:
    return applications.get_of_retailer(**_theirs(number, application))


def _theirs(number: str, application: str) -> dict[str, Any]:
    retailer_id = my_retail_seat().retailer_id
    return {"number": application, "call_number": number, "retailer_id": retailer_id}


def _back(number: str, application: str) -> ResponseReturnValue:
    address = url_for(".show", number=number, application=application)
    return redirect(address, HTTPStatus.SEE_OTHER)


def _lacks(call: CallRow, row: ApplicationRow) -> list[str]:
    papers = [permit.paper for permit in row.permits]
    return [say(lack) for lack in find_fit(row.goods, papers, call.wanted, call.spans).lacks]


def _page(
    number: str,
    application: str,
    *,
    scores: ScoreForm | None = None,
    repair: RepairForm | None = None,
    refusal: ReasonForm | None = None,
) -> str:
    call, row = _call(number), _row(number, application)
    phase = phase_of(row.call_status, row.closes_at, clock.now())
    given = details.list_scores(application_id=row.application_id, call_id=row.call_id)
    steps = details.list_steps(application_id=row.application_id)
    wishes = details.list_wishes(application_ids=[row.application_id])
    return render_template(
        "retailer/curation/show.html",
        call=call,
        row=row,
        status=STATUSES[row.status],
        statuses=STATUSES,
        category=GOODS[row.category],
        code=list_scan_codes(
            retailer_id=my_retail_seat().retailer_id, sheet_ids=[row.sheet_id]
        ).get(row.sheet_id),
        names=PERMITS,
        given=given,
        form=scores or ScoreForm.for_criteria(given)(formdata=None).start(row.weekly_demand_milli),
        repair=repair or RepairForm(formdata=None),
        refusal=refusal or ReasonForm(formdata=None, prefix="tolak"),
        may={to.value: may_move(row.status, to, by=Side.RETAILER, phase=phase) for to in S},
        lacks=_lacks(call, row),
        wishes=wishes.get(row.application_id, []),
        spans=[span for span in call.spans if span.height_mm >= row.height_mm],
        curve=milli_units(row.weekly_demand_milli, row.max_facings)
        if row.weekly_demand_milli
        else [],
        steps=steps,
        due_at=due_at(row.status, steps[0].at if steps else row.created_at),
        repairs=details.list_repairs(application_id=row.application_id),
        is_own=own.find_seat(stall_id=row.stall_id, user_id=my_id()) is not None,
        today=business_day(clock.now()),
    )
