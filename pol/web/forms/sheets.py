"""What a producer fills in about a product for the shelf."""

from typing import Any

from wtforms import DateField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from pol.catalogue.queries.own import OwnDetail
from pol.kernel.errors import Refused
from pol.partnership.applications.queries.sheets import SheetRow
from pol.partnership.applications.rules import SheetPermitKind, gtin, permits, sheet
from pol.partnership.applications.services.sheets import PermitFacts, SheetFacts
from pol.partnership.slots.rules import GoodsCategory
from pol.web.forms.base import Choice, Needed, RupiahField
from pol.web.forms.measures import WholeField
from pol.web.forms.pictures import PictureForm
from pol.web.goods_words import GOODS
from pol.web.language import gettext
from pol.web.language import lazy_gettext as _l
from pol.web.producer.words import PERMITS

FIELD_OF: dict[type[Refused], str] = {
    sheet.InCentimetres: "width_mm",
    sheet.TooWideForShelves: "width_mm",
    sheet.TooHighForShelves: "height_mm",
    sheet.TooDeepForShelves: "depth_mm",
    sheet.GtinTaken: "gtin",
    gtin.GtinLength: "gtin",
    gtin.GtinWrongDigit: "gtin",
    gtin.GtinNotYours: "gtin",
    permits.NibUnreadable: "number",
    permits.PirtUnreadable: "number",
    permits.HalalUnreadable: "number",
    permits.BpomUnreadable: "number",
    permits.PermitTwice: "number",
    permits.PermitLapsed: "expires_on",
}


class SheetForm(PictureForm):
    """A product sheet, new or written anew."""

    name = StringField(
        _l("Nama produk"), [Needed(_l("Isi nama produknya.")), Length(min=3, max=80)]
    )
    category = SelectField(_l("Jenis"), [Needed(_l("Pilih jenisnya."))])
    width_mm = WholeField(_l("Lebar"), [Needed(_l("Isi lebarnya."))], most=sheet.MOST_MM)
    height_mm = WholeField(_l("Tinggi"), [Needed(_l("Isi tingginya."))], most=sheet.MOST_MM)
    depth_mm = WholeField(_l("Dalam"), [Needed(_l("Isi dalamnya."))], most=sheet.MOST_MM)
    weight_g = WholeField(
        _l("Berat dengan kemasan"), [Needed(_l("Isi beratnya."))], most=sheet.MOST_G
    )
    price = RupiahField(_l("Harga jual di rak"), [Needed(_l("Isi harganya, misalnya 15.000."))])
    capacity_week = WholeField(
        _l("Sanggup membuat seminggu"),
        [Needed(_l("Isi berapa bungkus seminggu."))],
        most=sheet.MOST_A_WEEK,
    )
    shelf_life_days = WholeField(_l("Umur simpan"), most=sheet.MOST_DAYS)
    gtin = StringField(_l("Nomor barcode"), [Length(max=20)])
    about = TextAreaField(_l("Keterangan"), [Length(max=1_000)])
    product = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [Choice(kind.value, str(GOODS[kind])) for kind in GoodsCategory]
        self.category.choices = [Choice("", gettext("Pilih jenisnya")), *names]

    @classmethod
    def of(cls, row: SheetRow) -> "SheetForm":
        """Return the form filled with what holds now."""
        return cls(formdata=None, data=vars(row) | {"category": row.category.value})

    @classmethod
    def of_product(cls, product: OwnDetail) -> "SheetForm":
        """Return the form filled with what an online product already says."""
        guess = sheet.guess_category(product.name)
        values = {
            "name": product.name,
            "price": product.price,
            "about": product.description[:1_000],
            "category": guess.value if guess else "",
            "product": product.slug,
        }
        return cls(formdata=None, data=values)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field; a price of nothing is no price."""
        super().validate(extra_validators)
        if self.price.data is not None and self.price.data.amount <= 0:
            self.price.errors = [gettext("Harga harus lebih dari Rp0.")]
        return not self.errors

    def facts(self, picture_key: str | None) -> SheetFacts:
        """Return what the services want to know."""
        return SheetFacts(
            name=self.name.data or "",
            about=self.about.data or "",
            category=GoodsCategory(self.category.data),
            width_mm=self.width_mm.data,
            height_mm=self.height_mm.data,
            depth_mm=self.depth_mm.data,
            weight_g=self.weight_g.data,
            shelf_life_days=self.shelf_life_days.data,
            capacity_week=self.capacity_week.data,
            price=self.price.data,
            gtin=self.gtin.data or "",
            picture_key=picture_key,
        )

    def blame_rule(self, refusal: Refused) -> None:
        """Show a rule's refusal beside the field that it is about."""
        self.blame(refusal, FIELD_OF.get(type(refusal)))


class SheetPermitForm(PictureForm):
    """A permit of a product."""

    kind = SelectField(
        _l("Izin"), choices=[Choice(kind.value, PERMITS[kind]) for kind in SheetPermitKind]
    )
    number = StringField(_l("Nomor"), [Needed(_l("Isi nomornya.")), Length(max=40)])
    expires_on = DateField(_l("Berlaku sampai"), [Optional()])

    def facts(self, picture_key: str | None) -> PermitFacts:
        """Return what the service wants to know."""
        return PermitFacts(
            kind=SheetPermitKind(self.kind.data),
            number=self.number.data or "",
            expires_on=self.expires_on.data,
            picture_key=picture_key,
        )

    def blame_rule(self, refusal: Refused) -> None:
        """Show a rule's refusal beside the field that it is about."""
        self.blame(refusal, FIELD_OF.get(type(refusal)))
