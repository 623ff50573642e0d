"""One phone, one account: 0812-…, 62812…, +62 812 … are the same number."""

import re

import phonenumbers

from pol.kernel.errors import Refused

WRITTEN = re.compile(r"\+?[0-9 ().\-/]{6,32}")


class UnreadablePhone(Refused):
    message = "Nomor HP ini tidak dikenali. Tulis seperti 0812 3456 7890."


def phone_number(text: str) -> str:
    """Return a number in international form (E.164); without a country it is Indonesian.

    :raises UnreadablePhone: no such number can exist
    """
    text = text.strip()
    if not WRITTEN.fullmatch(text):
        raise UnreadablePhone
    try:
        number = phonenumbers.parse(text, "ID")
    except phonenumbers.NumberParseException:
        raise UnreadablePhone from None
    if not phonenumbers.is_valid_number(number) or number.extension:
        raise UnreadablePhone
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def as_written(phone: str) -> str:
    """Return a number in international form as people write it: 0812-3456-7890."""
    digits = "0" + phone.removeprefix("+62") if phone.startswith("+62") else phone
    return "-".join(part for part in (digits[:4], digits[4:8], digits[8:]) if part)
