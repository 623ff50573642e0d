"""Fields that read amounts, quantities, phone numbers and villages the way people write them."""

import re
from typing import Any

from markupsafe import Markup
from wtforms import Field
from wtforms.form import BaseForm
from wtforms.validators import StopValidation
from wtforms.widgets import TextInput, html_params

from pol.identity.rules.phones import UnreadablePhone, phone_number
from pol.kernel.money import Rupiah
from pol.regions import queries as places
from pol.regions.queries import VillageRow
from pol.web.language import gettext, sentence_of

AMOUNT = re.compile(r"(?:rp\.?)?(\d{1,3}(?:\.\d{3})+|\d{1,12})(?:,-|,00)?", re.I | re.A)
THOUSANDS = re.compile(r"([1-9]\d{0,2}(?:\.\d{3})+)(?:,(\d{1,3}))?", re.A)
SIMPLE = re.compile(r"(\d{1,9})(?:[.,](\d{1,3}))?", re.A)
LARGEST = 10**12


class ReadingField(Field):
    """A text box whose words mean something: `read` says what, or says why not."""

    widget = TextInput()
    input_mode = "text"
    typed: str | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.render_kw = {"inputmode": self.input_mode, **(self.render_kw or {})}

    def _value(self) -> str:
        if self.typed is not None:
            return self.typed
        return "" if self.data is None else self.write(self.data)

    def process_formdata(self, valuelist: list[Any]) -> None:
        if not valuelist:
            return
        first = valuelist[0] if isinstance(valuelist[0], str) else ""
        self.typed, self.data = "".join(c for c in first if c.isprintable()).strip(), None
        if self.typed:
            self.data = self.read(self.typed)

    def pre_validate(self, form: BaseForm) -> None:
        if self.process_errors:
            raise StopValidation

    def read(self, text: str) -> Any:
        """Return what the words mean: themselves, unless a kind of field knows more.

        :raises ValueError: they mean nothing; carries the sentence for the user
        """
        return text

    def write(self, data: Any) -> str:
        """Return how a person would write the value."""
        return str(data)


class RupiahField(ReadingField):
    """12.500, Rp12500, Rp 12.500,- -> Rupiah(12500)."""

    input_mode = "numeric"

    def read(self, text: str) -> Rupiah:
        found = AMOUNT.fullmatch(text.replace(" ", ""))
        if not found:
            raise ValueError(gettext("Tulis harga dengan angka rupiah, misalnya 12.500."))
        amount = int(found[1].replace(".", ""))
        if amount >= LARGEST:
            raise ValueError(gettext("Angka rupiah ini terlalu besar."))
        return Rupiah(amount)

    def write(self, data: Rupiah) -> str:
        return str(data).replace("Rp", "")


class QuantityField(ReadingField):
    """0,25 or 0.25 -> 250; 1 -> 1000; 1.500 -> 1500000 (a dot before three digits: thousands)."""

    input_mode = "decimal"

    def read(self, text: str) -> int:
        text = text.replace(" ", "")
        if not (found := THOUSANDS.fullmatch(text) or SIMPLE.fullmatch(text)):
            raise ValueError(gettext("Tulis jumlah dengan angka, misalnya 2 atau 0,25."))
        milli = int(found[1].replace(".", "")) * 1_000 + int((found[2] or "0").ljust(3, "0"))
        if milli >= LARGEST:
            raise ValueError(gettext("Jumlah ini terlalu besar."))
        return milli

    def write(self, data: int) -> str:
        whole, rest = divmod(data, 1_000)
        return f"{whole},{rest:03}".rstrip("0") if rest else str(whole)


class PhoneField(ReadingField):
    """0812-3456-7890, 62812…, +62 812 … -> +6281234567890."""

    widget = TextInput(input_type="tel")
    input_mode = "tel"

    def read(self, text: str) -> str:
        try:
            return phone_number(text)
        except UnreadablePhone as refusal:
            raise ValueError(sentence_of(refusal)) from None

    def write(self, data: str) -> str:
        return f"0{data[3:]}" if data.startswith("+62") else data


class VillageBox(TextInput):
    """A text box; once a name has turned out to be shared, a list of those who share it.

    Not having chosen sends the name again, so that the list stays; the last line empties the field.
    """

    def __call__(self, field: Field, **kwargs: Any) -> Markup:
        if isinstance(field, VillageField) and field.shared:
            return _choices(field, **kwargs)
        names = f"{field.id}-names"
        box = super().__call__(field, list=names, data_suggest="/desa/saran", **kwargs)
        return box + Markup('<datalist id="{}"></datalist>').format(names)


def _choices(field: "VillageField", **kwargs: Any) -> Markup:
    option = Markup('<option value="{}">{}</option>')
    options = [option.format(field.typed or "", gettext("Pilih desanya"))]
    options += [option.format(village.code, village.label) for village in field.shared]
    options.append(option.format("", "–"))
    attributes = Markup(html_params(id=field.id, name=field.name, **kwargs))  # noqa: S704 - escaped there
    return Markup("<select {}>{}</select>").format(attributes, Markup("").join(options))


class VillageField(ReadingField):
    """ "Sumberagung (Brondong)", a name that only one village has, or a code -> the code."""

    widget = VillageBox()
    shared: list[VillageRow]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shared = []
        self.render_kw = {"autocomplete": "off", "maxlength": 80, **(self.render_kw or {})}

    def read(self, text: str) -> str:
        found = places.match_villages(text[:80])
        if len(found) == 1:
            self.typed = found[0].label
            return found[0].code
        if found:
            self.shared = found
            raise ValueError(_shared_name(found))
        near = ", ".join(village.label for village in places.search_villages(text[:80], limit=3))
        if near:
            raise ValueError(gettext("Desa itu tidak ada. Mungkin maksudnya: %(near)s.", near=near))
        raise ValueError(gettext("Desa atau kelurahan itu tidak ada di Kabupaten Lamongan."))

    def write(self, data: str) -> str:
        village = places.find_village(data)
        return village.label if village else ""


def _shared_name(found: list[VillageRow]) -> str:
    labels = ", ".join(village.label for village in found)
    sentence: str = gettext(
        "Ada %(count)s desa bernama %(name)s: %(labels)s. Pilih salah satu.",
        count=len(found),
        name=found[0].name,
        labels=labels,
    )
    return sentence
