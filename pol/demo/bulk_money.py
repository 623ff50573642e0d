"""What happens to the money of poured-in orders, in the words of `pol.orders.services.money`."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from pol.demo.bulk_orders import Purchase
from pol.kernel.money import Rupiah
from pol.ledger.services import Happening
from pol.orders.services.money import CODE, HELD, REFUND

if TYPE_CHECKING:
    from pol.demo.bulk_books import Bill


class Hand(NamedTuple):
    """A hand-over: of which order, whose money pays for it, when, and by whom."""

    group_id: int
    name: str
    purse: str
    at: datetime
    by: int


@dataclass
class Bag:
    """What a courier has been paid since the last time at the counter, order by order."""

    since: datetime
    until: datetime
    sums: dict[str, int] = field(default_factory=dict)

    def add(self, hand: Hand, amount: int) -> None:
        """Put the money of one hand-over in."""
        self.since, self.until = min(self.since, hand.at), max(self.until, hand.at)
        self.sums[hand.name] = self.sums.get(hand.name, 0) + amount


class Accounts:
    """Collects events of money until they are posted together."""

    def __init__(self, officer_id: int) -> None:
        self.happenings: list[Happening] = []
        self.bags: dict[int, Bag] = {}
        self._officer_id = officer_id

    def purse(self, purchase: Purchase, stall_id: int, courier_id: int | None) -> str:
        """Return where the money of a hand-over comes from."""
        if purchase.is_transfer:
            return HELD
        return f"cash:courier:{courier_id}" if courier_id else f"cash:stall:{stall_id}"

    def arrive(self, bill: "Bill", market_id: int, at: datetime) -> None:
        """Note a transfer."""
        held = bill.goods_asked + bill.fees_asked
        lines = [(f"bank:market:{market_id}", bill.asked), (HELD, -held), (CODE, -bill.code)]
        key, memo = f"payment:{bill.group_id}:arrived", f"Transfer diterima: {bill.number}"
        self._post(key, at, bill.group_id, memo, lines, self._officer_id)

    def hand_over(self, hand: Hand, order_id: int, stall_id: int, worth: int) -> None:
        """Note what a stall earned."""
        self._into_bag(hand, worth)
        lines = [(hand.purse, worth), (f"payable:stall:{stall_id}", -worth)]
        memo = f"Barang diserahkan: {hand.name}"
        self._post(f"order:{order_id}:handed", hand.at, hand.group_id, memo, lines, hand.by)

    def charge_fee(self, hand: Hand, shipment_id: int, market_id: int, fee: int) -> None:
        """Note the fee of a shipment."""
        self._into_bag(hand, fee)
        lines = [(hand.purse, fee), (f"income:delivery:{market_id}", -fee)]
        memo = f"Ongkos kirim: {hand.name}"
        self._post(f"shipment:{shipment_id}:fee", hand.at, hand.group_id, memo, lines, hand.by)

    def _into_bag(self, hand: Hand, amount: int) -> None:
        if hand.purse.startswith("cash:courier:"):
            self.bags.setdefault(hand.by, Bag(hand.at, hand.at)).add(hand, amount)

    def hand_in(
        self, shift_id: int, number: str, courier_id: int, market_id: int, whole: int, at: datetime
    ) -> None:
        """Note that a courier's bag went into the till."""
        lines = [
            (f"cash:market:{market_id}", Rupiah(whole)),
            (f"cash:courier:{courier_id}", Rupiah(-whole)),
        ]
        key, memo = f"shift:{shift_id}", f"Setoran kurir: {number}"
        self.happenings.append(Happening(key, at, key, memo, lines, self._officer_id))

    def owe(self, group_id: int, number: str, key: str, back: int, code: int, at: datetime) -> None:
        """Note that money belongs to the customer again."""
        lines = [(HELD, back), (CODE, code), (REFUND, -back - code)]
        memo = f"Harus dikembalikan ke pembeli: {number}"
        self._post(key, at, group_id, memo, [line for line in lines if line[1]], None)

    def pay_back(
        self, group_id: int, refund_id: int, market_id: int, amount: int, at: datetime
    ) -> None:
        """Note that the customer has it."""
        lines = [(REFUND, amount), (f"bank:market:{market_id}", -amount)]
        memo = "Uang dikembalikan ke pembeli"
        self._post(f"refund:{refund_id}", at, group_id, memo, lines, self._officer_id)

    def _post(
        self, key: str, at: datetime, group_id: int, memo: str, lines: list[tuple[str, int]],
        by: int | None,
    ) -> None:  # fmt: skip
        money = [(code, Rupiah(amount)) for code, amount in lines]
        self.happenings.append(Happening(key, at, f"group:{group_id}", memo, money, by))
