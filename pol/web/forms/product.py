"""What a trader fills in about a product: four needed things, the rest when there is time."""

from typing import Any, ClassVar

from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    SelectField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.form import BaseForm
from wtforms.validators import Length, Optional, StopValidation

from pol.catalogue.queries import own
from pol.catalogue.queries.categories import top_categories
from pol.catalogue.queries.own import OwnDetail
from pol.catalogue.rules import Condition, StockMode, Unit
from pol.catalogue.rules.product import (
    NameTaken,
    PictureMissing,
    PictureNotYours,
    PriceMovedMeanwhile,
    PriceOutOfRange,
    QuantityUnfit,
    StockMovedMeanwhile,
    StockNotCounted,
    StockOutOfRange,
    Tier,
    TiersUnfit,
    TooManyPictures,
    WholeUnitsOnly,
    default_quantities,
)
from pol.kernel.errors import Refused
from pol.kernel.money import Rupiah
from pol.web.filters import UNITS
from pol.web.forms.base import Choice, Needed, PolForm, QuantityField, RupiahField
from pol.web.forms.pictures import PictureForm
from pol.web.language import gettext, named
from pol.web.language import lazy_gettext as _l
from pol.web.public.words import CONDITIONS

UNIT_CHOICES = [Choice(unit.value, UNITS[unit]) for unit in Unit]
FIELD_OF: dict[type[Refused], str] = {
    PictureMissing: "camera",
    TooManyPictures: "camera",
    PictureNotYours: "camera",
    NameTaken: "name",
    PriceOutOfRange: "price",
    PriceMovedMeanwhile: "price",
    StockOutOfRange: "stock",
    StockMovedMeanwhile: "stock",
    StockNotCounted: "stock",
    QuantityUnfit: "step",
    WholeUnitsOnly: "step",
    TiersUnfit: "tier_1_from",
}


class StockField(QuantityField):
    """A quantity that may be zero, but not below."""

    def read(self, text: str) -> int:
        if text.startswith(("-", "−")):  # noqa: RUF001 - the real minus sign, too
            raise ValueError(gettext("Stok tidak bisa kurang dari 0."))
        return super().read(text)


class NeededIfCounted:
    """A stock is needed unless the product is sold as available."""

    field_flags: ClassVar = {"required": True}

    def __call__(self, form: BaseForm, field: Field) -> None:
        if field.data is None and not form["as_available"].data:
            raise StopValidation(gettext("Isi stoknya, atau centang “Seadanya”."))


