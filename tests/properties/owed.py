"""What one producer is owed, reckoned by hand: the form, its charges, what came, went and sold."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from pol.identity.models import User
from pol.kernel.db import db
from pol.kernel.money import Rupiah
from pol.partnership.agreements.models import AgreementCharge
from pol.partnership.consignment.models import Batch, SaleLine
from pol.partnership.consignment.rules import StockEventKind as Kind
from pol.partnership.slots.models import Placement, Retailer, Shelf, Store
from pol.partnership.slots.rules import Bearer, ChargeBasis, ChargeKind, CoopForm
from tests.factories.partnership import (
    make_agreement,
    make_application,
    make_batch,
    make_call,
    make_placement,
    make_sheet,
)

FIRST, CAME_ON = date(2026, 1, 1), date(2026, 1, 10)
FIRST_END = date(2026, 2, 1)
"""When the first places end; what renews them goes on for a day or a month."""
FORMS = (
    *(CoopForm.CONSIGNMENT, CoopForm.CONSIGNMENT, CoopForm.OUTRIGHT, CoopForm.RENT),
    CoopForm.PROGRAMME,
)
PRICES = (15_000, 12_345, 9_999, 20_000, 7_777)
MARGINS = (1_500, 1_234, 2_505, 0, 1_001)
ONCE = (40_000, 0, 0, 0, 0)
PERIODIC = (700, 0, 0, 31_000, 0)
"""Falls every seven days from the first, however often periods are closed."""
SHARES = (0, 250, 333, 0, 0)
FINE_BP, PAYMENT_DAYS, EVERY_DAYS = 175, 14, 7


def share(amount: int, basis_points: int) -> int:
    """Return a share, half a rupiah rounded away from zero."""
    part = (2 * abs(amount) * basis_points + 10_000) // 20_000
    return part if amount >= 0 else -part


class Money(NamedTuple):
    """What a bill's row must say."""

    payable: int
    held: int
    paid: int


@dataclass
class Owed:
    """A bill as we reckon it."""

    payable: int
    due_on: date
    has_goods: bool
    """A bill of nothing but old fines and rulings is not fined again."""
    held: int = 0
    ruled_on: date = date.min
    """When the last dispute about it was settled."""
    paid: int = 0

    @property
    def open(self) -> int:
        return max(0, self.payable - self.held - self.paid)

    def rule(self, change: int, held: int, opened_on: date, day: date) -> int:
        """Take in what a ruling changes, and return what comes with the next bill instead."""
        days = day - max(opened_on, self.ruled_on)
        here = max(change, -held) if self.payable > 0 else 0
        if self.payable > 0 and not self.open:
            self.due_on += days
        self.payable, self.held, self.ruled_on = self.payable + here, self.held - held, day
        return change - here

    def money(self) -> Money:
        return Money(self.payable, self.held, self.paid)


