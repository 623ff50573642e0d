"""What a group costs and who gets what back: one function for every preview and every act.

Each order, and each shipment's fee, has a cost and a part of it that is *prepaid*: money that we
hold for it, from a transfer, a QRIS payment or store credit. The rest is taken at hand-over. When
a cost falls below what is prepaid, the difference goes back; when it rises, nothing is drawn again
(QRIS cannot), it is added to what is taken at hand-over. Siblings never change (I4).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pol.kernel.money import ZERO, Rupiah, total


@dataclass(frozen=True)
class OrderPart:
    """An order's goods. `is_over`: they were handed over, so their money has moved."""

    id: int
    shipment_id: int
    cost: Rupiah
    prepaid: Rupiah
    is_lost: bool = False
    is_over: bool = False


@dataclass(frozen=True)
class FeePart:
    """A shipment's fee. `is_over`: it was taken with the first hand-over."""

    id: int
    cost: Rupiah
    prepaid: Rupiah
    is_over: bool = False


Part = OrderPart | FeePart


@dataclass(frozen=True)
class Sums:
    """A group as it stands; `code` is the unique code of its transfer, Rp0 for other methods."""

    orders: Sequence[OrderPart]
    fees: Sequence[FeePart]
    code: Rupiah
    is_paid: bool
    refunded: Rupiah
    credit: Rupiah
    credit_back: Rupiah

    def with_cost(self, order_id: int, cost: Rupiah) -> "Sums":
        """Return the same group with another cost of one order."""
        changed = [replace(o, cost=cost) if o.id == order_id else o for o in self.orders]
        return replace(self, orders=changed)

    def without(self, order_ids: Sequence[int]) -> "Sums":
        """Return the same group with some orders lost."""
        changed = [
            replace(o, cost=ZERO, is_lost=True) if o.id in order_ids else o for o in self.orders
        ]
        return replace(self, orders=changed)


@dataclass(frozen=True)
class Restated:
    """A group made true again (I1): goods + delivery + code = charged - refunded.

    `back` is what goes back now, `credit_back` of it to store credit because it came from there;
    `code_back` of it is the unique code. `cash` is still to be taken at hand-over.
    """

    goods: Rupiah
    delivery: Rupiah
    code: Rupiah
    charged: Rupiah
    refunded: Rupiah
    back: Rupiah
    credit_back: Rupiah
    code_back: Rupiah
    cash: Rupiah
    prepaid: Mapping[int, Rupiah]
    fees: Mapping[int, FeePart]


def restate(sums: Sums) -> Restated:
    """Work out a group's totals and what goes back, from the costs as they are now."""
    fees = {fee.id: _fee(fee, sums.orders) for fee in sums.fees}
    prepaid = {order.id: _kept(order) for order in sums.orders}
    all_lost = all(order.is_lost for order in sums.orders)
    code = ZERO if all_lost else sums.code
    code_back = sums.code - code if sums.is_paid else ZERO
    freed = total(order.prepaid - prepaid[order.id] for order in sums.orders)
    freed += total(fee.prepaid - fees[fee.id].prepaid for fee in sums.fees)
    back = freed + code_back
    goods = total(order.cost for order in sums.orders)
    delivery = total(fee.cost for fee in fees.values())
    refunded = sums.refunded + back
    parts: list[tuple[Part, Rupiah]] = [(order, prepaid[order.id]) for order in sums.orders]
    parts += [(fee, fee.prepaid) for fee in fees.values()]
    return Restated(
        goods=goods,
        delivery=delivery,
        code=code,
        charged=goods + delivery + code + refunded,
        refunded=refunded,
        back=back,
        credit_back=min(freed, sums.credit - sums.credit_back),
        code_back=code_back,
        cash=total(part.cost - kept for part, kept in parts if not part.is_over),
        prepaid=prepaid,
        fees=fees,
    )


def _kept(part: Part) -> Rupiah:
    return part.prepaid if part.is_over else min(part.prepaid, part.cost)


def _fee(fee: FeePart, orders: Sequence[OrderPart]) -> FeePart:
    """Take the fee off a shipment that carries nothing any more."""
    if all(order.is_lost for order in orders if order.shipment_id == fee.id):
        return replace(fee, cost=ZERO, prepaid=ZERO)
    return replace(fee, prepaid=_kept(fee))


def share_out(money: Rupiah, parts: Sequence[Part]) -> list[Rupiah]:
    """Divide money over what is not covered yet, exactly and never above a part's cost (I2).

    Money that covers everything leaves nothing open; less is divided by largest remainder.
    """
    needs = [max(part.cost - part.prepaid, ZERO) for part in parts]
    open_sum = total(needs)
    if money >= open_sum:
        return needs
    return money.split([need.amount for need in needs])


@dataclass(frozen=True)
class AfterHandOver:
    """Where a refund comes from once the goods were handed over."""

    refund: Rupiah
    from_stall: Rupiah
    from_commission: Rupiah


def refund_after(refund: Rupiah, *, commission: Rupiah, commission_left: Rupiah) -> AfterHandOver:
    """Split a refund between the stall and the commission that is no longer earned."""
    back = commission - commission_left
    return AfterHandOver(refund, refund - back, back)
