"""Forms about commission rules."""

from collections.abc import Iterable
from typing import Any

from wtforms import DateField, SelectField, StringField
from wtforms.validators import Length, Optional

from pol.catalogue.queries.categories import CategoryRow
from pol.kernel.errors import Refused
from pol.kernel.money import ZERO
from pol.kernel.text import decimal
from pol.payments.rules import commission as rules
from pol.payments.services.commission import NewRule
from pol.stalls.queries.own import MarketChoice
from pol.web.forms.base import Choice, Needed, PolForm, RupiahField
from pol.web.forms.days import NearDay
from pol.web.forms.fields import QuantityField
from pol.web.language import gettext
from pol.web.language import lazy_gettext as _l

FIELD_OF: dict[type[Refused], str] = {
    rules.RuleFromThePast: "valid_from",
    rules.SourceNeeded: "source",
    rules.RateOutOfRange: "rate",
    rules.LimitsCross: "ceiling",
    rules.EndTooEarly: "last_day",
    rules.RuleAlreadyOver: "last_day",
}


def category_choices(categories: Iterable[CategoryRow]) -> list[Choice]:
    """Return both levels of categories, the lower ones with the name of theirs."""
    return [
        Choice(str(c.category_id), f"{c.parent.name}: {c.name}" if c.parent else c.name)
        for c in categories
    ]


class PercentField(QuantityField):
    """2,5 -> 250 basis points; two decimals are as fine as a rule gets."""

    def read(self, text: str) -> int:
        milli = super().read(text.replace("%", ""))
        if milli % 10:
            raise ValueError(
                gettext("Tulis persen dengan paling banyak dua angka di belakang koma.")
            )
        if milli > 100_000:
            raise ValueError(gettext("Komisi antara 0 dan 100 persen."))
        return milli // 10

    def write(self, data: int) -> str:
        return decimal(data * 10)


class RuleForm(PolForm):
    """A new rule; of market, category and stall at most one is filled."""

    rate = PercentField(_l("Komisi"), [Needed()])
    market = SelectField(_l("Hanya untuk pasar"), [Optional()])
    category = SelectField(_l("Hanya untuk kategori"), [Optional()])
    stall = StringField(
        _l("Hanya untuk lapak"),
        [Optional(), Length(max=120)],
        description=_l("Alamat lapak, misalnya lapak-bu-sri. Kosongkan ketiganya untuk semua."),
    )
    floor = RupiahField(_l("Paling sedikit"), [Optional()])
    ceiling = RupiahField(_l("Paling banyak"), [Optional()])
    valid_from = DateField(_l("Berlaku mulai"), [Needed(), NearDay()])
    source = StringField(
        _l("Dasar"),
        [Needed(_l("Tulis dasar aturan ini, misalnya nomor surat keputusan.")), Length(max=200)],
        description=_l("Misalnya nomor surat keputusan; pedagang bisa membacanya."),
    )

    def offer(self, markets: Iterable[MarketChoice], categories: Iterable[CategoryRow]) -> None:
        """Fill the lists."""
        nothing = Choice("", "–")
        self.market.choices = [nothing, *(Choice(str(m.market_id), m.name) for m in markets)]
        self.category.choices = [nothing, *category_choices(categories)]

    def facts(self, *, stall_id: int | None) -> NewRule:
        """Return what the service needs to know."""
        chosen: dict[str, Any] = {
            "market_id": int(self.market.data) if self.market.data else None,
            "category_id": int(self.category.data) if self.category.data else None,
            "stall_id": stall_id,
            "valid_from": self.valid_from.data,
        }
        return NewRule(
            basis_points=self.rate.data,
            source=self.source.data or "",
            floor=self.floor.data or ZERO,
            ceiling=self.ceiling.data,
            **chosen,
        )


class EndForm(PolForm):
    """The last day on which a rule holds."""

    last_day = DateField(_l("Hari terakhir berlaku"), [Needed(), NearDay()])


class AskForm(PolForm):
    """What a sale would cost a stall on a day."""

    lapak = StringField(
        _l("Alamat lapak"), [Optional(), Length(max=120)],
        description=_l("Misalnya lapak-bu-sri."),
    )  # fmt: skip
    kategori = SelectField(_l("Kategori barang"), [Optional()], default="")
    hari = DateField(_l("Pada hari"), [Optional(), NearDay()])
