"""Measures with a unit: whole millimetres and counts, kilograms."""

import re
from typing import Any

from pol.kernel.text import decimal, grouped
from pol.web.forms.fields import QuantityField, ReadingField
from pol.web.language import gettext

WHOLE = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d{1,15})", re.A)


class WholeField(ReadingField):
    """900 or 1.200 -> 1200; from `least` to `most`, and every refusal says what to write."""

    input_mode = "numeric"

    def __init__(self, *args: Any, most: int, least: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.least, self.most = least, most

    def read(self, text: str) -> int:
        found = WHOLE.fullmatch(text.replace(" ", ""))
        number = int(found[1].replace(".", "")) if found else None
        if number is None or not self.least <= number <= self.most:
            raise ValueError(
                gettext(
                    "Tulis angka bulat dari %(least)s sampai %(most)s.",
                    least=grouped(self.least),
                    most=grouped(self.most),
                )
            )
        return number


class KilogramField(QuantityField):
    """12,5 -> 12500 grams, up to `most` grams."""

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = most

    def read(self, text: str) -> int:
        try:
            grams = super().read(text)
        except ValueError:
            grams = 0
        if not 0 < grams <= self.most:
            raise ValueError(
                gettext(
                    "Tulis beratnya dalam kilogram, paling banyak %(most)s, misalnya 12,5.",
                    most=decimal(self.most),
                )
            )
        return grams
