"""When things fall due: money by the form of what is on the bill, charges by the days agreed."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from pol.kernel.money import ZERO
from pol.partnership.settlement.rules.sums import Line
from pol.partnership.slots.rules import ChargeBasis


def due_on(*, closed_on: date, lines: Sequence[Line], payment_days: Mapping[int, int]) -> date:
    """Return when a bill is due: on the soonest day that one of its lines gives.

    Goods that a store has bought are due so many days after they came, all other money so many
    days after the period was closed, and nothing before there is a bill. `payment_days` is by
    agreement.
    """
    days = [
        max(closed_on, (line.came_on or closed_on) + timedelta(days=payment_days[agreement_id]))
        for line in lines
        if line.amount > ZERO and (agreement_id := line.agreement_id or 0) in payment_days
    ]
    usual = closed_on + timedelta(days=min(payment_days.values(), default=0))
    return min(days, default=usual)


def times_due(
    basis: ChargeBasis, *, from_on: date, until_on: date, every_days: int, by: date
) -> int:
    """Return how often a charge has fallen before a day, whatever days were closed together.

    What falls every period falls on the first day of each of the agreement's own periods, so that
    closing more often costs nobody more.
    """
    match basis:
        case ChargeBasis.ONCE:
            return int(from_on < by)
        case ChargeBasis.PER_PERIOD:
            days = (min(by, until_on) - from_on).days
            return max(0, -(-days // every_days))
        case ChargeBasis.SHARE_OF_SALES:
            return 0