class OfferForm(PolForm):
    """Price and stock of one line, each with what was seen; stock is absent when not counted."""

    price = RupiahField(_l("Harga"), [Needed(_l("Isi harganya, misalnya 12.500."))])
    price_seen = RupiahField(_l("Harga tadi"), [Needed()])
    stock = StockField(_l("Stok"))
    stock_seen = StockField(_l("Stok tadi"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for a stock wherever one was shown."""
        sound: bool = super().validate(extra_validators)
        if self.stock_seen.data is not None and self.stock.data is None and not self.stock.errors:
            self.stock.errors = [gettext("Isi stoknya, misalnya 10 atau 0.")]
        return sound and not self.errors

    def blame_rule(self, refusal: Refused) -> None:
        """Show a rule's refusal beside the field that it is about."""
        name = FIELD_OF.get(type(refusal))
        self.blame(refusal, name if name in self else "price")


class BoardLine(PolForm):
    """One price of the board, with the one that was seen."""

    price = RupiahField(_l("Harga"), [Needed(_l("Isi harganya, misalnya 12.500."))])
    seen = RupiahField(_l("Harga tadi"), [Needed()])


class ProductForm(PictureForm):
    """A product, new or written anew."""

    name = StringField(
        _l("Nama produk"), [Needed(_l("Isi nama produknya.")), Length(min=3, max=80)]
    )
    price = RupiahField(_l("Harga"), [Needed(_l("Isi harganya, misalnya 12.500."))])
    unit = SelectField(_l("Per"), [Needed()], choices=UNIT_CHOICES, default=Unit.KG.value)
    stock = StockField(_l("Stok"), [NeededIfCounted()])
    as_available = BooleanField(_l("Seadanya: jual selama masih ada, tanpa menghitung stok"))

    is_weighed = BooleanField(
        _l("Ditimbang saat disiapkan: pembeli membayar berat sebenarnya (untuk kg dan ons)")
    )
    category = SelectField(_l("Kategori"))
    step = QuantityField(_l("Kelipatan beli"))
    least = QuantityField(_l("Pembelian terkecil"))
    condition = SelectField(_l("Kondisi"), [Optional()])
    description = TextAreaField(_l("Keterangan"), [Length(max=2_000)])
    tier_1_from = QuantityField(_l("Mulai"))
    tier_1_price = RupiahField(_l("Harga"))
    tier_2_from = QuantityField(_l("Mulai"))
    tier_2_price = RupiahField(_l("Harga"))
    tier_3_from = QuantityField(_l("Mulai"))
    tier_3_price = RupiahField(_l("Harga"))
    price_seen = HiddenField()
    stock_seen = HiddenField()
    draft = SubmitField(_l("Simpan sebagai konsep"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        guess = Choice("", gettext("Tebak dari namanya"))
        kinds = [Choice(kind.value, str(CONDITIONS[kind])) for kind in Condition]
        self.category.choices = [guess, *_categories()]
        self.condition.choices = [guess, *kinds]

    @classmethod
    def of(cls, product: OwnDetail) -> "ProductForm":
        """Return the form filled with what holds now."""
        values: dict[str, Any] = {
            "name": product.name,
            "price": product.price,
            "unit": product.unit.value,
            "stock": product.free_milli if product.stock_mode is StockMode.COUNTED else None,
            "as_available": product.stock_mode is StockMode.AS_AVAILABLE,
            "is_weighed": product.is_weighed,
            "category": str(product.category_id),
            "step": product.step_milli,
            "least": product.min_milli,
            "condition": product.condition.value,
            "description": product.description,
            "price_seen": str(product.price.amount),
            "stock_seen": str(product.free_milli),
        }
        for place, tier in enumerate(product.tiers, 1):
            values |= {f"tier_{place}_from": tier.from_milli, f"tier_{place}_price": tier.price}
        return cls(formdata=None, data=values)

    @property
    def tier_pairs(self) -> list[tuple[Any, Any]]:
        """Return the fields of the tiers, side by side."""
        return [(self[f"tier_{n}_from"], self[f"tier_{n}_price"]) for n in (1, 2, 3)]

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, and what one field needs of another."""
        sound: bool = super().validate(extra_validators)
        for start, price in self.tier_pairs:
            if (start.data is None) != (price.data is None) and not (start.errors or price.errors):
                start.errors = [gettext("Isi jumlah dan harganya, atau kosongkan dua-duanya.")]
        if sound and self.category_id is None:
            self.category.errors = [gettext("Kami belum bisa menebak kategorinya. Pilih satu.")]
        return sound and not self.errors

    @property
    def is_ready(self) -> bool:
        """Answer whether the trader wants the officer to see it now."""
        return not self.draft.data

    @property
    def category_id(self) -> int | None:
        """Return the chosen category, or the one that the name suggests."""
        chosen = self.category.data
        return int(chosen) if chosen else own.guess_category(self.name.data or "")

    def facts(self) -> dict[str, Any]:
        """Return what both services want to know."""
        unit = Unit(self.unit.data)
        step, least = default_quantities(unit)
        step = self.step.data or step
        return {
            "name": self.name.data,
            "price": self.price.data,
            "unit": unit,
            "category_id": self.category_id,
            "is_weighed": self.is_weighed.data,
            "stock_milli": None if self.as_available.data else self.stock.data,
            "step_milli": step,
            "min_milli": self.least.data or max(least, step),
            "description": self.description.data or "",
            "condition": Condition(self.condition.data) if self.condition.data else None,
            "tiers": [
                Tier(start.data, price.data)
                for start, price in self.tier_pairs
                if start.data is not None
            ],
        }

    def seen(self) -> dict[str, Any]:
        """Return the price and the stock that the trader saw before writing."""
        price, stock = _number(self.price_seen.data), _number(self.stock_seen.data)
        return {"price_seen": Rupiah(price or 0), "stock_seen": stock}

    def blame_rule(self, refusal: Refused) -> None:
        """Show a rule's refusal beside the field that it is about."""
        self.blame(refusal, FIELD_OF.get(type(refusal)))


class ReasonForm(PolForm):
    """Why an officer says no."""

    reason = TextAreaField(
        _l("Alasan"),
        [
            Needed(_l("Tulis alasannya, supaya pedagang tahu apa yang harus dibenahi.")),
            Length(max=500),
        ],
    )


def _categories() -> list[Choice]:
    return [
        Choice(str(row.category_id), f"{named(top.name)} › {named(row.name)}")  # noqa: RUF001 - a small arrow
        for top in top_categories()
        for row in (top.children or (top,))
    ]


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else None
