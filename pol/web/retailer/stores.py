"""The stores of a retailer: described, sent to the Dinas, and what came of it."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pol.files.rules import PictureUse
from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.partnership.slots.queries import shelves
from pol.partnership.slots.queries import stores as queries
from pol.partnership.slots.rules import StoreStatus
from pol.partnership.slots.services import stores
from pol.web.access import me, my_id, my_retail_seat, retailer_only, store_only
from pol.web.change import change
from pol.web.forms.store import StoreForm
from pol.web.language import gettext as _
from pol.web.language import lazy_gettext as _l
from pol.web.retailer.shelf_words import FIXTURE_STATUSES

bp = Blueprint("retailer_stores", __name__, url_prefix="/peritel/toko")
WRONG = HTTPStatus.UNPROCESSABLE_ENTITY
STATUSES = {
    StoreStatus.DRAFT: (_l("Belum dikirim"), "neutral"),
    StoreStatus.SUBMITTED: (_l("Menunggu Dinas"), "warn"),
    StoreStatus.VERIFIED: (_l("Terverifikasi"), "good"),
    StoreStatus.SUSPENDED: (_l("Dihentikan sementara"), "bad"),
}


@bp.get("")
@store_only
def index() -> ResponseReturnValue:
    seat = my_retail_seat()
    return render_template(
        "retailer/stores/index.html",
        retailer=queries.get_retailer(retailer_id=seat.retailer_id),
        rows=queries.list_stores(retailer_id=seat.retailer_id, store_id=seat.store_id),
        statuses=STATUSES,
        may_edit=me().is_buyer,
    )


@bp.get("/baru")
@retailer_only
def new() -> ResponseReturnValue:
    retailer = queries.get_retailer(retailer_id=my_retail_seat().retailer_id)
    form = StoreForm(formdata=None, data={"name": retailer.name, "phone": retailer.phone})
    return render_template("retailer/stores/edit.html", form=form, store=None)


@bp.post("/baru")
@retailer_only
def create() -> ResponseReturnValue:
    form = StoreForm()
    if (key := _read(form)) is not None:
        with change(done=_("Toko dibuat. Ukur raknya, lalu kirim ke Dinas."), tell=False) as out:
            store = stores.open_store(
                retailer_id=my_retail_seat().retailer_id,
                facts=form.facts(key or None),
                actor_id=my_id(),
                now=clock.now(),
            )
        if out.refusal is None:
            return redirect(url_for(".show", slug=store.slug), HTTPStatus.SEE_OTHER)
        form.blame_rule(out.refusal)
    return render_template("retailer/stores/edit.html", form=form, store=None), WRONG


@bp.get("/<slug>")
@store_only
def show(slug: str) -> ResponseReturnValue:
    seat = my_retail_seat()
    store = queries.get_store_of_retailer(
        retailer_id=seat.retailer_id, slug=slug, store_id=seat.store_id
    )
    return render_template(
        "retailer/stores/show.html",
        store=store,
        status=STATUSES[store.status],
        fixtures=shelves.list_fixtures(store_id=store.store_id),
        fixture_statuses=FIXTURE_STATUSES,
        today=business_day(clock.now()),
        may_edit=me().is_buyer,
    )


@bp.get("/<slug>/ubah")
@retailer_only
def edit(slug: str) -> ResponseReturnValue:
    store = queries.get_store_of_retailer(retailer_id=my_retail_seat().retailer_id, slug=slug)
    return render_template("retailer/stores/edit.html", form=StoreForm.of(store), store=store)


@bp.post("/<slug>/ubah")
@retailer_only
def save(slug: str) -> ResponseReturnValue:
    mine = my_retail_seat().retailer_id
    store, form = queries.get_store_of_retailer(retailer_id=mine, slug=slug), StoreForm()
    if (key := _read(form)) is not None:
        with change(done=_("Data toko tersimpan."), tell=False) as outcome:
            stores.update_store(
                store=queries.lock_store_of_retailer(retailer_id=mine, slug=slug),
                facts=form.facts(key or None),
                actor_id=my_id(),
                now=clock.now(),
            )
        if outcome.refusal is None:
            return redirect(url_for(".show", slug=slug), HTTPStatus.SEE_OTHER)
        form.blame_rule(outcome.refusal)
    return render_template("retailer/stores/edit.html", form=form, store=store), WRONG


@bp.post("/<slug>/kirim")
@retailer_only
def submit(slug: str) -> ResponseReturnValue:
    with change(done=_("Terkirim. Dinas akan memeriksa izin toko ini.")):
        stores.submit_store(
            store=queries.lock_store_of_retailer(
                retailer_id=my_retail_seat().retailer_id, slug=slug
            ),
            actor_id=my_id(),
            now=clock.now(),
        )
    return redirect(url_for(".show", slug=slug), HTTPStatus.SEE_OTHER)


def _read(form: StoreForm) -> str | None:
    """Return the key of the permit's picture ("" for none), or None when something is wrong."""
    is_sound = form.validate()
    keys = form.take_pictures(use=PictureUse.PERMIT, owner_id=my_id(), most=1)
    return next(iter(keys), "") if is_sound and not form.errors else None
