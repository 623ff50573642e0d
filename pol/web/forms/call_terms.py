"""The third screen of a slot call."""

import re
from collections.abc import Iterator
from typing import Any

from wtforms import BooleanField, Field, SelectField, StringField
from wtforms.validators import Length, Optional

from pol.partnership.slots.queries.calls import CallView
from pol.partnership.slots.rules import Bearer, ChargeBasis, ChargeKind, CoopForm
from pol.partnership.slots.rules.terms import Charge
from pol.partnership.slots.services.calls import TermFacts
from pol.web.call_words import BASES, BEARERS, CHARGES
from pol.web.forms.base import Choice, Needed, PolForm, RupiahField
from pol.web.forms.call_fields import Cost, CostField, ShareField, choices_of
from pol.web.forms.measures import WholeField
from pol.web.language import gettext as _
from pol.web.language import lazy_gettext as _l

MOST_CHARGES = 4
OF_CHARGE = re.compile(r"charge(\d+)_")


class TermsForm(PolForm):
    """3: what both sides pay and bear."""

    margin = ShareField(_l("Margin toko"), [Needed()], description=_l("Bagian toko dari harga."))
    payment_days = WholeField(_l("Dibayar dalam"), [Needed()], least=0, most=365)
    settle_every_days = WholeField(_l("Lama satu periode"), [Needed()], least=1, most=92)
    notice_days = WholeField(
        _l("Berhenti diberitahukan"), [Needed()], least=0, most=365,
        description=_l("Sebelum kerja sama diakhiri."),
    )  # fmt: skip
    unsold = SelectField(_l("Yang tidak laku"), choices=choices_of(BEARERS))
    damage = SelectField(_l("Yang rusak di toko"), choices=choices_of(BEARERS))
    loss = SelectField(_l("Yang hilang di toko"), choices=choices_of(BEARERS))
    late_fine = ShareField(
        _l("Denda toko telat bayar"), [Needed()], description=_l("Dari tagihan yang telat.")
    )
    short_fine = ShareField(
        _l("Denda produsen kurang kirim"), [Needed()], description=_l("Dari nilai yang kurang.")
    )
    expected_sales = RupiahField(
        _l("Perkiraan penjualan"),
        [Optional()],
        description=_l("Satu produsen dalam satu periode. Perlu kalau ada biaya dalam rupiah."),
    )
    new_goods_only = BooleanField(_l("Hanya barang yang belum pernah dijual di toko kami"))

    @classmethod
    def of(cls, view: CallView) -> "TermsForm":
        """Return the form filled with what is kept."""
        kept = view.call
        data: dict[str, Any] = {
            "margin": kept.margin_bp,
            "unsold": kept.unsold_bearer.value,
            "damage": kept.damage_bearer.value,
            "loss": kept.loss_bearer.value,
            "late_fine": kept.late_fine_bp,
            "short_fine": kept.short_fine_bp,
        }
        same = ("payment_days", "settle_every_days", "notice_days", "expected_sales")
        data |= {name: getattr(kept, name) for name in (*same, "new_goods_only")}
        if kept.form is CoopForm.RENT and not view.charges:
            data |= {"charge0_kind": ChargeKind.RENT.value, "charge0_name": _("Sewa rak")}
        for at, charge in enumerate(view.charges[:MOST_CHARGES]):
            data[f"charge{at}_kind"] = charge.kind.value
            data[f"charge{at}_name"] = charge.name
            data[f"charge{at}_cost"] = Cost(charge.amount, charge.share_bp)
            data[f"charge{at}_basis"] = (
                ChargeBasis.PER_PERIOD.value if charge.is_share else charge.basis.value
            )
        return cls(formdata=None, data=data)

    @property
    def charge_rows(self) -> list[dict[str, Any]]:
        """Return the fields of each charge, for the page."""
        parts = ("kind", "name", "cost", "basis")
        return [{part: self[f"charge{at}_{part}"] for part in parts} for at in range(MOST_CHARGES)]

    @property
    def has_charges(self) -> bool:
        """Answer whether the part with the charges holds anything, right or wrong."""
        fields = [field for row in self.charge_rows for field in row.values()]
        typed = any(row["name"].data or row["cost"].data is not None for row in self.charge_rows)
        kept = bool(self.expected_sales.data or self.new_goods_only.data)
        return typed or kept or any(field.errors for field in fields)

    def line_of(self, field: Field) -> str | None:
        """Return which charge a field belongs to."""
        found = OF_CHARGE.match(field.name)
        return _("Biaya %(n)s", n=int(found[1]) + 1) if found else None

    def validate(self, extra_validators: Any = None) -> bool:
        """Also ask for the half of a charge that was forgotten."""
        sound = bool(super().validate(extra_validators))
        for row in self.charge_rows:
            name, cost = row["name"], row["cost"]
            if name.data and cost.data is None and not cost.errors:
                cost.errors, sound = [_("Tulis besarnya.")], False
            if cost.data is not None and not name.data:
                name.errors, sound = [_("Tulis untuk apa biaya ini.")], False
        return sound

    def facts(self) -> TermFacts:
        """Return what the service needs to know."""
        return TermFacts(
            margin_bp=self.margin.data,
            charges=tuple(self._charges()),
            payment_days=self.payment_days.data,
            settle_every_days=self.settle_every_days.data,
            notice_days=self.notice_days.data,
            unsold_bearer=Bearer(self.unsold.data),
            damage_bearer=Bearer(self.damage.data),
            loss_bearer=Bearer(self.loss.data),
            late_fine_bp=self.late_fine.data,
            short_fine_bp=self.short_fine.data,
            expected_sales=self.expected_sales.data,
            new_goods_only=bool(self.new_goods_only.data),
        )

    def _charges(self) -> Iterator[Charge]:
        for row in self.charge_rows:
            cost = row["cost"].data
            if cost is None:
                continue
            share = ChargeBasis.SHARE_OF_SALES
            yield Charge(
                kind=ChargeKind(row["kind"].data),
                basis=share if cost.share_bp else ChargeBasis(row["basis"].data),
                name=row["name"].data or "",
                amount=cost.amount,
                share_bp=cost.share_bp,
            )


for _at in range(MOST_CHARGES):
    setattr(TermsForm, f"charge{_at}_kind", SelectField(_l("Jenis"), choices=choices_of(CHARGES)))
    setattr(
        TermsForm,
        f"charge{_at}_name",
        StringField(_l("Nama biaya"), [Optional(), Length(max=80)]),
    )
    setattr(TermsForm, f"charge{_at}_cost", CostField(_l("Besarnya"), [Optional()]))
    setattr(
        TermsForm,
        f"charge{_at}_basis",
        SelectField(
            _l("Kapan"),
            choices=[
                Choice(basis.value, BASES[basis])
                for basis in (ChargeBasis.PER_PERIOD, ChargeBasis.ONCE)
            ],
        ),
    )
