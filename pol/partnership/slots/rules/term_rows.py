"""What a row of the trading-term rules must be, and why one is refused."""

from datetime import date

from pol.kernel.errors import Refused
from pol.partnership.slots.rules import TermRuleKind as Kind

MOST_OF: dict[Kind, int] = {
    Kind.CHARGES_MOST_BP: 10_000,
    Kind.AREA_SHARE_LEAST_BP: 10_000,
    Kind.PAYMENT_DAYS_MOST: 365,
}
"""The largest number of each kind that has one."""
IN_PERCENT = frozenset({Kind.CHARGES_MOST_BP, Kind.AREA_SHARE_LEAST_BP})


class TermRuleFromThePast(Refused):
    message = "Aturan dagang hanya berlaku mulai hari ini atau sesudahnya."


class TermCodeTaken(Refused):
    message = "Kode itu sudah dipakai aturan lain. Tambahkan tahun di belakangnya."


class TermNumberOutOfRange(Refused):
    message = "Angka aturan ini antara 0 dan %(most)s."


class TermRuleOver(Refused):
    message = "Aturan ini sudah diberi hari akhir, jadi tidak diubah lagi."


class TermRuleEndsTooEarly(Refused):
    message = "Aturan berakhir paling cepat hari ini, dan tidak sebelum hari mulainya."


def check_number(kind: Kind, number: int) -> None:
    """Refuse a number that its kind cannot have; kinds without one keep 0 or 1.

    :raises TermNumberOutOfRange: with the largest in the words of people
    """
    most = MOST_OF.get(kind, 1)
    if not 0 <= number <= most:
        raise TermNumberOutOfRange(most="100 %" if kind in IN_PERCENT else most)


def check_end(*, valid_from: date, valid_until: date | None, until: date, today: date) -> None:
    """Refuse an end that would unsay the past; the last day is the one before `until`.

    :raises TermRuleOver, TermRuleEndsTooEarly: see their sentences
    """
    if valid_until is not None:
        raise TermRuleOver
    if until < today or until < valid_from:
        raise TermRuleEndsTooEarly
