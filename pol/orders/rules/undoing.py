"""Undoing a whole group, whatever markets it spans: one plan for the page and for the act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pol.kernel.errors import Refused
from pol.kernel.money import Rupiah, total
from pol.orders.rules.life import WON, OrderStatus
from pol.orders.rules.refunding import ON_ITS_WAY, Sale, plan
from pol.orders.rules.sums import AfterHandOver, Restated, Sums, restate


class PlanChanged(Refused):
    message = (
        "Belanjaan ini sudah berubah sejak halaman dibuka, jadi belum ada yang dibatalkan. "
        "Periksa hitungan yang baru, lalu tekan sekali lagi."
    )


@dataclass(frozen=True)
class Undoable:
    """An order of the group as the plan must see it."""

    id: int
    status: OrderStatus
    sale: Sale


@dataclass(frozen=True)
class Undoing:
    """What is called off, what goes back of what was handed over, and the group's sums then.

    Goods in a courier's hands and orders that are over already stay as they are.
    """

    coming: Sequence[int]
    handed: Mapping[int, AfterHandOver]
    after: Restated

    @property
    def is_empty(self) -> bool:
        return not self.coming and not self.handed

    @property
    def of_handed(self) -> Rupiah:
        """Return what goes back of goods that were handed over."""
        return total(split.refund for split in self.handed.values())

    @property
    def from_stalls(self) -> Rupiah:
        return total(split.from_stall for split in self.handed.values())

    @property
    def from_commission(self) -> Rupiah:
        return total(split.from_commission for split in self.handed.values())

    @property
    def back(self) -> Rupiah:
        """Return all that the customer gets back."""
        return self.after.back + self.of_handed

    @property
    def mark(self) -> str:
        """Return a text that differs as soon as anything in the plan does."""
        parts = [f"{key}={split.refund.amount}" for key, split in self.handed.items()]
        return " ".join([*(str(key) for key in self.coming), *parts, f"+{self.back.amount}"])


def plan_undo(sums: Sums, orders: Sequence[Undoable]) -> Undoing:
    """Say what undoing a group does to each order and to its money."""
    coming = [order.id for order in orders if order.status in ON_ITS_WAY]
    handed = {
        order.id: plan(order.sale, order.sale.subtotal)
        for order in orders
        if order.status in WON and order.sale.subtotal
    }
    return Undoing(coming, handed, restate(sums.without(coming)))


def check_plan(found: Undoing, *, seen: str) -> None:
    """Raise when the plan is not the one that the page showed.

    :raises PlanChanged: an order moved, or money went back meanwhile; or it was a second press
    """
    if found.mark != seen:
        raise PlanChanged
