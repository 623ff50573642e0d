"""Product sheets: what a shelf must know of a product, written once."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.catalogue.queries import own
from pol.catalogue.queries.own import OwnDetail
from pol.files.rules import PictureUse
from pol.kernel import clock
from pol.kernel.errors import NotFound
from pol.kernel.localtime import business_day
from pol.partnership.applications.queries import sheets
from pol.partnership.applications.queries.sources import list_known_permits
from pol.partnership.applications.rules import SheetPermitKind
from pol.partnership.applications.services import sheets as writing
from pol.partnership.applications.services.sheets import PermitFacts
from pol.web.access import my_id, my_seat, trader_only
from pol.web.change import change
from pol.web.forms.sheets import SheetForm, SheetPermitForm
from pol.web.goods_words import GOODS
from pol.web.language import gettext as _
from pol.web.producer.words import PERMITS

bp = Blueprint("producer_sheets", __name__, url_prefix="/pedagang/rak/produk")
MOST_SOURCES = 12
WRONG = HTTPStatus.UNPROCESSABLE_ENTITY


@bp.get("")
@trader_only
def index() -> ResponseReturnValue:
    stall_id = my_seat().stall_id
    rows = sheets.list_sheets(stall_id=stall_id)
    names = {row.name for row in rows}
    sources = [p for p in own.list_for_sale(stall_id=stall_id) if p.name not in names]
    return render_template(
        "producer/sheets/index.html",
        rows=rows,
        sources=sources[:MOST_SOURCES],
        today=business_day(clock.now()),
    )


@bp.get("/baru")
@trader_only
def new() -> ResponseReturnValue:
    product = _source(request.args.get("produk"))
    form = SheetForm.of_product(product) if product else SheetForm(formdata=None)
    return _new_page(form, product)


@bp.post("/baru")
@trader_only
def create() -> ResponseReturnValue:
    form = SheetForm()
    product = _source(form.product.data)
    is_sound = form.validate()
    keys = form.take_pictures(use=PictureUse.PRODUCT, owner_id=my_id(), most=1)
    if not is_sound or form.errors:
        return _new_page(form, product), WRONG
    now = clock.now()
    with change(done=_("Lembar produk tersimpan."), tell=False) as outcome:
        sheet = writing.create_sheet(
            stall_id=my_seat().stall_id,
            facts=form.facts(next(iter([*keys, *(product.pictures if product else ())]), None)),
            actor_id=my_id(),
            now=now,
            product_id=product.product_id if product else None,
            permits=_known_permits(product),
        )
    if outcome.refusal:
        form.blame_rule(outcome.refusal)
        return _new_page(form, product), WRONG
    return redirect(url_for(".show", number=sheet.number), HTTPStatus.SEE_OTHER)


@bp.get("/<number>")
@trader_only
def show(number: str) -> ResponseReturnValue:
    return _show_page(number, SheetPermitForm(formdata=None))


@bp.get("/<number>/ubah")
@trader_only
def edit(number: str) -> ResponseReturnValue:
    sheet = sheets.get_sheet(number=number, stall_id=my_seat().stall_id)
    return render_template("producer/sheets/edit.html", form=SheetForm.of(sheet), sheet=sheet)


@bp.post("/<number>/ubah")
@trader_only
def update(number: str) -> ResponseReturnValue:
    form = SheetForm()
    stall_id = my_seat().stall_id
    shown = sheets.get_sheet(number=number, stall_id=stall_id)
    is_sound = form.validate()
    keys = form.take_pictures(use=PictureUse.PRODUCT, owner_id=my_id(), most=1)
    if is_sound and not form.errors:
        with change(done=_("Lembar produk tersimpan."), tell=False) as outcome:
            writing.update_sheet(
                sheet=sheets.lock_sheet(number=number, stall_id=stall_id),
                facts=form.facts(next(iter(keys), shown.picture_key)),
                actor_id=my_id(),
                now=clock.now(),
            )
        if outcome.refusal is None:
            return redirect(url_for(".show", number=number), HTTPStatus.SEE_OTHER)
        form.blame_rule(outcome.refusal)
    return render_template("producer/sheets/edit.html", form=form, sheet=shown), WRONG


@bp.post("/<number>/izin")
@trader_only
def add_permit(number: str) -> ResponseReturnValue:
    form = SheetPermitForm()
    stall_id = my_seat().stall_id
    sheets.get_sheet(number=number, stall_id=stall_id)
    is_sound = form.validate()
    keys = form.take_pictures(use=PictureUse.PERMIT, owner_id=my_id(), most=1)
    if not is_sound or form.errors:
        return _show_page(number, form), WRONG
    with change(done=_("Izin tercatat."), tell=False) as outcome:
        writing.add_permit(
            sheet=sheets.lock_sheet(number=number, stall_id=stall_id),
            facts=form.facts(next(iter(keys), None)),
            actor_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.blame_rule(outcome.refusal)
        return _show_page(number, form), WRONG
    return redirect(url_for(".show", number=number, _anchor="izin"), HTTPStatus.SEE_OTHER)


@bp.post("/<number>/izin/<int:permit_id>/hapus")
@trader_only
def remove_permit(number: str, permit_id: int) -> ResponseReturnValue:
    with change(done=_("Izin dihapus.")):
        writing.remove_permit(
            sheet=sheets.lock_sheet(number=number, stall_id=my_seat().stall_id),
            permit_id=permit_id,
            actor_id=my_id(),
            now=clock.now(),
        )
    return redirect(url_for(".show", number=number, _anchor="izin"), HTTPStatus.SEE_OTHER)


def _source(slug: str | None) -> OwnDetail | None:
    """Return the online product that a sheet starts from, if it is this stall's."""
    try:
        return own.get_own(slug=slug, stall_id=my_seat().stall_id) if slug else None
    except NotFound:
        return None


def _known_permits(product: OwnDetail | None) -> list[PermitFacts]:
    known = list_known_permits(
        stall_id=my_seat().stall_id,
        product_id=product.product_id if product else None,
        today=business_day(clock.now()),
    )
    return [
        PermitFacts(SheetPermitKind(one.kind.value), one.number, one.expires_on, one.picture_key)
        for one in known
    ]


def _new_page(form: SheetForm, product: OwnDetail | None) -> str:
    return render_template(
        "producer/sheets/new.html",
        form=form,
        product=product,
        known=_known_permits(product),
        names=PERMITS,
    )


def _show_page(number: str, permit: SheetPermitForm) -> str:
    sheet = sheets.get_sheet(number=number, stall_id=my_seat().stall_id)
    return render_template(
        "producer/sheets/show.html",
        sheet=sheet,
        permit=permit,
        category=GOODS[sheet.category],
        names=PERMITS,
        codes=sheets.list_codes(sheet_id=sheet.sheet_id),
        today=business_day(clock.now()),
    )
