"""A producer's offers: take a place or leave it; where they stand in each queue, and why."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.partnership.agreements.services.drafting import accept_offer
from pol.partnership.allocation.queries import offers as queries
from pol.partnership.allocation.queries.edits import list_edits_of_offer
from pol.partnership.allocation.rules.statuses import OfferStatus
from pol.partnership.allocation.services import offers
from pol.web.access import my_id, my_seat, trader_only
from pol.web.agreement_words import OFFERS
from pol.web.allocation_words import say_edit
from pol.web.change import change
from pol.web.language import gettext as _
from pol.web.records import record_of

bp = Blueprint("producer_offers", __name__, url_prefix="/pedagang/rak/tawaran")


@bp.get("")
@trader_only
def index() -> ResponseReturnValue:
    rows = queries.list_offers_of_stall(stall_id=my_seat().stall_id)
    return render_template(
        "producer/offers/index.html",
        groups={status: [row for row in rows if row.status is status] for status in OfferStatus},
        count=len(rows),
        words=OFFERS,
    )


@bp.get("/<number>")
@trader_only
def show(number: str) -> ResponseReturnValue:
    row = queries.get_offer_of_stall(number=number, stall_id=my_seat().stall_id)
    open_now = row.lapses_at is not None and clock.now() < row.lapses_at
    return render_template(
        "producer/offers/show.html",
        row=row,
        words=OFFERS,
        edits=list_edits_of_offer(number=number, stall_id=my_seat().stall_id),
        say=say_edit,
        may_answer=row.status is OfferStatus.OFFERED and open_now,
        record=record_of(number),
        margin=row.price.share(row.margin_bp),
    )


@bp.post("/<number>/terima")
@trader_only
def accept(number: str) -> ResponseReturnValue:
    stall_id = my_seat().stall_id
    with change(done=_("Tempatnya milik Anda. Baca perjanjiannya, lalu tanda tangani.")) as outcome:
        agreement = accept_offer(
            offer=queries.lock_offer_of_stall(number=number, stall_id=stall_id),
            actor_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        return redirect(url_for(".show", number=number), 303)
    return redirect(url_for("producer_agreements.show", number=agreement.number), 303)


@bp.post("/<number>/tolak")
@trader_only
def decline(number: str) -> ResponseReturnValue:
    with change(done=_("Tawaran dilepas untuk pengajuan berikutnya.")):
        offers.decline(
            offer=queries.lock_offer_of_stall(number=number, stall_id=my_seat().stall_id),
            actor_id=my_id(),
            now=clock.now(),
        )
    return redirect(url_for(".show", number=number), 303)
