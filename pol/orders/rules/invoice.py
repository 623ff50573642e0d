"""The institutional invoice: when there may be one, its number, and amounts in words."""

from collections.abc import Iterable

from pol.kernel.errors import Refused
from pol.kernel.money import Rupiah
from pol.orders.rules.life import LIVE, WON, OrderStatus

SMALL = (
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan",
    "sepuluh", "sebelas",
)  # fmt: skip
LARGE = (
    (10**12, "triliun"),
    (10**9, "miliar"),
    (10**6, "juta"),
    (1_000, "ribu"),
    (100, "ratus"),
)


class InvoiceNotReady(Refused):
    message = (
        "Faktur dibuat sesudah semua barang diserahkan, supaya isinya tidak berubah lagi. "
        "Buka halaman ini lagi nanti."
    )


def may_invoice(statuses: Iterable[OrderStatus]) -> bool:
    """Answer whether nothing of a group is on its way any more, and something arrived."""
    found = set(statuses)
    return not found & LIVE and bool(found & WON)


def check_invoiceable(statuses: Iterable[OrderStatus]) -> None:
    """Raise unless a group may have its invoice.

    :raises InvoiceNotReady: something is still on its way, or nothing arrived
    """
    if not may_invoice(statuses):
        raise InvoiceNotReady


def series_of(market_slug: str, year: int) -> str:
    """Return what the numbers of one market and year begin with."""
    return f"INV/{market_slug.upper()}/{year}/"


def in_words(amount: Rupiah) -> str:
    """Write 25.500 as "dua puluh lima ribu lima ratus rupiah", as Indonesian receipts do."""
    words = _spell(abs(amount.amount))
    return f"{'minus ' if amount.amount < 0 else ''}{words} rupiah"


def _spell(number: int) -> str:
    if number < 12:
        return SMALL[number]
    if number < 20:
        return f"{SMALL[number - 10]} belas"
    if number < 100:
        return _join(f"{SMALL[number // 10]} puluh", number % 10)
    size, word = next(pair for pair in LARGE if number >= pair[0])
    count, rest = divmod(number, size)
    if count == 1 and size <= 1_000:
        return _join(f"se{word}", rest)
    return _join(f"{_spell(count)} {word}", rest)


def _join(head: str, rest: int) -> str:
    return f"{head} {_spell(rest)}" if rest else head
