"""What a retailer fills in about the business, its people and its stores."""

from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional, Regexp, ValidationError

from pol.kernel.errors import Refused
from pol.partnership.slots.queries.stores import StoreChoice, StoreView
from pol.partnership.slots.rules import RetailSeat
from pol.partnership.slots.rules.store import (
    LONGEST_SHELVES_MM,
    ClerkWithoutStore,
    ColleagueUnknown,
    NibTaken,
    NibUnreadable,
    PermitTaken,
    StorePermitExpired,
    WorksElsewhere,
)
from pol.partnership.slots.services.stores import StoreFacts
from pol.web.forms.base import Choice, Needed, PhoneField, PolForm, QuantityField, VillageField
from pol.web.forms.pictures import PictureForm
from pol.web.language import gettext
from pol.web.language import lazy_gettext as _l

NIB = _l("NIB terdiri dari tepat 13 angka. Lihat di surat OSS Anda.")
FIELD_OF: dict[type[Refused], str] = {
    NibUnreadable: "nib",
    NibTaken: "nib",
    ColleagueUnknown: "phone",
    ClerkWithoutStore: "store",
    PermitTaken: "permit_number",
    StorePermitExpired: "permit_expires_on",
}
SEATS = {
    RetailSeat.OWNER: _l("pemilik"),
    RetailSeat.BUYER: _l("pembelian"),
    RetailSeat.CLERK: _l("pramuniaga"),
}


class RetailerForm(PolForm):
    """A business with stores."""

    name = StringField(
        _l("Nama usaha ritel"), [Needed(_l("Isi nama usahanya.")), Length(min=3, max=80)]
    )
    nib = StringField(
        _l("NIB"),
        [Needed(_l("Isi NIB-nya.")), Regexp(r"[0-9]{13}$", message=NIB)],
        description=_l("Nomor Induk Berusaha, 13 angka."),
        render_kw={"inputmode": "numeric", "autocomplete": "off", "maxlength": 20},
    )
    phone = PhoneField(_l("Nomor telepon usaha"), [Needed(_l("Isi nomor yang bisa dihubungi."))])


class ColleagueForm(PolForm):
    """Somebody who works for the retailer, by phone number."""

    phone = PhoneField(_l("Nomor HP"), [Needed(_l("Isi nomor HP-nya."))])
    seat = RadioField(
        _l("Tugas"),
        choices=[
            Choice(RetailSeat.BUYER.value, _l("Pembelian: membuka slot, memilih produk, membayar")),
            Choice(RetailSeat.CLERK.value, _l("Pramuniaga: menerima barang di satu toko")),
        ],
        default=RetailSeat.BUYER.value,
    )
    store = SelectField(
        _l("Toko"), [Optional()], description=_l("Hanya untuk pramuniaga."), choices=[]
    )

    def offer(self, stores: list[StoreChoice]) -> None:
        """Fill the list of stores."""
        found = [Choice(str(store.store_id), store.name) for store in stores]
        self.store.choices = [Choice("", "–"), *found]

    def blame_rule(self, refusal: Refused) -> None:
        """Show a rule's refusal beside the field that it is about."""
        field = "phone" if isinstance(refusal, WorksElsewhere) else FIELD_OF.get(type(refusal))
        self.blame(refusal, field)


class StoreForm(PictureForm):
    """One store: its permit, its place, and how long its shelves are in all."""

    name = StringField(_l("Nama toko"), [Needed(_l("Isi nama tokonya.")), Length(min=3, max=80)])
    village = VillageField(_l("Desa atau kelurahan"), [Needed(_l("Isi desa atau kelurahannya."))])
    address = StringField(
        _l("Alamat"), [Needed(_l("Isi alamatnya: jalan, nomor, atau patokan.")), Length(max=160)]
    )
    phone = PhoneField(_l("Telepon toko"), [Needed(_l("Isi nomor yang bisa dihubungi."))])
    length = QuantityField(
        _l("Panjang semua ambalan"),
        [Needed(_l("Isi panjangnya dalam meter, misalnya 180,5."))],
        description=_l("Semua ambalan di toko, berisi produk UMKM atau tidak. Perkiraan cukup."),
    )
    permit_number = StringField(
        _l("Nomor izin toko"),
        [Needed(_l("Isi nomor izinnya.")), Length(max=40)],
        description=_l("Satu izin berlaku untuk satu toko."),
        render_kw={"autocomplete": "off", "maxlength": 40},
    )
    permit_expires_on = DateField(
        _l("Izin berlaku sampai"),
        [Optional()],
        description=_l("Kosongkan kalau tanpa batas waktu."),
    )

    def validate_length(self, field: QuantityField) -> None:
        if field.data > LONGEST_SHELVES_MM:
            raise ValidationError(gettext("Panjang ini tidak masuk akal untuk satu toko."))

    @classmethod
    def of(cls, store: StoreView) -> "StoreForm":
        """Return the form filled with what holds now."""
        return cls(
            formdata=None,
            data={
                "name": store.name,
                "village": store.village_code,
                "address": store.address,
                "phone": store.phone,
                "length": store.all_shelves_mm,
                "permit_number": store.permit_number,
                "permit_expires_on": store.permit_expires_on,
            },
        )

    def facts(self, picture_key: str | None) -> StoreFacts:
        """Return what the services want to know; thousandths of a metre are millimetres."""
        return StoreFacts(
            name=self.name.data or "",
            permit_number=self.permit_number.data or "",
            permit_expires_on=self.permit_expires_on.data,
            village_code=self.village.data,
            address=self.address.data or "",
            phone=self.phone.data,
            all_shelves_mm=self.length.data,
            permit_picture_key=picture_key,
        )

    def blame_rule(self, refusal: Refused) -> None:
        """Show a rule's refusal beside the field that it is about."""
        self.blame(refusal, FIELD_OF.get(type(refusal)))


class StoreReasonForm(PolForm):
    """Why an officer says no."""

    reason = TextAreaField(
        _l("Alasan"),
        [
            Needed(_l("Tulis alasannya, supaya peritel tahu apa yang harus dibenahi.")),
            Length(max=500),
        ],
    )
