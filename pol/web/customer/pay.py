"""Paying a group before its stalls start: which ways there are, its QRIS, charges online."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField

from pol.cart.queries import MarketPart
from pol.kernel import clock
from pol.kernel.money import total
from pol.orders.queries import customer, locks
from pol.orders.queries.rows import GroupView
from pol.payments.queries import attempts as attempt_queries
from pol.payments.queries import payments as payment_queries
from pol.payments.queries import qris as qris_queries
from pol.payments.queries.attempts import AttemptRow
from pol.payments.rules import AttemptKind, Method
from pol.payments.rules.provider import (
    AttemptUnderWay,
    Charge,
    OnlineNotOffered,
    ProviderRefused,
    ProviderSilent,
)
from pol.payments.rules.qris import merchant_of
from pol.payments.services import attempts, providers
from pol.payments.services.opening import offered_methods
from pol.payments.services.providers import Provider
from pol.web import qr
from pol.web.access import open_to_all
from pol.web.change import change
from pol.web.customer.letting_in import let_in
from pol.web.forms.base import Choice, PolForm
from pol.web.language import lazy_gettext as _l
from pol.web.language import sentence_of

bp = Blueprint("customer_pay", __name__, url_prefix="/belanjaan/<number>/bayar")

METHODS = [
    Choice(Method.CASH.value, _l("Tunai saat barang diterima")),
    Choice(Method.QRIS.value, _l("QRIS, lalu kirim foto buktinya")),
    Choice(Method.ONLINE.value, _l("Online: QRIS atau rekening virtual, tanpa kirim bukti")),
    Choice(Method.TRANSFER.value, _l("Transfer bank, lalu kirim foto buktinya")),
]
KINDS = {
    AttemptKind.QRIS: _l("QRIS"),
    AttemptKind.VA_BCA: _l("Rekening virtual BCA"),
    AttemptKind.VA_BNI: _l("Rekening virtual BNI"),
    AttemptKind.VA_BRI: _l("Rekening virtual BRI"),
}


class KindForm(PolForm):
    """Through which of the provider's ways."""

    kind = SelectField(_l("Cara bayar"), choices=[Choice(k.value, v) for k, v in KINDS.items()])


@dataclass(frozen=True)
class PayFacts:
    """What the page of an unpaid group says about paying it."""

    code: str | None
    merchant: str
    attempts: list[AttemptRow]
    kinds: dict[AttemptKind, str]


def offered(markets: list[MarketPart]) -> list[Choice]:
    """Return the ways in which this cart may be paid."""
    if not markets:
        return METHODS  # the cart was emptied meanwhile, which the page says
    methods = offered_methods(
        stall_ids={stall.lines[0].stall_id for market in markets for stall in market.stalls},
        market_id=min(market.market_id for market in markets),
        amount=total(market.subtotal for market in markets),
    )
    return [choice for choice in METHODS if choice.value in methods]


def facts_of(group: GroupView) -> PayFacts:
    """Return what is needed to pay a group by QRIS or online."""
    code = qris_queries.find_code_to_pay(group.id) if group.method is Method.QRIS else None
    online = group.method is Method.ONLINE
    made = attempt_queries.list_attempts_of_group(group.id) if online else []
    kinds = {kind: str(words) for kind, words in KINDS.items()}
    return PayFacts(code, merchant_of(code) if code else "", made, kinds)


@bp.get("/qris.png")
@open_to_all
def picture(number: str) -> ResponseReturnValue:
    key = let_in(number)
    facts = facts_of(customer.get_group(number))
    wanted = request.args.get("kode")
    codes = {one.reference: one.code for one in facts.attempts if one.kind is AttemptKind.QRIS}
    code = codes.get(wanted) if wanted else facts.code
    if code is None:
        return redirect(url_for("customer_group.show", number=number, kunci=key))
    response = Response(qr.png(code), mimetype="image/png")
    response.headers["Content-Disposition"] = f'attachment; filename="qris-{number}.png"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.post("")
@open_to_all
def start(number: str) -> ResponseReturnValue:
    key, form, now = let_in(number), KindForm(), clock.now()
    provider, charge = providers.in_use(), None
    kind = AttemptKind(form.kind.data) if form.validate() else AttemptKind.QRIS
    with change() as outcome:
        if provider is None:
            raise OnlineNotOffered
        charge = _open(number, provider, kind, now)
    if outcome.refusal is None and provider and charge:
        _ask(number, provider, charge)
    return redirect(url_for("customer_group.show", number=number, kunci=key), 303)


def _open(number: str, provider: Provider, kind: AttemptKind, now: datetime) -> Charge | None:
    """Write down the charge before anybody is asked; None if there is one already."""
    group = locks.lock_group(number)
    payment = payment_queries.lock_payment_of_group(group.id)
    live = attempts.find_live_attempt(payment=payment, kind=kind)
    if live is not None and live.code is None:
        raise AttemptUnderWay
    attempt = attempts.open_attempt(payment=payment, provider=provider.name, kind=kind, now=now)
    return attempts.charge_of(attempt, now=now) if live is None else None


def _ask(number: str, provider: Provider, charge: Charge) -> None:
    """Ask the provider, outside of any transaction, and note the answer."""
    try:
        charged = provider.charge(charge)
    except ProviderSilent as silence:
        flash(sentence_of(silence), "bad")  # whatever became of it, reconciliation finds out
    except ProviderRefused as refusal:
        flash(sentence_of(refusal), "bad")
        with change():
            locks.lock_group(number)
            attempts.note_failed(reference=charge.reference, reason=str(refusal), now=clock.now())
    else:
        with change():
            locks.lock_group(number)
            attempts.note_charged(reference=charge.reference, charged=charged, now=clock.now())
