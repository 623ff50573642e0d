"""The ways in which one market's goods can reach the customer, as choices of a form."""

from collections.abc import Sequence
from datetime import date, datetime

from wtforms import Field
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from pol.cart.queries import MarketPart
from pol.delivery.queries import SlotOffer
from pol.delivery.rules import Mode
from pol.kernel.localtime import business_day
from pol.kernel.money import Rupiah
from pol.orders.rules.checkout import HandOver
from pol.web.filters import menit, short_day
from pol.web.forms.base import Choice
from pol.web.language import gettext as _


def choices(
    market: MarketPart, offers: Sequence[SlotOffer], *, fee: Rupiah, now: datetime
) -> list[Choice]:
    """Return (value, words) of every way that is open now; deliveries first."""
    brought = _("Diantar ke rumah (+%(fee)s)", fee=fee)
    fetched = _("Ambil sendiri (tanpa ongkos)")
    ways = [
        Choice(_value(Mode.DELIVERY, o.on_day, o.slot_id), _hours(o), optgroup=brought)
        for o in offers
    ]
    for day in sorted({offer.on_day for offer in offers} or {business_day(now)})[:2]:
        if market.pickup_at_stall:
            where = _("Di lapak, %(day)s", day=short_day(day))
            ways.append(Choice(_value(Mode.PICKUP_STALL, day), where, optgroup=fetched))
        where = _("Di pos pasar, %(day)s", day=short_day(day))
        ways.append(Choice(_value(Mode.PICKUP_POST, day), where, optgroup=fetched))
    return ways


def read(value: str) -> HandOver:
    """Return the way behind a choice's value.

    :raises ValueError: no form of ours sends this
    """
    mode, day, slot = value.split(":")
    return HandOver(Mode(mode), date.fromisoformat(day), int(slot[:9]) if slot else None)


def check(form: BaseForm, field: Field) -> None:
    """Refuse a choice that no form of ours sends."""
    try:
        read(field.data)
    except ValueError:
        raise ValidationError(_("Pilih cara barang sampai ke Anda.")) from None


def _value(mode: Mode, day: date, slot_id: int | None = None) -> str:
    return f"{mode.value}:{day.isoformat()}:{slot_id or ''}"


def _hours(offer: SlotOffer) -> str:
    hours = f"{menit(offer.starts_minute)}–{menit(offer.ends_minute)}"
    return f"{short_day(offer.on_day)}, {hours}"
