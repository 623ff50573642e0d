"""Stalls that wait for the officer of their market, and what becomes of them."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.stalls.queries import own
from pol.stalls.rules import StallStatus
from pol.stalls.services import stalls
from pol.web.access import me, my_id, officer_only
from pol.web.change import change
from pol.web.forms.product import ReasonForm
from pol.web.language import gettext as _
from pol.web.public.words import PERMITS
from pol.web.trader.stall import STATUSES

bp = Blueprint("officer_stalls", __name__, url_prefix="/petugas/lapak")
SHOWN = (
    StallStatus.SUBMITTED,
    StallStatus.VERIFIED,
    StallStatus.REFUSED,
    StallStatus.SUSPENDED,
)


@bp.get("")
@officer_only
def index() -> ResponseReturnValue:
    asked = request.args.get("status")
    status = StallStatus(asked) if asked in set(SHOWN) else StallStatus.SUBMITTED
    counts = own.count_stalls_by_status(market_ids=me().market_ids)
    words = request.args.get("q", "")[:80]
    rows = own.list_stalls_of_markets(market_ids=me().market_ids, status=status, words=words)
    return render_template(
        "officer/stalls/index.html",
        rows=rows,
        is_cut=len(rows) == own.MOST_SHOWN,
        status=status,
        words=words,
        statuses=STATUSES,
        here=url_for(".index", status=status.value),
        tabs=[
            (url_for(".index", status=one.value), str(STATUSES[one][0]), counts.get(one, 0))
            for one in SHOWN
        ],
    )


@bp.get("/<slug>")
@officer_only
def show(slug: str) -> ResponseReturnValue:
    return _page(slug, ReasonForm(formdata=None))


@bp.post("/<slug>/verifikasi")
@officer_only
def verify(slug: str) -> ResponseReturnValue:
    with change(done=_("Lapak terverifikasi. Pedagang diberi tahu.")):
        stalls.verify_stall(
            stall=own.lock_stall_of_markets(slug=slug, market_ids=me().market_ids),
            officer_id=my_id(),
            now=clock.now(),
        )
    return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)


@bp.post("/<slug>/tolak")
@officer_only
def refuse(slug: str) -> ResponseReturnValue:
    form = ReasonForm()
    if not form.validate():
        return _page(slug, form), HTTPStatus.UNPROCESSABLE_ENTITY
    with change(done=_("Lapak dikembalikan dengan alasannya.")):
        stalls.refuse_stall(
            stall=own.lock_stall_of_markets(slug=slug, market_ids=me().market_ids),
            officer_id=my_id(),
            reason=form.reason.data or "",
            now=clock.now(),
        )
    return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)


@bp.post("/<slug>/hentikan")
@officer_only
def suspend(slug: str) -> ResponseReturnValue:
    form = ReasonForm()
    if not form.validate():
        return _page(slug, form), HTTPStatus.UNPROCESSABLE_ENTITY
    with change(done=_("Lapak dihentikan sementara. Pedagang diberi tahu.")):
        stalls.suspend_stall(
            stall=own.lock_stall_of_markets(slug=slug, market_ids=me().market_ids),
            officer_id=my_id(),
            reason=form.reason.data or "",
            now=clock.now(),
        )
    return redirect(url_for(".show", slug=slug), HTTPStatus.SEE_OTHER)


def _page(slug: str, form: ReasonForm) -> str:
    stall = own.get_detail_of_markets(slug=slug, market_ids=me().market_ids)
    return render_template(
        "officer/stalls/show.html",
        stall=stall,
        status=STATUSES[stall.status],
        form=form,
        members=own.list_members(stall_id=stall.stall_id),
        permits=own.list_permits(stall_id=stall.stall_id),
        permit_names=PERMITS,
        today=business_day(clock.now()),
        is_own=own.find_seat(stall_id=stall.stall_id, user_id=my_id()) is not None,
    )
