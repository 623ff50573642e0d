"""The five short screens of a slot call, but for its spans of shelves."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, Optional

from pol.kernel.errors import Refused
from pol.kernel.localtime import at_local, business_day
from pol.kernel.money import Rupiah
from pol.kernel.text import decimal
from pol.partnership.slots.queries.calls import CallView
from pol.partnership.slots.rules import (
    Bearer,
    ChargeBasis,
    ChargeKind,
    CoopForm,
    GoodsCategory,
    call,
    forms,
)
from pol.partnership.slots.rules.call import CLOSING_MINUTE, Criterion
from pol.partnership.slots.rules.terms import Charge
from pol.partnership.slots.services.calls import Basics, GoodsFacts, TermFacts
from pol.web.call_words import BASES, BEARERS, CHARGES, FORMS, PERMITS
from pol.web.forms.base import Choice, Needed, PolForm, RupiahField
from pol.web.forms.days import NearDay
from pol.web.forms.fields import ReadingField
from pol.web.forms.measures import WholeField
from pol.web.language import gettext
from pol.web.language import lazy_gettext as _l
from pol.web.retailer.shelf_words import GOODS

MOST_CHARGES, MOST_CRITERIA = 4, 6
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
}


SHARE = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))? ?%?", re.A)


def read_share(text: str) -> int | None:
    """Return "2,5" or "2.5 %" as 250 basis points, or nothing when it is no share of anything."""
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
    """ "50.000" is rupiah, "2,5 %" a share of sales."""

    input_mode = "text"

    def read(self, text: str) -> Cost:  # type: ignore[override]
        share = read_share(text) if "%" in text else None
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


def _choices(words: Any) -> list[Choice]:
    return [Choice(member.value, label) for member, label in words.items()]


class BasicsForm(PolForm):
    """1: what is opened, in which form, when."""

    title = StringField(
        _l("Judul"),
        [Needed(), Length(max=80)],
        description=_l("Misalnya: Rak oleh-oleh Lamongan 2027."),
    )
    about = TextAreaField(
        _l("Uraian"),
        [Needed(_l("Tulis beberapa kalimat: barang apa yang dicari, ditaruh di mana.")),
         Length(max=1_200)],
    )  # fmt: skip
    form = RadioField(
        _l("Bentuk kerja sama"), choices=_choices(FORMS), default=CoopForm.CONSIGNMENT.value
    )
    first_day = DateField(_l("Barang di rak mulai"), [Needed(), NearDay()])
    last_day = DateField(_l("sampai"), [Needed(), NearDay()])
    deadline = DateField(
        _l("Pendaftaran ditutup"), [Needed(), NearDay()], description=_l("Pukul 17.00 WIB.")
    )

    @classmethod
    def of(cls, view: CallView) -> "BasicsForm":
        """Return the form filled with what is kept."""
        kept = view.call
        return cls(
            formdata=None,
            data={
                "title": kept.title,
                "about": kept.about,
                "form": kept.form.value,
                "first_day": kept.from_on,
                "last_day": kept.until_on - timedelta(days=1),
                "deadline": business_day(kept.closes_at),
            },
        )

    def facts(self) -> Basics:
        """Return what the service needs to know."""
        days: list[Any] = [self.first_day.data, self.last_day.data, self.deadline.data]
        return Basics(
            title=self.title.data or "",
            about=self.about.data or "",
            form=CoopForm(self.form.data),
            from_on=days[0],
            until_on=days[1] + timedelta(days=1),
            closes_at=at_local(days[2], CLOSING_MINUTE),
        )


class TermsForm(PolForm):
    """3: what both sides pay and bear."""

    margin = ShareField(_l("Margin toko"), [Needed()], description=_l("Bagian toko dari harga."))
    payment_days = WholeField(_l("Dibayar dalam"), [Needed()], least=0, most=365)
    settle_every_days = WholeField(_l("Lama satu periode"), [Needed()], least=1, most=92)
    notice_days = WholeField(
        _l("Berhenti diberitahukan"), [Needed()], least=0, most=365,
        description=_l("Sebelum kerja sama diakhiri."),
    )  # fmt: skip
    unsold = SelectField(_l("Yang tidak laku"), choices=_choices(BEARERS))
    damage = SelectField(_l("Yang rusak di toko"), choices=_choices(BEARERS))
    loss = SelectField(_l("Yang hilang di toko"), choices=_choices(BEARERS))
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

    def validate(self, extra_validators: Any = None) -> bool:
        """Also ask for the half of a charge that was forgotten."""
        sound = bool(super().validate(extra_validators))
        for row in self.charge_rows:
            name, cost = row["name"], row["cost"]
            if name.data and cost.data is None and not cost.errors:
                cost.errors, sound = [gettext("Tulis besarnya.")], False
            if cost.data is not None and not name.data:
                name.errors, sound = [gettext("Tulis untuk apa biaya ini.")], False
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
    setattr(TermsForm, f"charge{_at}_kind", SelectField(_l("Jenis"), choices=_choices(CHARGES)))
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


class GoodsForm(PolForm):
    """4: what may be applied with, and how it is scored."""

    categories = SelectMultipleField(_l("Jenis barang"), choices=_choices(GOODS))
    permits = SelectMultipleField(_l("Izin yang harus ada"), choices=_choices(PERMITS))
    min_life = ShareField(
        _l("Sisa umur simpan saat dikirim"), [Needed()],
        description=_l("Paling sedikit, dari umur simpan seluruhnya."),
    )  # fmt: skip
    per_producer = WholeField(
        _l("Paling banyak per produsen"), [Needed()], least=1, most=50,
        description=_l("Di satu toko."),
    )  # fmt: skip
    kecamatan_floor = WholeField(
        _l("Paling sedikit tiap kecamatan"), [Needed()], least=0, most=50,
        description=_l("Supaya kecamatan yang jauh juga dapat tempat. 0 berarti bebas."),
    )  # fmt: skip
    offer_days = WholeField(
        _l("Lama tawaran berlaku"), [Needed()], least=1, most=30,
        description=_l("Kalau tidak dijawab, tempatnya pindah ke antrean berikutnya."),
    )  # fmt: skip

    @classmethod
    def of(cls, view: CallView) -> "GoodsForm":
        """Return the form filled with what is kept."""
        kept = view.call
        data: dict[str, Any] = {
            "categories": kept.categories,
            "permits": kept.permits,
            "min_life": kept.min_life_bp,
            "per_producer": kept.per_producer_per_store,
            "kecamatan_floor": kept.kecamatan_floor,
            "offer_days": kept.offer_days,
        }
        for at, criterion in enumerate(view.criteria[:MOST_CRITERIA]):
            data[f"criterion{at}"], data[f"weight{at}"] = criterion.name, criterion.weight
        return cls(formdata=None, data=data)

    @property
    def criterion_rows(self) -> list[tuple[Any, Any]]:
        """Return the fields of each criterion, for the page."""
        return [(self[f"criterion{at}"], self[f"weight{at}"]) for at in range(MOST_CRITERIA)]

    def validate(self, extra_validators: Any = None) -> bool:
        """Also ask for the half of a criterion that was forgotten."""
        sound = bool(super().validate(extra_validators))
        for name, weight in self.criterion_rows:
            if name.data and weight.data is None and not weight.errors:
                weight.errors, sound = [gettext("Tulis bobotnya.")], False
            if weight.data is not None and not name.data:
                name.errors, sound = [gettext("Tulis apa yang dinilai.")], False
        return sound

    def facts(self) -> GoodsFacts:
        """Return what the service needs to know."""
        chosen: Sequence[str] = self.categories.data or []
        return GoodsFacts(
            categories=[GoodsCategory(value) for value in chosen],
            permits=self.permits.data or [],
            min_life_bp=self.min_life.data,
            criteria=[Criterion(n.data, w.data) for n, w in self.criterion_rows if n.data],
            per_producer_per_store=self.per_producer.data,
            kecamatan_floor=self.kecamatan_floor.data,
            offer_days=self.offer_days.data,
        )


for _at in range(MOST_CRITERIA):
    setattr(
        GoodsForm, f"criterion{_at}", StringField(_l("Yang dinilai"), [Optional(), Length(max=60)])
    )
    setattr(GoodsForm, f"weight{_at}", WholeField(_l("Bobot"), [Optional()], least=1, most=100))


class PublishForm(PolForm):
    """5: why a call is published in spite of a rule."""

    reason = TextAreaField(
        _l("Alasan"),
        [Optional(), Length(max=600)],
        description=_l("Dibaca semua orang di pengumuman, dan dicatat di jejak."),
    )


class CancelForm(PolForm):
    """Why a call is called off."""

    reason = TextAreaField(
        _l("Alasan pembatalan"),
        [Needed(), Length(max=600)],
        description=_l("Pendaftar mendapat kabar dengan alasan ini."),
    )


class ExtendForm(PolForm):
    """A later deadline."""

    deadline = DateField(
        _l("Batas pendaftaran baru"), [Needed(), NearDay()], description=_l("Pukul 17.00 WIB.")
    )

    @property
    def closes_at(self) -> datetime:
        """Return the moment, once the form is sound."""
        day: Any = self.deadline.data
        return at_local(day, CLOSING_MINUTE)
