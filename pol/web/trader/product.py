"""One product: written picture first, described anew, sent to the officer, hidden for a while."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pol.catalogue.queries import own
from pol.catalogue.rules.product import MOST_PICTURES
from pol.catalogue.services import product_pictures, products
from pol.files.rules import PictureUse
from pol.kernel import clock
from pol.stalls.queries.own import list_permits
from pol.stalls.rules import PermitKind
from pol.stalls.services import keepers
from pol.web.access import my_id, my_seat, trader_only
from pol.web.change import change
from pol.web.forms.pictures import PictureForm
from pol.web.forms.product import ProductForm
from pol.web.forms.stall import FIELD_OF as PERMIT_FIELDS
from pol.web.forms.stall import PermitForm
from pol.web.language import gettext as _
from pol.web.public.words import PERMITS
from pol.web.trader.products import STATUSES

bp = Blueprint("trader_product", __name__, url_prefix="/pedagang/produk")
WRONG = HTTPStatus.UNPROCESSABLE_ENTITY


@bp.get("/baru")
@trader_only
def new() -> ResponseReturnValue:
    return _new_page(ProductForm(formdata=None))


@bp.post("/baru")
@trader_only
def create() -> ResponseReturnValue:
    form = ProductForm()
    is_sound = form.validate()
    keys = form.take_pictures(use=PictureUse.PRODUCT, owner_id=my_id(), most=MOST_PICTURES)
    if not keys:
        form.blame_missing_picture(_("Pasang satu foto dulu. Pembeli ingin melihat barangnya."))
    if not is_sound or form.errors:
        return _new_page(form), WRONG
    with change(tell=False) as outcome:
        product = products.create_product(
            stall_id=my_seat().stall_id,
            actor_id=my_id(),
            now=clock.now(),
            picture_keys=keys,
            is_ready=form.is_ready,
            **form.facts(),
        )
    if outcome.refusal:
        form.blame_rule(outcome.refusal)
        return _new_page(form), WRONG
    flash(_("Terkirim ke petugas pasar.") if form.is_ready else _("Konsep tersimpan."), "good")
    return redirect(url_for(".show", slug=product.slug), HTTPStatus.SEE_OTHER)


@bp.get("/<slug>")
@trader_only
def show(slug: str) -> ResponseReturnValue:
    return _show_page(slug)


@bp.get("/<slug>/ubah")
@trader_only
def edit(slug: str) -> ResponseReturnValue:
    product = own.get_own(slug=slug, stall_id=my_seat().stall_id)
    return render_template(
        "trader/products/edit.html", form=ProductForm.of(product), product=product
    )


@bp.post("/<slug>/ubah")
@trader_only
def update(slug: str) -> ResponseReturnValue:
    form = ProductForm()
    stall_id = my_seat().stall_id
    shown = own.get_own(slug=slug, stall_id=stall_id)
    if form.validate():
        with change(done=_("Produk tersimpan."), tell=False) as outcome:
            facts = form.facts()
            facts["condition"] = facts["condition"] or shown.condition
            products.update_product(
                product=own.lock_own(slug=slug, stall_id=stall_id),
                actor_id=my_id(),
                now=clock.now(),
                **facts,
                **form.seen(),
            )
        if outcome.refusal is None:
            return redirect(url_for(".show", slug=slug), HTTPStatus.SEE_OTHER)
        form.blame_rule(outcome.refusal)
        shown = own.get_own(slug=slug, stall_id=stall_id)
        form.price_seen.data = str(shown.price.amount)
        form.stock_seen.data = str(shown.free_milli)
    return render_template("trader/products/edit.html", form=form, product=shown), WRONG


@bp.post("/<slug>/kirim")
@trader_only
def submit(slug: str) -> ResponseReturnValue:
    with change(done=_("Terkirim. Petugas pasar melihatnya sebelum tayang.")):
        products.submit_product(
            product=own.lock_own(slug=slug, stall_id=my_seat().stall_id),
            actor_id=my_id(),
            now=clock.now(),
        )
    return redirect(url_for(".show", slug=slug), HTTPStatus.SEE_OTHER)


@bp.post("/<slug>/tarik")
@trader_only
def withdraw(slug: str) -> ResponseReturnValue:
    with change(done=_("Produk tidak tampak bagi pembeli.")):
        products.withdraw_product(
            product=own.lock_own(slug=slug, stall_id=my_seat().stall_id),
            actor_id=my_id(),
            now=clock.now(),
        )
    return redirect(url_for(".show", slug=slug), HTTPStatus.SEE_OTHER)


@bp.post("/<slug>/foto")
@trader_only
def add_pictures(slug: str) -> ResponseReturnValue:
    form = PictureForm()
    own.get_own_row(slug=slug, stall_id=my_seat().stall_id)
    keys = form.take_pictures(use=PictureUse.PRODUCT, owner_id=my_id(), most=MOST_PICTURES)
    if not keys:
        form.blame_missing_picture(_("Potret atau pilih fotonya dulu."))
    if form.errors:
        return _show_page(slug, pictures=form)
    with change(done=_("Foto ditambahkan."), tell=False) as outcome:
        product_pictures.add_pictures(
            product=own.lock_own(slug=slug, stall_id=my_seat().stall_id),
            keys=keys,
            actor_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.blame(outcome.refusal, "camera")
        return _show_page(slug, pictures=form)
    return redirect(url_for(".show", slug=slug, _anchor="foto"), HTTPStatus.SEE_OTHER)


@bp.post("/<slug>/foto/<key>/hapus")
@trader_only
def remove_picture(slug: str, key: str) -> ResponseReturnValue:
    with change(done=_("Foto dihapus.")):
        product_pictures.remove_picture(
            product=own.lock_own(slug=slug, stall_id=my_seat().stall_id),
            key=key,
            actor_id=my_id(),
            now=clock.now(),
        )
    return redirect(url_for(".show", slug=slug, _anchor="foto"), HTTPStatus.SEE_OTHER)


@bp.post("/<slug>/foto/<key>/utama")
@trader_only
def first_picture(slug: str, key: str) -> ResponseReturnValue:
    with change(done=_("Foto itu sekarang yang pertama.")):
        product_pictures.put_first(
            product=own.lock_own(slug=slug, stall_id=my_seat().stall_id),
            key=key,
            actor_id=my_id(),
            now=clock.now(),
        )
    return redirect(url_for(".show", slug=slug, _anchor="foto"), HTTPStatus.SEE_OTHER)


@bp.post("/<slug>/izin")
@trader_only
def add_permit(slug: str) -> ResponseReturnValue:
    form = PermitForm()
    product = own.get_own(slug=slug, stall_id=my_seat().stall_id)
    is_sound = form.validate()
    keys = form.take_pictures(use=PictureUse.PERMIT, owner_id=my_id(), most=1)
    if not is_sound or form.errors:
        return _show_page(slug, permit=form)
    with change(done=_("Izin ditambahkan."), tell=False) as outcome:
        keepers.add_permit(
            stall_id=product.stall_id,
            product_id=product.product_id,
            kind=PermitKind(form.kind.data),
            number=form.number.data or "",
            expires_on=form.expires_on.data,
            picture_key=next(iter(keys), None),
            actor_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.blame(outcome.refusal, PERMIT_FIELDS.get(type(outcome.refusal)))
        return _show_page(slug, permit=form)
    return redirect(url_for(".show", slug=slug, _anchor="izin"), HTTPStatus.SEE_OTHER)


@bp.post("/<slug>/izin/<int:permit_id>/hapus")
@trader_only
def remove_permit(slug: str, permit_id: int) -> ResponseReturnValue:
    with change(done=_("Izin dihapus.")):
        keepers.remove_permit(
            stall_id=my_seat().stall_id, permit_id=permit_id, actor_id=my_id(), now=clock.now()
        )
    return redirect(url_for(".show", slug=slug, _anchor="izin"), HTTPStatus.SEE_OTHER)


def _new_page(form: ProductForm) -> str:
    return render_template("trader/products/new.html", form=form, kept=form.kept_keys)


def _show_page(
    slug: str, *, pictures: PictureForm | None = None, permit: PermitForm | None = None
) -> ResponseReturnValue:
    product = own.get_own(slug=slug, stall_id=my_seat().stall_id)
    page = render_template(
        "trader/products/show.html",
        product=product,
        status=STATUSES[product.status],
        pictures=pictures or PictureForm(formdata=None),
        permit=permit or PermitForm(formdata=None),
        has_wrong_permit=permit is not None,
        permits=list_permits(stall_id=product.stall_id, product_id=product.product_id),
        permit_names=PERMITS,
        stall_status=my_seat().status,
    )
    return page, WRONG if pictures or permit else HTTPStatus.OK
