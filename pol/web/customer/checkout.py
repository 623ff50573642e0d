"""One form from cart to order group."""

import re
import secrets
from datetime import datetime
from functools import lru_cache
from typing import cast

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length

from pol.cart import queries as cart
from pol.cart.queries import MarketPart
from pol.delivery import queries as delivery
from pol.identity.queries import people
from pol.kernel import clock
from pol.kernel.errors import Refused
from pol.kernel.localtime import business_day
from pol.kernel.money import ZERO, Rupiah, total
from pol.orders.rules import checkout as rules
from pol.orders.services.checkout import place_order
from pol.payments.rules import Method
from pol.payments.rules.cash import CashPaused
from pol.payments.rules.provider import OnlineNotOffered
from pol.payments.rules.qris import QrisAmountOutside, QrisNotOffered
from pol.payments.services.credit import balance_of
from pol.web.access import open_to_all
from pol.web.change import change
from pol.web.customer import hand_over, pay
from pol.web.customer.holder import find_holder, my_holder, show_count
from pol.web.forms.base import Choice, Needed, PhoneField, PolForm, VillageField
from pol.web.guest import guest_key
from pol.web.language import gettext as _
from pol.web.language import lazy_gettext as _l
from pol.web.language import sentence_of

bp = Blueprint("customer_checkout", __name__, url_prefix="/pesan")

TOLERANCES = [
    Choice("0", _l("Tanya saya dulu kalau lebih berat")),
    Choice("500", _l("Boleh sampai 5 persen lebih berat")),
    Choice("1000", _l("Boleh sampai 10 persen lebih berat")),
    Choice("2000", _l("Boleh sampai 20 persen lebih berat")),
]
CHECKS = [Needed(_l("Pilih cara barang sampai ke Anda.")), hand_over.check]
MARKET_FIELD = re.compile(r"cara_[0-9]{1,9}")
FIELD_OF: dict[type[Refused] | type[None], str] = {
    rules.AddressMissing: "address",
    CashPaused: "method",
    QrisNotOffered: "method",
    QrisAmountOutside: "method",
    OnlineNotOffered: "method",
}


class CheckoutForm(PolForm):
    """Who orders, where to, how to pay; one more field for each market."""

    key = HiddenField(validators=[Needed(), Length(min=16, max=64)])
    seen_goods = HiddenField(validators=[Needed()])
    seen_fee = HiddenField(validators=[Needed()])
    name = StringField(_l("Nama penerima"), [Needed(_l("Isi nama penerima.")), Length(max=80)])
    phone = PhoneField(_l("Nomor HP (WhatsApp)"), [Needed(_l("Isi nomor HP Anda."))])
    village = VillageField(_l("Desa atau kelurahan"), description=_l("Wajib kalau barang diantar."))
    address = TextAreaField(
        _l("Alamat lengkap"),
        [Length(max=300)],
        description=_l("Jalan, RT/RW, patokan. Wajib kalau barang diantar."),
    )
    method = RadioField(_l("Cara bayar"), choices=pay.METHODS, default=Method.CASH.value)
    tolerance = SelectField(
        _l("Kalau barang timbangan sedikit lebih berat"),
        choices=TOLERANCES,
        default=str(rules.DEFAULT_TOLERANCE_BP),
        description=_l("Anda membayar berat sebenarnya. Lebih ringan selalu lebih murah."),
    )
    use_credit = BooleanField(_l("Pakai saldo belanja"))


@lru_cache(maxsize=256)
def _shape(names: tuple[str, ...]) -> type[CheckoutForm]:
    """Return the form with a field for each market; making a form class is slow."""
    ways = {
        name: SelectField(validators=CHECKS, choices=[], validate_choice=False) for name in names
    }
    return cast("type[CheckoutForm]", type("CheckoutFormOfMarkets", (CheckoutForm,), ways))


def _form_as_sent() -> CheckoutForm:
    """Return the form with a field for each market that it was sent for."""
    return _shape(tuple(sorted(filter(MARKET_FIELD.fullmatch, request.form))))()


def _form_for(markets: list[MarketPart], fee: Rupiah, now: datetime) -> CheckoutForm:
    offers = delivery.show_slots_of(market_ids=[m.market_id for m in markets], now=now)
    form = _shape(tuple(f"cara_{market.market_id}" for market in markets))()
    form.method.choices = pay.offered(markets)
    for market in markets:
        field = form[f"cara_{market.market_id}"]
        field.label.text = _("Dari %(market)s", market=market.name)
        ways = offers.get(market.market_id, [])
        field.choices = hand_over.choices(market, ways, fee=fee, now=now)
    return form


