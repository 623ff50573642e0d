"""The cart: one for all stalls, kept across login."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import Length

from pol.cart import queries, services
from pol.cart.rules import IfGone
from pol.cart.services import Wish
from pol.delivery import queries as delivery
from pol.identity.queries import people
from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.kernel.money import total
from pol.web.access import open_to_all
from pol.web.change import change
from pol.web.csrf import form_on_public_page
from pol.web.customer.holder import find_holder, my_holder, show_count
from pol.web.forms.base import Choice, Needed, PolForm, QuantityField
from pol.web.language import gettext as _
from pol.web.language import lazy_gettext as _l

bp = Blueprint("customer_cart", __name__, url_prefix="/keranjang")

IF_GONE = [
    Choice(IfGone.CALL.value, _l("Hubungi saya dulu")),
    Choice(IfGone.REPLACE.value, _l("Ganti yang serupa")),
    Choice(IfGone.DROP.value, _l("Tidak usah dikirim")),
]


class LineForm(PolForm):
    """How much of a product, with a note."""

    quantity = QuantityField(_l("Jumlah"), [Needed(_l("Isi jumlahnya."))])
    note = StringField(_l("Catatan untuk lapak"), [Length(max=200)], default="")
    if_gone = SelectField(_l("Kalau habis"), choices=IF_GONE, default=IfGone.CALL.value)


class AddForm(LineForm):
    """The form on a product page; asks only for the quantity."""

    product = HiddenField(validators=[Needed()])

    def wish(self) -> Wish:
        """Return what the visitor wants."""
        return Wish(
            slug=self.product.data or "",
            quantity_milli=self.quantity.data,
            note=self.note.data or "",
            if_gone=IfGone(self.if_gone.data),
        )


@bp.get("")
@open_to_all
def show() -> ResponseReturnValue:
    holder = find_holder()
    now = clock.now()
    lines = queries.list_lines(holder, now=now) if holder else []
    person = people.find_user(holder.user_id) if holder and holder.user_id else None
    village = person.village_code if person else None
    fee = delivery.quote_fee(village_code=village, on_day=business_day(now))
    markets = queries.by_market(lines)
    goods = total(market.subtotal for market in markets)
    return render_template(
        "customer/cart/show.html",
        markets=markets,
        lines=lines,
        goods=goods,
        fee=fee,
        fees=fee.times(len(markets)),
        total=goods + fee.times(len(markets)),
        if_gone=IF_GONE,
        is_blocked=any(line.is_blocked for line in lines),
        is_dearer=any(line.base_price != line.price_seen for line in lines),
    )


@bp.post("/tambah")
@open_to_all
@form_on_public_page
def add() -> ResponseReturnValue:
    form = AddForm()
    if not form.validate():
        return _ask_again(form)
    wish = form.wish()
    with change(tell=False, whole=False) as outcome:
        lines = services.add_line(holder=my_holder(), wish=wish, now=clock.now())
    if outcome.refusal:
        form.blame(outcome.refusal, "quantity")
        return _ask_again(form)
    show_count(lines)
    link = Markup('{} <a href="/keranjang">{}</a>')
    flash(link.format(_("Sudah masuk keranjang."), _("Lihat keranjang")), "good")
    return redirect(f"/produk/{wish.slug}", 303)


@bp.post("/<int:line_id>/ubah")
@open_to_all
def edit(line_id: int) -> ResponseReturnValue:
    form = LineForm()
    if not form.validate():
        flash(
            " ".join(
                map(str, form.quantity.errors or form.note.errors or [_("Isian tidak terbaca.")])
            ),
            "bad",
        )
        return redirect(url_for(".show"), 303)
    wish = Wish("", form.quantity.data, form.note.data or "", IfGone(form.if_gone.data))
    with change(done=_("Keranjang sudah diperbarui.")):
        services.change_line(holder=my_holder(), line_id=line_id, wish=wish, now=clock.now())
    return redirect(url_for(".show"), 303)


@bp.post("/<int:line_id>/hapus")
@open_to_all
def remove(line_id: int) -> ResponseReturnValue:
    with change(done=_("Barang sudah dikeluarkan dari keranjang.")) as outcome:
        lines = services.remove_line(holder=my_holder(), line_id=line_id)
    if not outcome.refusal:
        show_count(lines)
    return redirect(url_for(".show"), 303)


@bp.post("/harga")
@open_to_all
def accept_prices() -> ResponseReturnValue:
    with change(done=_("Baik, keranjang memakai harga hari ini.")):
        services.accept_prices(holder=my_holder(), now=clock.now())
    return redirect(url_for(".show"), 303)


def _ask_again(form: AddForm) -> ResponseReturnValue:
    return render_template("customer/cart/add.html", form=form), 422
