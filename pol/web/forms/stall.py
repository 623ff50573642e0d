"""What a trader fills in about a stall."""

from datetime import time
from typing import Any, ClassVar

from wtforms import (
    BooleanField,
    DateField,
    Field,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.form import BaseForm
from wtforms.validators import Length, Optional, StopValidation

from pol.kernel.errors import Refused
from pol.stalls.queries import own
from pol.stalls.queries.own import StallDetail
from pol.stalls.rules import PermitKind
from pol.stalls.rules.stall import (
    HelperAlreadyThere,
    HelperUnknown,
    HoursBackwards,
    PermitExpired,
    PlaceUnknown,
    TooManyHelpers,
    VacationBackwards,
    VacationTooLong,
)
from pol.web.forms.base import Choice, Needed, PhoneField, PolForm, VillageField
from pol.web.forms.pictures import PictureForm
from pol.web.language import gettext
from pol.web.language import lazy_gettext as _l
from pol.web.public.words import PERMITS

IN_MARKET, AT_HOME = "pasar", "desa"
PLACES = [
    Choice(IN_MARKET, _l("Di pasar, dengan nomor lapak atau kios")),
    Choice(AT_HOME, _l("Di rumah atau tempat usaha sendiri")),
]
FIELD_OF: dict[type[Refused], str] = {
    PlaceUnknown: "place",
    VacationBackwards: "vacation_until",
    VacationTooLong: "vacation_until",
    HoursBackwards: "closes",
    HelperUnknown: "phone",
    HelperAlreadyThere: "phone",
    TooManyHelpers: "phone",
    PermitExpired: "expires_on",
}


class NeededAt:
    """The field must be filled for one kind of place."""

    field_flags: ClassVar = {"required": True}

    def __init__(self, place: str, message: str) -> None:
        self.place, self.message = place, message

    def __call__(self, form: BaseForm, field: Field) -> None:
        if form["place"].data == self.place and not field.data:
            raise StopValidation(str(self.message))


class StallForm(PolForm):
    """Name, phone and place of a stall."""

    name = StringField(_l("Nama lapak"), [Needed(_l("Isi nama lapaknya.")), Length(min=3, max=60)])
    phone = PhoneField(_l("Nomor HP lapak"), [Needed(_l("Isi nomor HP yang bisa dihubungi."))])
    place = RadioField(_l("Tempat berjualan"), choices=PLACES, default=IN_MARKET)
    block = StringField(_l("Blok atau los"), [Length(max=20)])
    number = StringField(
        _l("Nomor"),
        [NeededAt(IN_MARKET, _l("Isi nomor lapak atau kiosnya.")), Length(max=20)],
    )
    village = VillageField(
        _l("Desa atau kelurahan"), [NeededAt(AT_HOME, _l("Isi desa atau kelurahannya."))]
    )
    address = StringField(
        _l("Alamat"),
        [NeededAt(AT_HOME, _l("Isi alamatnya: jalan, RT/RW, atau patokan.")), Length(max=160)],
    )
    about = TextAreaField(_l("Tentang lapak"), [Length(max=1_000)])
    pickup = BooleanField(_l("Pembeli boleh mengambil sendiri di lapak"), default=True)

    @classmethod
    def of(cls, stall: StallDetail) -> "StallForm":
        """Return the form filled with what holds now."""
        values = {
            "name": stall.name,
            "phone": stall.phone,
            "place": IN_MARKET if stall.is_in_market else AT_HOME,
            "block": stall.block,
            "number": stall.number,
            "village": None if stall.is_in_market else stall.village_code,
            "address": stall.address,
            "about": stall.about,
            "pickup": stall.pickup_at_stall,
        }
        return cls(formdata=None, data=values)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field; what was typed for the other kind of place does not matter."""
        super().validate(extra_validators)
        if self.place.data == IN_MARKET:
            self.village.errors = []
        return not self.errors

    def facts(self) -> dict[str, Any]:
        """Return what both services want to know."""
        in_market = self.place.data == IN_MARKET
        return {
            "name": self.name.data,
            "phone": self.phone.data,
            "about": self.about.data or "",
            "block": (self.block.data or None) if in_market else None,
            "number": self.number.data if in_market else None,
            "village_code": None if in_market else self.village.data,
            "address": self.address.data or "",
            "pickup_at_stall": self.pickup.data,
        }

    def blame_rule(self, refusal: Refused) -> None:
        """Show a rule's refusal beside the field that it is about."""
        self.blame(refusal, FIELD_OF.get(type(refusal)))


class NewStallForm(StallForm):
    """A stall that opens: also which market it belongs to."""

    market = SelectField(_l("Pasar"), [Needed(_l("Pilih pasarnya."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            Choice(str(market.market_id), f"{market.name} ({market.kecamatan})")
            for market in own.list_market_choices()
        ]
        self.market.choices = [Choice("", gettext("Pilih pasar")), *choices]


class HoursForm(PolForm):
    """Hours that differ from the market's, or none."""

    opens = TimeField(_l("Buka pukul"), [Optional()])
    closes = TimeField(_l("Tutup pukul"), [Optional()])

    @classmethod
    def of(cls, stall: StallDetail) -> "HoursForm":
        """Return the form filled with what holds now."""
        hours = {"opens": _clock(stall.opens_minute), "closes": _clock(stall.closes_minute)}
        return cls(formdata=None, data=hours)

    def minutes(self) -> tuple[int | None, int | None]:
        """Return opening and closing in minutes since midnight."""
        return _minutes(self.opens.data), _minutes(self.closes.data)


class VacationForm(PolForm):
    """From which day the stall is closed, and on which it opens again."""

    vacation_from = DateField(_l("Libur mulai"), [Optional()])
    vacation_until = DateField(_l("Buka lagi"), [Optional()])


class HelperForm(PolForm):
    """Somebody who helps, by phone number."""

    phone = PhoneField(_l("Nomor HP penjaga"), [Needed(_l("Isi nomor HP-nya."))])


class PermitForm(PictureForm):
    """A permit of the business or of a product."""

    kind = SelectField(_l("Jenis izin"), choices=[Choice(k.value, PERMITS[k]) for k in PermitKind])
    number = StringField(_l("Nomor"), [Needed(_l("Isi nomor izinnya.")), Length(max=40)])
    expires_on = DateField(_l("Berlaku sampai"), [Optional()])


class StallPictureForm(PictureForm):
    """The picture of a stall."""


def _clock(minute: int | None) -> time | None:
    return None if minute is None else time(minute // 60 % 24, minute % 60)


def _minutes(moment: time | None) -> int | None:
    return None if moment is None else moment.hour * 60 + moment.minute
