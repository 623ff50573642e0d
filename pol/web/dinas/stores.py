"""Stores that wait for the Dinas, and what becomes of them."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.partnership.slots.queries import shelves
from pol.partnership.slots.queries import stores as queries
from pol.partnership.slots.queries.seats import list_retail_seats
from pol.partnership.slots.rules import StoreStatus
from pol.partnership.slots.services import stores
from pol.web.access import dinas_only, my_id
from pol.web.change import change
from pol.web.forms.store import SEATS, StoreReasonForm
from pol.web.language import gettext as _
from pol.web.retailer.stores import STATUSES

bp = Blueprint("dinas_stores", __name__, url_prefix="/dinas/toko")
SHOWN = (StoreStatus.SUBMITTED, StoreStatus.VERIFIED, StoreStatus.SUSPENDED, StoreStatus.DRAFT)


@bp.get("")
@dinas_only
def index() -> ResponseReturnValue:
    asked = request.args.get("status")
    status = StoreStatus(asked) if asked in set(SHOWN) else StoreStatus.SUBMITTED
    words, counts = request.args.get("q", "")[:80], queries.count_stores_by_status()
    rows = queries.list_stores_of_regency(status=status, words=words)
    return render_template(
        "dinas/stores/index.html",
        rows=rows,
        is_cut=len(rows) == queries.MOST_SHOWN,
        status=status,
        words=words,
        today=business_day(clock.now()),
        here=url_for(".index", status=status.value),
        tabs=[
            (url_for(".index", status=one.value), str(STATUSES[one][0]), counts.get(one, 0))
            for one in SHOWN
        ],
    )


@bp.get("/<slug>")
@dinas_only
def show(slug: str) -> ResponseReturnValue:
    return _page(slug, StoreReasonForm(formdata=None))


@bp.post("/<slug>/verifikasi")
@dinas_only
def verify(slug: str) -> ResponseReturnValue:
    with change(done=_("Toko terverifikasi. Peritel diberi tahu.")):
        stores.verify_store(
            store=queries.lock_store(slug=slug), officer_id=my_id(), now=clock.now()
        )
    return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)


@bp.post("/<slug>/kembalikan")
@dinas_only
def send_back(slug: str) -> ResponseReturnValue:
    form = StoreReasonForm()
    if not form.validate():
        return _page(slug, form), HTTPStatus.UNPROCESSABLE_ENTITY
    with change(done=_("Toko dikembalikan dengan alasannya.")):
        stores.return_store(
            store=queries.lock_store(slug=slug),
            officer_id=my_id(),
            reason=form.reason.data or "",
            now=clock.now(),
        )
    return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)


@bp.post("/<slug>/hentikan")
@dinas_only
def suspend(slug: str) -> ResponseReturnValue:
    form = StoreReasonForm()
    if not form.validate():
        return _page(slug, form), HTTPStatus.UNPROCESSABLE_ENTITY
    with change(done=_("Toko dihentikan sementara. Peritel diberi tahu.")):
        stores.suspend_store(
            store=queries.lock_store(slug=slug),
            officer_id=my_id(),
            reason=form.reason.data or "",
            now=clock.now(),
        )
    return redirect(url_for(".show", slug=slug), HTTPStatus.SEE_OTHER)


def _page(slug: str, form: StoreReasonForm) -> str:
    store = queries.get_store(slug=slug)
    held = list_retail_seats(user_id=my_id())
    return render_template(
        "dinas/stores/show.html",
        store=store,
        status=STATUSES[store.status],
        form=form,
        members=queries.list_colleagues(retailer_id=store.retailer_id),
        seats=SEATS,
        fixtures=shelves.list_fixtures(store_id=store.store_id),
        today=business_day(clock.now()),
        is_own=store.retailer_id in {seat.retailer_id for seat in held},
    )
