"""Forms of cash: counting a bag, receiving money, bringing it to the bank."""

import secrets
from functools import lru_cache
from typing import Any, cast

from wtforms import BooleanField, HiddenField, SelectField, StringField
from wtforms.validators import Length

from pol.kernel.money import ZERO, Rupiah
from pol.payments.queries.cash import Bag
from pol.payments.rules.cash import Count, LineCount
from pol.payments.services.cash import Handing
from pol.web.forms.base import Needed, PolForm, RupiahField
from pol.web.language import lazy_gettext as _l

KEY = [Needed(), Length(min=16, max=64)]
AMOUNT = [Needed(_l("Tulis berapa uangnya."))]


class CountForm(PolForm):
    """What is in the bag; two more fields for each order that is in it."""

    seen = HiddenField()
    whole = RupiahField(
        _l("Uang di tas seluruhnya"), [Needed(_l("Hitung uangnya, lalu tulis jumlahnya."))]
    )
    market = SelectField(_l("Disetor di pasar"), coerce=int, choices=[])
    note = StringField(_l("Catatan"), [Length(max=200)])

    def read(self, bag: Bag) -> Count:
        """Return what the courier counted."""
        lines = {
            number: LineCount(self[f"uang_{number}"].data, self[f"sebab_{number}"].data or "")
            for number in bag.by_number
            if f"uang_{number}" in self and self[f"uang_{number}"].data is not None
        }
        return Count(self.whole.data, read_seen(self.seen), self.note.data or "", lines)


@lru_cache(maxsize=128)
def _shape(numbers: tuple[str, ...]) -> type[CountForm]:
    fields: dict[str, Any] = {}
    for number in numbers:
        fields[f"uang_{number}"] = RupiahField(_l("Uang yang ada"))
        fields[f"sebab_{number}"] = StringField(_l("Sebabnya"), [Length(max=200)])
    return cast("type[CountForm]", type("CountFormOfBag", (CountForm,), fields))


def count_form(
    bag: Bag, markets: list[tuple[int, str]], usual: int | None, *, sent: bool = False
) -> CountForm:
    """Return the form of a bag: as it should be, handed in where usual, or as it was sent."""
    shape = _shape(tuple(bag.by_number))
    known: dict[str, Any] = {f"uang_{number}": held for number, held in bag.by_number.items()}
    known["market"] = usual
    form = shape() if sent else shape(formdata=None, data=known)
    form.name_lines({number: number for number in bag.by_number})
    form.market.choices = markets
    if len(markets) == 1:
        form.market.data = markets[0][0]
    return form


class AcceptForm(PolForm):
    """Taking over a counted bag."""

    counted = HiddenField()
    forgive = BooleanField(_l("Catat kekurangannya sebagai kerugian pasar"))


class KeyedForm(PolForm):
    """A form that moves money; its key makes a second press harmless."""

    key = HiddenField(validators=KEY)
    amount = RupiahField(_l("Uang yang diterima"), AMOUNT)

    def fresh_key(self) -> None:
        """Give the form a key of its own."""
        self.key.data = secrets.token_urlsafe(24)


class DepositForm(KeyedForm):
    """Cash off a stall's debt; `seen` is the debt that the page showed."""

    seen = HiddenField()

    def read(self) -> Handing:
        """Return what was handed in."""
        return Handing(self.key.data or "", self.amount.data or ZERO, read_seen(self.seen))


class BankForm(KeyedForm):
    """Cash from the till to the bank."""

    amount = RupiahField(_l("Uang yang dibawa ke bank"), AMOUNT)
    reference = StringField(
        _l("Nomor bukti setoran bank"),
        [Needed(_l("Tulis nomor bukti dari bank.")), Length(max=80)],
    )


class CeilingForm(PolForm):
    """How much cash a stall may keep."""

    ceiling = RupiahField(_l("Batas uang tunai per lapak"), AMOUNT)


def read_seen(field: HiddenField) -> Rupiah:
    """Return the amount that a page showed; words that are no amount count as Rp0."""
    text = field.data or ""
    digits = text.removeprefix("-")
    return Rupiah(int(text)) if digits.isascii() and digits.isdecimal() and len(text) < 16 else ZERO