@dataclass
class Side:
    """A producer as we reckon it."""

    who: int
    batch: Batch
    placement: Placement
    stock: int
    sold: dict[date, list[tuple[int, int]]] = field(default_factory=dict)
    """Takings and margin of each sale, by day."""
    missing: dict[date, Counter[str]] = field(default_factory=dict)
    """Pieces that went missing in the retailer's care, by day and kind."""
    bought: Counter[date] = field(default_factory=Counter)
    """Pieces that a store bought outright, by the day on which they came."""
    lines: list[SaleLine] = field(default_factory=list)
    bills: dict[int, Owed] = field(default_factory=dict)
    entrance: bool = False
    periods: int = 0
    """How many of its own periods it has been charged for."""
    to_add: int = 0
    """Fines and rulings that the next bill brings."""

    @property
    def form(self) -> CoopForm:
        return FORMS[self.who]

    @property
    def days(self) -> set[date]:
        """Days on which something happened that stands on a bill."""
        bought = self.form is CoopForm.OUTRIGHT
        return {*self.sold, *(self.bought if bought else self.missing)}

    @property
    def shortage(self) -> int:
        """What the last bill has left for its producer to pay."""
        last = next(reversed(self.bills.values()), None)
        return max(0, -last.payable - last.paid) if last else 0

    def due_on(self, closed_on: date, came_on: list[date]) -> date:
        """Return when a bill is due; what a store bought counts from when it came."""
        since = closed_on
        if self.form is CoopForm.OUTRIGHT and came_on:
            since = min(came_on)
        return max(closed_on, since + timedelta(days=PAYMENT_DAYS))

    def charges(self, first: date, until: date) -> int:
        """Return what charges fall in a period; those of its own periods only once."""
        gross = sum(
            takings
            for day, many in self.sold.items()
            if first <= day < until
            for takings, _ in many
        )
        if self.form is CoopForm.OUTRIGHT:
            gross = self.pieces_bought(first, until) * PRICES[self.who]
        begun = -(-(until - FIRST).days // EVERY_DAYS)
        charges = share(gross, SHARES[self.who]) + (begun - self.periods) * PERIODIC[self.who]
        charges += 0 if self.entrance else ONCE[self.who]
        self.periods, self.entrance = begun, True
        return charges

    def fallen(self, day: date) -> int:
        """Return what charges fell before a day and are on no bill yet, shares aside."""
        begun = -(-(day - FIRST).days // EVERY_DAYS)
        return (begun - self.periods) * PERIODIC[self.who] + (not self.entrance) * ONCE[self.who]

    def pieces_bought(self, first: date, until: date) -> int:
        """Return how many pieces a store bought outright."""
        return sum(pieces for day, pieces in self.bought.items() if first <= day < until)

    def brought(self, first: date, until: date) -> int:
        """Return what a producer gets for goods: of those sold and missing, or of those bought."""
        if self.form is CoopForm.OUTRIGHT:
            gross = self.pieces_bought(first, until) * PRICES[self.who]
            return gross - share(gross, MARGINS[self.who])
        return self.sold_for(first, until) + self.missing_for(first, until)

    def sold_for(self, first: date, until: date) -> int:
        """Return what sales bring without the margin."""
        days = [day for day in self.sold if first <= day < until]
        return sum(gross - margin for day in days for gross, margin in self.sold[day])

    def missing_for(self, first: date, until: date) -> int:
        """Return what a retailer pays for what went missing in its care."""
        days = [day for day in self.missing if first <= day < until]
        missing = sum((self.missing[day] for day in days), Counter[str]())
        pieces = missing[Kind.LOST] + missing[Kind.DESTROYED] - missing[Kind.FOUND]
        lost = pieces * PRICES[self.who]
        return lost - share(lost, MARGINS[self.who])


def make_side(who: int, owner: User, shelf: Shelf) -> Side:
    """Add a producer with forty pieces of its product on a shelf, as its form has it."""
    store = db.session.get_one(Store, shelf.store_id)
    retailer, form = db.session.get_one(Retailer, store.retailer_id), FORMS[who]
    unsold = Bearer.RETAILER if form is CoopForm.OUTRIGHT else Bearer.PRODUCER
    call = make_call(retailer, by=owner, form=form, unsold_bearer=unsold)
    wish = make_application(call, make_sheet(price=Rupiah(PRICES[who])), stores=[store])
    agreement = make_agreement(
        wish, call, margin_bp=MARGINS[who], late_fine_bp=FINE_BP, payment_days=PAYMENT_DAYS
    )
    _add_charges(agreement.id, who)
    place = make_placement(
        wish, shelf, agreement=agreement, x_mm=150 * who, facings=1, until_on=FIRST_END
    )
    side = Side(who, make_batch(place, quantity=40, received_on=CAME_ON), place, 40)
    side.bought[CAME_ON] = 40
    return side


def _add_charges(agreement_id: int, who: int) -> None:
    for basis, amount, share_bp in (
        (ChargeBasis.ONCE, ONCE[who], 0),
        (ChargeBasis.PER_PERIOD, PERIODIC[who], 0),
        (ChargeBasis.SHARE_OF_SALES, 0, SHARES[who]),
    ):
        if not amount and not share_bp:
            continue
        db.session.add(
            AgreementCharge(
                agreement_id=agreement_id, kind=ChargeKind.PROMOTION, basis=basis,
                name="Biaya promosi", amount=Rupiah(amount), share_bp=share_bp,
            )
        )  # fmt: skip
    db.session.flush()
