"""The form of an institutional invoice: who buys."""

import re

from wtforms import StringField, TextAreaField
from wtforms.validators import Length, Optional

from pol.web.forms.base import Needed, PolForm
from pol.web.forms.fields import ReadingField
from pol.web.language import gettext
from pol.web.language import lazy_gettext as _l

TAX_NUMBER = re.compile(r"\d{15,16}", re.ASCII)


class TaxNumberField(ReadingField):
    """01.234.567.8-901.000 or 16 digits -> digits alone."""

    input_mode = "numeric"

    def read(self, text: str) -> str:
        digits = re.sub(r"[ .\-]", "", text)
        if not TAX_NUMBER.fullmatch(digits):
            raise ValueError(gettext("NPWP berisi 15 atau 16 angka. Kosongkan kalau tidak ada."))
        return digits


class InvoiceForm(PolForm):
    """The office that an invoice is for."""

    buyer = StringField(
        _l("Nama instansi"), [Needed(_l("Tulis nama instansi pembeli.")), Length(max=120)]
    )
    address = TextAreaField(
        _l("Alamat instansi"), [Needed(_l("Tulis alamat instansi.")), Length(max=300)]
    )
    tax_number = TaxNumberField(_l("NPWP"), [Optional()])
