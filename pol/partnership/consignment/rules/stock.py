"""Which batch goes first, and what an event does to its batch."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pol.kernel.errors import Refused
from pol.partnership.applications.rules import SheetPermitKind
from pol.partnership.consignment.rules import StockEventKind
from pol.partnership.consignment.rules.permits import Permits, named
from pol.partnership.consignment.rules.returning import Recall
from pol.partnership.consignment.rules.sale import (
    NotEnoughOnShelf,
    NotPermitted,
    OnlyExpired,
    Recalled,
)

EVENT_WORDS: Mapping[StockEventKind, str] = {
    StockEventKind.RECEIVED: "diterima",
    StockEventKind.SOLD: "terjual",
    StockEventKind.RETURNED: "diretur",
    StockEventKind.LOST: "hilang",
    StockEventKind.FOUND: "ditemukan",
    StockEventKind.DESTROYED: "dimusnahkan",
    StockEventKind.CORRECTED: "dikoreksi",
}
COMES = (StockEventKind.RECEIVED, StockEventKind.FOUND)


class NotThatMany(Refused):
    message = "%(code)s di rak tinggal %(there)s, jadi %(asked)s tidak bisa diambil."


@dataclass
class Pile:
    """What is left of a batch while sales are being taken from it."""

    batch_id: int
    sheet_id: int
    agreement_id: int
    placement_id: int
    stall_id: int
    received_on: date
    expires_on: date | None
    left: int
    recall: Recall | None = None
    permits: Permits | None = None

    def is_sound_on(self, day: date) -> bool:
        """Answer whether it was there and not past its last day."""
        return self.received_on <= day and (self.expires_on is None or day <= self.expires_on)

    def is_recalled_on(self, day: date) -> bool:
        """Answer whether its producer had taken it back by then."""
        return self.recall is not None and self.recall.on <= day

    def lapsed_on(self, day: date) -> list[SheetPermitKind]:
        """Return which permits of it held no longer by then."""
        return self.permits.lapsed_on(day) if self.permits else []

    def is_barred_on(self, day: date) -> bool:
        """Answer whether nobody might sell it by then."""
        return self.is_recalled_on(day) or bool(self.lapsed_on(day))


def order_of(pile: Pile) -> tuple[bool, date, int]:
    """Sort by first expired, first out; goods that never expire come last."""
    return (pile.expires_on is None, pile.expires_on or pile.received_on, pile.batch_id)


def pick(piles: Iterable[Pile], *, name: str, quantity: int, day: date,
         already_sold: bool = False) -> list[tuple[Pile, int]]:  # fmt: skip
    """Return which batches give how many for a sale of a day; they must come in order.

    Nothing is taken yet. What was recalled, or lacks a permit, is not sold; only of sales that have
    been made, which `already_sold` says, it gives what the other batches do not have.

    :raises Recalled: what is missing was recalled by its producer
    :raises NotPermitted: what is missing lacks a permit
    :raises OnlyExpired: there are enough, but past their last day
    :raises NotEnoughOnShelf: there are not
    """
    free: list[Pile] = []
    barred: list[Pile] = []
    for pile in piles:
        (barred if pile.is_barred_on(day) else free).append(pile)
    found, missing, stale = [], quantity, 0
    for pile in [*free, *barred] if already_sold else free:
        if not pile.left or not missing:
            continue
        if not pile.is_sound_on(day):
            stale += pile.left if pile.received_on <= day else 0
            continue
        part = min(pile.left, missing)
        found.append((pile, part))
        missing -= part
    if not missing:
        return found
    there = quantity - missing
    if not already_sold:
        _check_barred(barred, name=name, there=there, day=day)
    if stale >= missing:
        raise OnlyExpired(name=name)
    raise NotEnoughOnShelf(name=name, there=there, asked=quantity)


def _check_barred(piles: Iterable[Pile], *, name: str, there: int, day: date) -> None:
    """Say of goods that stand on the shelf why they do not count."""
    for pile in (pile for pile in piles if pile.left):
        if (recall := pile.recall) and pile.is_recalled_on(day):
            on, number = f"{recall.on:%d-%m-%Y}", recall.number
            raise Recalled(name=name, code=recall.code, day=on, there=there, note=number)
        raise NotPermitted(name=name, permits=named(pile.lapsed_on(day)), there=there)


def effect(kind: StockEventKind, of: StockEventKind | None, quantity: int) -> int:
    """Return how many pieces an event puts on the shelf; below zero when it takes them off."""
    counts_as = of or kind
    sign = 1 if counts_as in COMES else -1
    return quantity * (-sign if kind is StockEventKind.CORRECTED else sign)


def check_left(code: str, *, there: int, asked: int) -> None:
    """:raises NotThatMany: fewer are on the shelf"""
    if not 0 < asked <= there:
        raise NotThatMany(code=code, there=there, asked=asked)
