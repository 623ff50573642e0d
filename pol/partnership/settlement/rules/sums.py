"""What a bill comes to: every line, from what was sold, taken, lost and agreed; pure.

payable = sales - margin - charges + borne + carried (I13). Preview and closing use these functions.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from pol.kernel.money import ZERO, Rupiah, total
from pol.partnership.consignment.rules import StockEventKind
from pol.partnership.settlement.rules import BillLineKind
from pol.partnership.slots.rules import Bearer, ChargeBasis, CoopForm

PRICED = (BillLineKind.SALE, BillLineKind.PURCHASE, BillLineKind.RETURN)
BORNE = (BillLineKind.BORNE_LOSS, BillLineKind.FINE, BillLineKind.RULING)


@dataclass(frozen=True)
class Goods:
    """Which product of which agreement, in which store, at what price and margin."""

    stall_id: int
    agreement_id: int
    sheet_id: int
    store_id: int
    price: Rupiah
    margin_bp: int
    words: str


@dataclass(frozen=True)
class Sold:
    """What was sold of some goods in the period, takings taken back already counted off."""

    goods: Goods
    form: CoopForm
    quantity: int
    gross: Rupiah
    margin: Rupiah


@dataclass(frozen=True)
class Moved:
    """Goods that came, went back or went missing; `quantity` is negative when it was taken back."""

    goods: Goods
    form: CoopForm
    kind: StockEventKind
    bearer: Bearer
    quantity: int
    day: date
    event_id: int


@dataclass(frozen=True)
class Charge:
    """A charge of an agreement; `times` is how often it has fallen and is on no bill yet."""

    id: int
    stall_id: int
    agreement_id: int
    name: str
    basis: ChargeBasis
    amount: Rupiah
    share_bp: int
    times: int


@dataclass(frozen=True)
class Line:
    """A line of a bill; `amount` is what it adds to the payable.

    `reference` names what it is about besides goods, `came_on` when the first bought goods came.
    """

    stall_id: int
    kind: BillLineKind
    words: str
    amount: Rupiah
    quantity: int = 0
    goods: Goods | None = None
    agreement_id: int | None = None
    gross: Rupiah = ZERO
    margin: Rupiah = ZERO
    event_ids: tuple[int, ...] = field(default=())
    reference: str | None = None
    came_on: date | None = None


@dataclass(frozen=True)
class Sums:
    """What the lines of one bill add up to."""

    sales: Rupiah
    margin: Rupiah
    charges: Rupiah
    borne: Rupiah
    carried: Rupiah

    @property
    def payable(self) -> Rupiah:
        return self.sales - self.margin - self.charges + self.borne + self.carried


def add_up(lines: Sequence[Line]) -> Sums:
    """Return the sums of a bill."""
    return Sums(
        sales=total(line.gross for line in lines if line.kind in PRICED),
        margin=total(line.margin for line in lines if line.kind in PRICED),
        charges=-total(line.amount for line in lines if line.kind is BillLineKind.CHARGE),
        borne=total(line.amount for line in lines if line.kind in BORNE),
        carried=total(line.amount for line in lines if line.kind is BillLineKind.CARRIED),
    )


def counts_as(form: CoopForm, kind: StockEventKind, bearer: Bearer) -> BillLineKind | None:
    """Return what a movement of goods means for a bill; most mean nothing.

    Outright goods are paid when they come and taken off when they go back at the producer's cost.
    Of goods that stay the producer's, a retailer pays what went missing in its care.
    """
    if form is CoopForm.OUTRIGHT:
        if kind is StockEventKind.RECEIVED:
            return BillLineKind.PURCHASE
        gone = kind in {StockEventKind.RETURNED, StockEventKind.DESTROYED}
        return BillLineKind.RETURN if gone and bearer is Bearer.PRODUCER else None
    missing = {StockEventKind.LOST, StockEventKind.FOUND, StockEventKind.DESTROYED}
    return BillLineKind.BORNE_LOSS if kind in missing and bearer is Bearer.RETAILER else None


def line_of_sale(sold: Sold) -> Line:
    """Return the line of what was sold; goods that the store had bought bring nothing any more."""
    is_bought = sold.form is CoopForm.OUTRIGHT
    gross, margin = (ZERO, ZERO) if is_bought else (sold.gross, sold.margin)
    return Line(
        stall_id=sold.goods.stall_id,
        kind=BillLineKind.SALE,
        words=sold.goods.words,
        amount=gross - margin,
        quantity=sold.quantity,
        goods=sold.goods,
        agreement_id=sold.goods.agreement_id,
        gross=gross,
        margin=margin,
    )


def lines_of_moves(moves: Sequence[Moved]) -> list[Line]:
    """Return a line for each kind of movement of each goods that means something."""
    groups: dict[tuple[Goods, BillLineKind], list[Moved]] = {}
    for move in moves:
        kind = counts_as(move.form, move.kind, move.bearer)
        if kind is not None:
            groups.setdefault((move.goods, kind), []).append(move)
    return [_line_of_moves(goods, kind, found) for (goods, kind), found in groups.items()]


def _line_of_moves(goods: Goods, kind: BillLineKind, moves: Sequence[Moved]) -> Line:
    quantity = sum(_signed(move) for move in moves)
    if kind is BillLineKind.RETURN:
        quantity = -quantity
    gross = goods.price.times(quantity)
    margin = gross.share(goods.margin_bp)
    priced = kind in PRICED
    return Line(
        stall_id=goods.stall_id,
        kind=kind,
        words=goods.words,
        amount=gross - margin,
        quantity=quantity,
        goods=goods,
        agreement_id=goods.agreement_id,
        gross=gross if priced else ZERO,
        margin=margin if priced else ZERO,
        event_ids=tuple(move.event_id for move in moves),
        came_on=min(move.day for move in moves) if kind is BillLineKind.PURCHASE else None,
    )


def _signed(move: Moved) -> int:
    return -move.quantity if move.kind is StockEventKind.FOUND else move.quantity


def lines_of_charges(charges: Sequence[Charge], lines: Sequence[Line]) -> list[Line]:
    """Return a line for each charge that has fallen; a share is one of what is billed now."""
    gross: dict[int | None, Rupiah] = {}
    for line in lines:
        gross[line.agreement_id] = gross.get(line.agreement_id, ZERO) + line.gross
    found = [
        Line(
            stall_id=charge.stall_id,
            kind=BillLineKind.CHARGE,
            words=charge.name,
            amount=-_amount(charge, gross.get(charge.agreement_id, ZERO)),
            quantity=charge.times,
            agreement_id=charge.agreement_id,
            reference=f"charge:{charge.id}",
        )
        for charge in charges
    ]
    return [line for line in found if line.amount]


def _amount(charge: Charge, gross: Rupiah) -> Rupiah:
    if charge.basis is ChargeBasis.SHARE_OF_SALES:
        return gross.share(charge.share_bp)
    return charge.amount.times(charge.times)


@dataclass(frozen=True)
class Late:
    """A payment of a bill that came late: what that costs, and what a bill has charged for it.

    One that `is_void` never came.
    """

    number: str
    fine: Rupiah
    charged: Rupiah | None
    is_void: bool


def new_fines(payments: Sequence[Late]) -> list[tuple[str, Rupiah]]:
    """Return what is still to be charged for late payments of one bill, oldest first.

    Money is fined once: what was charged for a payment that never came counts for the next.
    """
    charged, due, found = total(one.charged or ZERO for one in payments), ZERO, []
    for one in payments:
        due += ZERO if one.is_void else one.fine
        if one.charged is None and charged < due:
            found.append((one.number, due - charged))
            charged = due
    return found


def fine_for_shortage(*, price: Rupiah, rejected: int, short_fine_bp: int) -> Rupiah:
    """Return what a producer owes for goods that a delivery note promised and the store refused."""
    return price.times(rejected).share(short_fine_bp)


def days_to_money_tenths(sales: Sequence[tuple[date, Rupiah]], *, paid_on: date) -> int | None:
    """Return the mean days from sale to money in tenths, weighted by what each day brought."""
    weights = [(day, max(amount.amount, 0)) for day, amount in sales]
    whole = sum(weight for _, weight in weights)
    if not whole:
        return None
    days = sum((paid_on - day).days * weight for day, weight in weights)
    return max(0, (10 * days + whole // 2) // whole)
