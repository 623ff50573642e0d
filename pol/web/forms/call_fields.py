"""Fields of the screens of a slot call, and which of them a refusal belongs to."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pol.kernel.errors import Refused
from pol.kernel.money import Rupiah
from pol.kernel.text import decimal
from pol.partnership.slots.rules import call, forms
from pol.web.forms.base import Choice, RupiahField
from pol.web.forms.fields import ReadingField
from pol.web.language import gettext

FIELD_OF: dict[type[Refused], str] = {
    call.CallDatesReversed: "last_day",
    call.CallTooLong: "last_day",
    call.CallDeadlinePast: "deadline",
    call.CallDeadlineTooLate: "deadline",
    call.DeadlineNotLater: "deadline",
    call.CallAlreadyClosed: "deadline",
    call.CallWithoutGoods: "categories",
    call.CallReasonNeeded: "reason",
    call.CancelReasonNeeded: "reason",
    call.WeightsNotHundred: "weight0",
    call.CriterionTwice: "criterion0",
    forms.UnsoldRiskOfForm: "unsold",
    forms.RentUnsoldRisk: "unsold",
    forms.BoughtGoodsRisk: "damage",
    forms.RentWithoutRent: "charge0_kind",
    forms.RentNotOfForm: "charge0_kind",
}
SHARE = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))? ?(?:%|persen)?", re.A | re.I)


def read_share(text: str) -> int | None:
    """Return "2,5", "2.5 %" or "2,5 persen" as 250 basis points, or None: no share of anything."""
    found = SHARE.fullmatch(text)
    share = int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0")) if found else None
    return share if share is not None and share <= 10_000 else None


class ShareField(ReadingField):
    """2,5 -> 250 basis points, from 0 to 100 percent."""

    input_mode = "decimal"

    def read(self, text: str) -> int:
        share = read_share(text)
        if share is None:
            raise ValueError(
                gettext("Tulis persen antara 0 dan 100, paling banyak dua angka di belakang koma.")
            )
        return share

    def write(self, data: int) -> str:
        return decimal(data * 10)


@dataclass(frozen=True)
class Cost:
    """What a charge amounts to: rupiah, or a share of sales."""

    amount: Rupiah
    share_bp: int


class CostField(RupiahField):
    """ "50.000" is rupiah, "2,5 %" or "2,5 persen" a share of sales."""

    input_mode = "text"

    def read(self, text: str) -> Cost:  # type: ignore[override]
        share = None if text[-1:].isdigit() else read_share(text)
        if share is not None:
            return Cost(Rupiah(0), share)
        try:
            return Cost(super().read(text), 0)
        except ValueError:
            raise ValueError(
                gettext("Tulis rupiah seperti 50.000, atau bagian penjualan seperti 2 %.")
            ) from None

    def write(self, data: Cost) -> str:  # type: ignore[override]
        return f"{decimal(data.share_bp * 10)} %" if data.share_bp else super().write(data.amount)


def choices_of(words: Mapping[Any, Any]) -> list[Choice]:
    """Return the choices of a field, one for each member that has a name."""
    return [Choice(member.value, label) for member, label in words.items()]
