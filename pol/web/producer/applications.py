"""A producer's applications: where each stands, what is next and by when, and why not."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.partnership.allocation.queries.offers import (
    OfferRow,
    list_offers_of_application,
    list_offers_of_stall,
)
from pol.partnership.applications.queries import applications, details, sheets
from pol.partnership.applications.queries.applications import ApplicationRow
from pol.partnership.applications.queries.details import RepairRow
from pol.partnership.applications.rules import ApplicationStatus
from pol.partnership.applications.rules.life import Side, may_move, phase_of
from pol.partnership.applications.services import applying
from pol.web.access import my_id, my_seat, trader_only
from pol.web.agreement_words import OFFERS
from pol.web.change import change
from pol.web.forms.applications import AnswersForm, AppealForm
from pol.web.goods_words import GOODS
from pol.web.language import gettext as _
from pol.web.producer.outcomes import standing_of
from pol.web.producer.words import PERMITS, STATUSES
from pol.web.records import record_of

bp = Blueprint("producer_applications", __name__, url_prefix="/pedagang/rak/pengajuan")
S = ApplicationStatus
WRONG = HTTPStatus.UNPROCESSABLE_ENTITY
PATH = (S.DRAFT, S.SUBMITTED, S.SCREENING, S.CURATION, S.PASSED)
"""The way of an application that goes well, for the drawing of its steps."""


@bp.get("")
@trader_only
def index() -> ResponseReturnValue:
    stall_id, now = my_seat().stall_id, clock.now()
    offers: dict[str, list[OfferRow]] = {}
    for offer in list_offers_of_stall(stall_id=stall_id):
        offers.setdefault(offer.application_number, []).append(offer)
    rows = applications.list_of_stall(stall_id=stall_id)
    return render_template(
        "producer/applications/index.html",
        rows=[(row, standing_of(row, offers.get(row.number, ()), now=now)) for row in rows],
    )


@bp.get("/<number>")
@trader_only
def show(number: str) -> ResponseReturnValue:
    return _page(number)


@bp.get("/<number>/formulir")
@trader_only
def paper(number: str) -> ResponseReturnValue:
    row = applications.get_of_stall(number=number, stall_id=my_seat().stall_id)
    wishes = details.list_wishes(application_ids=[row.application_id])
    return render_template(
        "producer/applications/paper.html",
        row=row,
        wishes=wishes.get(row.application_id, []),
        category=GOODS[row.category],
        permit_names=PERMITS,
        status=STATUSES[row.status],
        record=record_of(number),
    )


@bp.post("/<number>/tarik")
@trader_only
def withdraw(number: str) -> ResponseReturnValue:
    with change(done=_("Pengajuan ditarik.")):
        applying.withdraw(
            application=applications.lock_of_stall(number=number, stall_id=my_seat().stall_id),
            actor_id=my_id(),
            now=clock.now(),
        )
    return redirect(url_for(".show", number=number), HTTPStatus.SEE_OTHER)


@bp.post("/<number>/perbaiki")
@trader_only
def resubmit(number: str) -> ResponseReturnValue:
    stall_id = my_seat().stall_id
    row = applications.get_of_stall(number=number, stall_id=stall_id)
    form = AnswersForm.for_items(_open_items(row))()
    if not form.validate():
        return _page(number, answers=form), WRONG
    with change(done=_("Terkirim lagi."), tell=False) as outcome:
        applying.resubmit(
            application=applications.lock_of_stall(number=number, stall_id=stall_id),
            answers=form.answers(),
            actor_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.blame(outcome.refusal)
        return _page(number, answers=form), WRONG
    return redirect(url_for(".show", number=number), HTTPStatus.SEE_OTHER)


@bp.post("/<number>/banding")
@trader_only
def appeal(number: str) -> ResponseReturnValue:
    stall_id = my_seat().stall_id
    row = applications.get_of_stall(number=number, stall_id=stall_id)
    form = AppealForm()
    if not form.validate():
        return _page(number, appeal=form), WRONG
    with change(done=_("Banding terkirim ke toko."), tell=False) as outcome:
        sheets.lock_sheet(number=row.sheet_number, stall_id=stall_id)
        applying.appeal(
            application=applications.lock_of_stall(number=number, stall_id=stall_id),
            text=form.text.data or "",
            actor_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.blame(outcome.refusal, "text")
        return _page(number, appeal=form), WRONG
    return redirect(url_for(".show", number=number), HTTPStatus.SEE_OTHER)


def _open_items(row: ApplicationRow) -> list[RepairRow]:
    items = details.list_repairs(application_id=row.application_id)
    return [item for item in items if item.done_at is None]


def _page(
    number: str, *, answers: AnswersForm | None = None, appeal: AppealForm | None = None
) -> str:
    row = applications.get_of_stall(number=number, stall_id=my_seat().stall_id)
    phase = phase_of(row.call_status, row.closes_at, clock.now())
    offers = list_offers_of_application(application_id=row.application_id)
    steps = details.list_steps(application_id=row.application_id)
    repairs = details.list_repairs(application_id=row.application_id)
    scores = details.list_scores(application_id=row.application_id, call_id=row.call_id)
    return render_template(
        "producer/applications/show.html",
        row=row,
        standing=standing_of(
            row, offers, now=clock.now(), since=steps[0].at if steps else row.created_at
        ),
        offer_words=OFFERS,
        statuses=STATUSES,
        path=[*(str(STATUSES[one][0]) for one in PATH), _("Penetapan tempat")],
        place=len(PATH) if offers else PATH.index(row.status) if row.status in PATH else None,
        may={
            to.value: may_move(row.status, to, by=Side.PRODUCER, phase=phase)
            for to in (S.SUBMITTED, S.WITHDRAWN, S.CURATION)
        },
        wishes=details.list_wishes(application_ids=[row.application_id]).get(
            row.application_id, []
        ),
        steps=steps,
        repairs=repairs,
        scores=[score for score in scores if score.points is not None],
        answers=answers or AnswersForm.for_items(_open_items(row))(formdata=None),
        appeal=appeal or AppealForm(formdata=None),
        category=GOODS[row.category],
    )
