"""Numbers of goods: the check digit of GS1, and numbers that one retailer makes for itself.

Source: GS1 General Specifications, section 7.9 (check digit), 1.4.4 (prefixes 20 to 29 are free
for use inside one company).
"""

import re

from pol.kernel.errors import Refused

LENGTHS = (8, 12, 13, 14)
MOST_OWN = 10**11


class GtinLength(Refused):
    message = "Nomor barcode panjangnya 8, 12, 13, atau 14 angka. Yang Anda tulis %(count)s angka."


class GtinWrongDigit(Refused):
    message = "Angka terakhir barcode ini mestinya %(digit)s. Periksa lagi angka demi angka."


class GtinNotYours(Refused):
    message = "Barcode berawalan 2 hanya berlaku di satu toko. Kosongkan; nomornya kami buatkan."


def check_digit(digits: str) -> int:
    """Return the digit that follows these: weights 3 and 1 by turns, from the right."""
    weighted = (int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(digits[::-1]))
    return -sum(weighted) % 10


def read_gtin(text: str) -> str:
    """Return a GTIN without the spaces and hyphens that people put into it.

    :raises GtinLength: it has not 8, 12, 13 or 14 digits, or something else than digits
    :raises GtinWrongDigit: its last digit does not belong to the others
    :raises GtinNotYours: it is a number that a shop made for itself (EAN-13, prefix 2)
    """
    digits = re.sub(r"[\s.-]", "", text)
    if not re.fullmatch(r"\d+", digits, re.ASCII) or len(digits) not in LENGTHS:
        raise GtinLength(count=len(re.findall(r"[0-9]", digits)))
    wanted = check_digit(digits[:-1])
    if int(digits[-1]) != wanted:
        raise GtinWrongDigit(digit=wanted)
    if digits.rjust(14, "0")[1] == "2":
        raise GtinNotYours
    return digits


def own_number(item: int) -> str:
    """Return the EAN-13 that a retailer uses for its item number so and so; it starts with 2."""
    if not 0 < item < MOST_OWN:
        raise ValueError("no eleven digits left for this item")
    digits = f"2{item:011}"
    return f"{digits}{check_digit(digits)}"
