"""Orders as rows: the same that the services would have written, step by step."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice

from sqlalchemy import select

from pol.delivery.models import DeliverySlot, Trip
from pol.delivery.queries import get_rate
from pol.delivery.rules import DEFAULT_SLOTS, TripStatus
from pol.demo.accounts import OFFICER
from pol.demo.bulk_columns import COLUMNS, NUMBERED, Row
from pol.demo.bulk_market import BulkMarket, Ware
from pol.demo.bulk_money import Accounts, Hand
from pol.demo.bulk_orders import Package, Part, Purchase, Year
from pol.kernel.bulk import go_on_numbering, moment_text, pour
from pol.kernel.db import Base, db
from pol.kernel.localtime import at_local, business_day
from pol.kernel.text import READABLE
from pol.ledger.services import post_all
from pol.orders.models import Order, OrderEvent, OrderGroup, OrderLine, Shipment
from pol.orders.rules.life import LOST, ActorKind, LineStatus, OrderStatus, StockState, due_after
from pol.payments.models import CashDeposit, CourierShift, Payment, RefundDue, ShiftLine
from pol.payments.rules import Method, PaymentStatus, RefundStatus

AT_ONCE = 1_500
LATEST = timedelta(hours=6)
S, A = OrderStatus, ActorKind
BY = {
    S.WAITING_PAYMENT: A.CUSTOMER,
    S.ACCEPTED: A.TRADER,
    S.READY: A.TRADER,
    S.REFUSED: A.TRADER,
    S.CANCELLED: A.CUSTOMER,
    S.ON_THE_WAY: A.COURIER,
    S.FAILED: A.COURIER,
    S.EXPIRED: A.SYSTEM,
    S.DONE: A.CUSTOMER,
}


@dataclass
class Bill:
    """What a purchase costs at first, and what is left of it in the end; whole rupiah."""

    group_id: int
    number: str
    purchase: Purchase
    code: int
    goods_asked: int = 0
    fees_asked: int = 0
    goods: int = 0
    fees: int = 0
    orders: int = 0
    losses: list[tuple[datetime, int, str]] = field(default_factory=list)

    @property
    def asked(self) -> int:
        """Return what the customer was to pay."""
        return self.goods_asked + self.fees_asked + self.code

    @property
    def kept_code(self) -> int:
        """Return the unique code, which goes back when nothing at all was handed over."""
        return self.code if self.goods and self.purchase.paid_at else 0

    @property
    def worth(self) -> int:
        """Return what the customer paid for in the end."""
        return self.goods + self.fees + self.kept_code


class Books:
    """Writes purchases and everything that follows from them, some thousand rows at a time."""

    def __init__(self, market: BulkMarket) -> None:
        world = market.world
        self._rng, self._now, self._couriers = world.rng, world.now, world.couriers
        self._year = Year(world, market.counters)
        self._market_ids = [world.markets[place.slug] for place in world.plan.markets]
        self._officer_id = world.people[OFFICER]
        rate = get_rate(village_code=None, on_day=business_day(world.now))
        self._rate_id, self._fee = rate.id, rate.fee.amount
        self._slots = _slot_ids()
        self._trips: dict[tuple[int, date, int], tuple[int, int]] = {}
        self._taken: set[str] = set()
        self._counts: Counter[type[Base]] = Counter()
        self._sheets: dict[type[Base], list[Row]] = {model: [] for model in COLUMNS}
        self._money = Accounts(self._officer_id)

    def write(self) -> Iterator[int]:
        """Write a whole year; yield after each part how many orders it had."""
        purchases = self._year.purchases(business_day(self._now - LATEST))
        while part := list(islice(purchases, AT_ONCE)):
            for purchase in part:
                self._note(purchase)
            self._empty_bags()
            for model, columns in COLUMNS.items():
                pour(model, columns, self._sheets[model])
            post_all(self._money.happenings)
            yield len(self._sheets[Order])
            self._money.happenings.clear()
            for sheet in self._sheets.values():
                sheet.clear()
        go_on_numbering(*NUMBERED)

    def _empty_bags(self) -> None:
        """Let each courier hand in what the purchases of a part brought."""
        market_id = self._market_ids[0]
        for courier_id in self._couriers:
            bag = self._money.bags.pop(courier_id, None)
            if bag is None:
                continue
            shift_id = self._next(CourierShift)
            number, whole = self._number("S", business_day(bag.until), 5), sum(bag.sums.values())
            since, until = moment_text(bag.since), moment_text(bag.until)
            self._sheets[CourierShift].append((
                *(shift_id, number, courier_id, market_id, since, until, whole, whole, ""),
                *(until, self._officer_id),
            ))  # fmt: skip
            self._sheets[ShiftLine].extend(
                (shift_id, position, name, amount, amount, "")
                for position, (name, amount) in enumerate(bag.sums.items())
            )
            self._sheets[CashDeposit].append((
                *(number, f"shift:{shift_id}", market_id, courier_id, shift_id, whole, 0, until),
                self._officer_id,
            ))  # fmt: skip
            self._money.hand_in(shift_id, number, courier_id, market_id, whole, bag.until)

    def _next(self, model: type[Base]) -> int:
        self._counts[model] += 1
        return self._counts[model]

    def _number(self, prefix: str, day: date, length: int) -> str:
        """Return a readable number that nothing else has."""
        while True:
            code = "".join(self._rng.choices(READABLE, k=length))
            number = f"{prefix}{day:%y%m%d}-{code}"
            if number not in self._taken:
                self._taken.add(number)
                return number

    def _note(self, purchase: Purchase) -> None:
        code = 1 + int(self._rng.random() * 499) if purchase.is_transfer else 0
        number = self._number("B", business_day(purchase.at), 6)
        bill = Bill(self._next(OrderGroup), number, purchase, code)
        for package in purchase.packages:
            self._send(bill, package)
        if purchase.paid_at:
            self._receive(bill, purchase.paid_at)
        self._close(bill)

    def _send(self, bill: Bill, package: Package) -> None:
        """Write what one market sends: a shipment and its orders, the fee with the first."""
        shipment_id = self._next(Shipment)
        market_id = self._market_ids[package.market]
        fee = 0 if package.slot is None else self._fee
        trip_id, courier_id = self._trip(package)
        sold = [part for part in package.parts if not part.is_lost]
        bill.fees_asked += fee
        bill.fees += fee if sold else 0
        self._sheets[Shipment].append((
            *(shipment_id, bill.group_id, market_id, package.mode.value, fee if sold else 0, fee),
            *(self._rate_id if fee else None, package.on_day.isoformat()),
            *(None if package.slot is None else self._slots[market_id][package.slot], trip_id),
        ))  # fmt: skip
        settled = sorted(package.parts, key=lambda part: part.settled_at)
        for part in package.parts:
            order_id, worth = self._order(bill, part, shipment_id, courier_id)
            name, is_last = f"{bill.number}-{bill.orders}", part is settled[-1]
            if part.is_lost:
                back = worth + (fee if is_last and not sold else 0)
                bill.losses.append((part.settled_at, back, part.reason or part.status.value))
                continue
            hand = Hand(
                bill.group_id,
                name,
                self._money.purse(bill.purchase, part.counter.id, courier_id),
                part.settled_at,
                courier_id or part.counter.owner_id,
            )
            self._money.hand_over(hand, order_id, part.counter.id, worth)
            if fee and part is min(sold, key=lambda each: each.settled_at):
                self._money.charge_fee(hand, shipment_id, market_id, fee)

    def _trip(self, package: Package) -> tuple[int | None, int | None]:
        """Return the trip that carries a package and its courier; nobody carries a pick-up."""
        if package.slot is None:
            return None, None
        key = (package.market, package.on_day, package.slot)
        if key not in self._trips:
            trip_id, courier_id = self._next(Trip), self._rng.choice(self._couriers)
            start, end, _ = DEFAULT_SLOTS[package.slot]
            market_id = self._market_ids[package.market]
            self._trips[key] = trip_id, courier_id
            self._sheets[Trip].append((
                *(trip_id, self._number("J", package.on_day, 4), market_id),
                *(package.on_day.isoformat(), self._slots[market_id][package.slot], courier_id),
                TripStatus.FINISHED.value,
                *(moment_text(at_local(package.on_day, minute)) for minute in (start, end)),
            ))  # fmt: skip
        return self._trips[key]

    def _order(
        self, bill: Bill, part: Part, shipment_id: int, courier_id: int | None
    ) -> tuple[int, int]:
        """Write an order, its lines and its steps; return its id and what it was worth."""
        order_id, (status, at) = self._next(Order), part.steps[-1]
        worth = sum(_total(ware, milli) for ware, milli in part.wares)
        left = 0 if part.is_lost else worth
        bill.orders += 1
        bill.goods_asked += worth
        bill.goods += left
        due = due_after(status, at) if status is S.DELIVERED else None
        handed = part.handed_at
        self._sheets[Order].append((
            *(order_id, f"{bill.number}-{bill.orders}", bill.group_id, part.counter.id),
            *(shipment_id, status.value, left, 0, 0, moment_text(bill.purchase.at)),
            *(moment_text(at), _text(due), _text(handed)),
            part.reason,
        ))  # fmt: skip
        self._lines(part, order_id)
        self._steps(bill.purchase, part, order_id, worth, courier_id)
        return order_id, worth

    def _lines(self, part: Part, order_id: int) -> None:
        counted = StockState.RETURNED if part.is_lost else StockState.SOLD
        for ware, milli in part.wares:
            state = counted if ware.is_counted else StockState.UNTRACKED
            if state is StockState.SOLD:
                ware.sold_milli += milli
            self._sheets[OrderLine].append((
                *(order_id, ware.id, ware.name, ware.unit, ware.picture_key, milli, ware.price),
                *(_total(ware, milli), "", "call", LineStatus.ACTIVE.value, state.value),
            ))  # fmt: skip

    def _steps(
        self, purchase: Purchase, part: Part, order_id: int, worth: int, courier_id: int | None
    ) -> None:
        people = {
            A.CUSTOMER: purchase.shopper.user_id,
            A.TRADER: part.counter.owner_id,
            A.COURIER: courier_id,
        }
        before: str | None = None
        for status, at in part.steps:
            kind = _who(status, before=before, courier_id=courier_id)
            actor_id = self._officer_id if kind is A.SYSTEM and status is S.PLACED else None
            self._sheets[OrderEvent].append((
                *(order_id, moment_text(at), people.get(kind, actor_id), kind.value),
                *(before, status.value, part.reason if status in LOST else None),
                0 if status in LOST else worth,
            ))  # fmt: skip
            before = status.value

    def _receive(self, bill: Bill, paid_at: datetime) -> None:
        """Write the money that came, and each refund that became due since."""
        market_id = self._market_ids[bill.purchase.packages[0].market]
        self._money.arrive(bill, market_id, paid_at)
        refunded = 0
        for place, (at, back, reason) in enumerate(sorted(bill.losses), start=1):
            is_all = place == len(bill.losses) == bill.orders
            code = bill.code if is_all else 0
            refunded += back + code
            key = f"group:{bill.group_id}:refund:{refunded}"
            self._money.owe(bill.group_id, bill.number, key, back, code, at)
            self._pay_back(bill.group_id, market_id, key, back + code, reason, at)

    def _pay_back(
        self, group_id: int, market_id: int, key: str, amount: int, reason: str, at: datetime
    ) -> None:
        refund_id, done_at = self._next(RefundDue), at + timedelta(hours=30)
        is_done = done_at < self._now
        status = RefundStatus.DONE if is_done else RefundStatus.DUE
        self._sheets[RefundDue].append((
            *(refund_id, key, group_id, market_id, amount, reason, status.value),
            *(moment_text(at), moment_text(done_at) if is_done else None),
            *(self._officer_id if is_done else None, None),
        ))  # fmt: skip
        if is_done:
            self._money.pay_back(group_id, refund_id, market_id, amount, done_at)

    def _close(self, bill: Bill) -> None:
        """Write the group and its payment as they stand in the end."""
        purchase, shopper = bill.purchase, bill.purchase.shopper
        parts = [part for package in purchase.packages for part in package.parts]
        over_at = max(part.settled_at for part in parts)
        paid_at = purchase.paid_at or (over_at if bill.goods and not purchase.is_transfer else None)
        charged = bill.asked if purchase.paid_at else bill.worth
        method = Method.TRANSFER if purchase.is_transfer else Method.CASH
        self._sheets[OrderGroup].append((
            *(bill.group_id, bill.number, f"demo-{bill.group_id}", shopper.user_id, shopper.name),
            *(shopper.phone, shopper.village_code, shopper.address, method.value),
            *(bill.goods, bill.fees, bill.kept_code, charged, charged - bill.worth),
            *(_text(paid_at), moment_text(purchase.at)),
        ))  # fmt: skip
        status = PaymentStatus.CONFIRMED if paid_at else PaymentStatus.CANCELLED
        if purchase.is_transfer and not paid_at:
            status = PaymentStatus.EXPIRED
        due = due_after(parts[0].steps[0][0], purchase.at)
        decided = None if status is PaymentStatus.EXPIRED else purchase.paid_at or over_at
        officer_id = self._officer_id if purchase.paid_at else None
        self._sheets[Payment].append((
            *(bill.group_id, self._market_ids[purchase.packages[0].market], method.value),
            *(status.value, bill.asked if purchase.is_transfer else bill.worth, bill.code),
            *(_text(due), _text(decided), officer_id),
        ))  # fmt: skip


def _who(status: OrderStatus, *, before: str | None, courier_id: int | None) -> ActorKind:
    if before is None:
        return A.CUSTOMER
    if status is S.DELIVERED:
        return A.COURIER if courier_id else A.TRADER
    return BY.get(status, A.SYSTEM)


def _text(moment: datetime | None) -> str | None:
    return moment_text(moment) if moment else None


def _total(ware: Ware, milli: int) -> int:
    """Return what a quantity costs, half a rupiah rounded up, as `Rupiah.for_quantity` does."""
    return (ware.price * milli * 2 + 1_000) // 2_000


def _slot_ids() -> dict[int, list[int]]:
    """Return the slots of each market in the order of the day."""
    slots: dict[int, list[int]] = {}
    columns = (DeliverySlot.market_id, DeliverySlot.id)
    for market_id, slot_id in db.session.execute(
        select(*columns).order_by(DeliverySlot.market_id, DeliverySlot.starts_minute)
    ):
        slots.setdefault(market_id, []).append(slot_id)
    return slots