@bp.get("")
@open_to_all
def show() -> ResponseReturnValue:
    now = clock.now()
    holder = find_holder()
    lines = cart.list_lines(holder, now=now) if holder else []
    if not lines or any(line.troubles for line in lines):
        return redirect(url_for("customer_cart.show"))
    person = people.find_user(holder.user_id) if holder and holder.user_id else None
    village = person.village_code if person else None
    markets = cart.by_market(lines)
    fee = delivery.quote_fee(village_code=village, on_day=business_day(now))
    form = _form_for(markets, fee, now)
    form.key.data = secrets.token_urlsafe(24)
    for market in markets:
        field = form[f"cara_{market.market_id}"]
        field.data = next((choice.value for choice in field.choices), None)
    if person:
        form.name.data, form.phone.data = person.name, person.phone
        form.village.data = village
    return _page(form, markets, fee)


@bp.post("")
@open_to_all
def place() -> ResponseReturnValue:
    now, form = clock.now(), _form_as_sent()
    if not form.validate():
        return _page_again(now, None), 422
    placed = None
    with change(done=_("Terima kasih. Belanjaan Anda sudah kami catat."), tell=False) as outcome:
        placed = place_order(holder=my_holder(), wanted=_wanted(form), now=now)
    if isinstance(outcome.refusal, rules.OrderedAlready):
        return _ordered(outcome.refusal), 422
    if placed is None:
        return _page_again(now, outcome.refusal), 409
    show_count(0)
    key = guest_key(placed.number)
    return redirect(url_for("customer_group.show", number=placed.number, kunci=key), 303)


def _ordered(refusal: rules.OrderedAlready) -> str:
    """Say that this form is an order already, and lead there; whoever holds its key may see it."""
    number = refusal.number
    link = url_for("customer_group.show", number=number, kunci=guest_key(number))
    words = sentence_of(refusal)
    return render_template("customer/checkout/ordered.html", words=words, link=link)


def _page_again(now: datetime, refusal: Refused | None) -> str:
    """Show the form as it was typed, with today's sums and what stands in the way."""
    markets = cart.by_market(cart.list_lines(my_holder(), now=now))
    village = request.form.get("village") and CheckoutForm().village.data
    fee = delivery.quote_fee(village_code=village or None, on_day=business_day(now))
    form = _form_for(markets, fee, now)
    form.validate()
    if refusal:
        form.blame(refusal, _blamed(form, refusal))
    return _page(form, markets, fee)


def _blamed(form: CheckoutForm, refusal: Refused) -> str | None:
    if isinstance(refusal, rules.AddressMissing) and not form.village.data:
        return "village"
    return FIELD_OF.get(type(refusal))


def _wanted(form: CheckoutForm) -> rules.Checkout:
    ways = {
        int(field.name.removeprefix("cara_")): hand_over.read(field.data)
        for field in form
        if MARKET_FIELD.fullmatch(field.name)
    }
    trips = sum(not way.mode.is_pickup for way in ways.values())
    return rules.Checkout(
        key=form.key.data or "",
        user_id=my_holder().user_id,
        name=form.name.data or "",
        phone=form.phone.data or "",
        village_code=form.village.data or None,
        address=form.address.data or "",
        method=Method(form.method.data),
        seen_total=_rupiah(form.seen_goods.data) + _rupiah(form.seen_fee.data).times(trips),
        hand_overs=ways,
        use_credit=form.use_credit.data,
        tolerance_bp=int(form.tolerance.data),
    )


def _rupiah(text: str | None) -> Rupiah:
    return Rupiah(int(text)) if text and text.isdecimal() and len(text) < 16 else ZERO


def _page(form: CheckoutForm, markets: list[MarketPart], fee: Rupiah) -> str:
    goods = total(market.subtotal for market in markets)
    ways = {
        m.market_id: form[f"cara_{m.market_id}"] for m in markets if f"cara_{m.market_id}" in form
    }
    delivered = [w for w in ways.values() if str(w.data or "").startswith("delivery")]
    fees = fee.times(len(delivered))
    credit = balance_of(my_holder().user_id)
    form.use_credit.label.text = _("Pakai saldo belanja %(credit)s", credit=credit)
    return render_template(
        "customer/checkout/show.html",
        form=form,
        markets=markets,
        ways=ways,
        goods=goods,
        fee=fee,
        fees=fees,
        total=goods + fees,
        credit=credit,
        is_weighed=any(line.is_weighed for m in markets for s in m.stalls for line in s.lines),
    )
