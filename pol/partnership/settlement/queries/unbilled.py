"""What has happened between a producer and its retailers that no bill holds yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, func, or_, select

from pol.kernel.db import db
from pol.kernel.money import Rupiah, as_rupiah, total
from pol.partnership.agreements.models import Agreement
from pol.partnership.consignment.models import Batch, SaleLine, StockEvent
from pol.partnership.consignment.rules import StockEventKind
from pol.partnership.settlement.models import SettledEvent
from pol.partnership.settlement.queries import extras
from pol.partnership.settlement.queries.goods import list_moved
from pol.partnership.settlement.queries.periods import find_open_from
from pol.partnership.settlement.rules.periods import Span
from pol.partnership.settlement.rules.sums import Line, lines_of_charges, lines_of_moves
from pol.partnership.slots.models import Placement, Retailer
from pol.partnership.slots.rules import CoopForm

K = StockEventKind
BOUGHT = (K.RECEIVED, K.RETURNED, K.DESTROYED)
MISSED = (K.LOST, K.FOUND, K.DESTROYED)


@dataclass(frozen=True)
class Unbilled:
    """What a retailer will be billed: for what was sold, and for what it bought or lost."""

    retailer_name: str
    since: date
    sold: Rupiah
    other: Rupiah

    @property
    def whole(self) -> Rupiah:
        """What the retailer will owe for goods."""
        return self.sold + self.other


def list_unbilled(*, stall_id: int) -> list[Unbilled]:
    """Return what each retailer has not been billed by a producer yet."""
    retailers: Iterable[Any] = db.session.execute(
        select(Retailer.id, Retailer.name)
        .where(Retailer.id.in_(select(Agreement.retailer_id).where(Agreement.stall_id == stall_id)))
        .order_by(Retailer.name, Retailer.id)
    )
    found = []
    for retailer_id, name in retailers:
        sold = _sold(SaleLine.stall_id == stall_id, SaleLine.retailer_id == retailer_id)
        moved = _moved(Batch.stall_id == stall_id, Agreement.retailer_id == retailer_id)
        days = [day for day, _ in (*sold, *moved)]
        if days:
            found.append(Unbilled(name, min(days), _sum(sold), _sum(moved)))
    return found


def sum_unbilled_of_place(placement_id: int) -> Rupiah:
    """Return what no bill holds yet of the goods of a place, whichever side it is owed to."""
    sold = _sum(_sold(SaleLine.placement_id == placement_id))
    moved = [amount for _, amount in _moved(Batch.placement_id == placement_id)]
    return Rupiah(sum(abs(amount.amount) for amount in (sold, *moved)))


def sum_unbilled_extras(
    *, stall_id: int, retailer_id: int, place_ids: Sequence[int], today: date
) -> Rupiah:
    """Return what no bill holds yet besides goods, whichever side it is owed to.

    Charges of the agreements of these places that fell before today, and all fines and rulings
    between the two.
    """
    lines = [
        *extras.list_fines(retailer_id),
        *extras.list_short_fines(retailer_id),
        *extras.list_rulings(retailer_id),
        *_charges(retailer_id, place_ids, today),
    ]
    return Rupiah(sum(abs(line.amount.amount) for line in lines if line.stall_id == stall_id))


def _charges(retailer_id: int, place_ids: Sequence[int], today: date) -> list[Line]:
    since = find_open_from(retailer_id=retailer_id)
    if since is None or since >= today:
        return []
    agreements = set(
        db.session.scalars(select(Placement.agreement_id).where(Placement.id.in_(place_ids)))
    )
    fallen = extras.list_charges(retailer_id, Span(since, today))
    return lines_of_charges([one for one in fallen if one.agreement_id in agreements], [])


def _sum(days: list[tuple[date, Rupiah]]) -> Rupiah:
    return total(amount for _, amount in days)


def _sold(*which: Any) -> list[tuple[date, Rupiah]]:
    rows = db.session.execute(
        select(SaleLine.day, func.sum(SaleLine.payable))
        .outerjoin(SettledEvent, SettledEvent.event_id == SaleLine.event_id)
        .where(SettledEvent.event_id.is_(None), *which)
        .group_by(SaleLine.day)
    )
    return [(day, as_rupiah(amount)) for day, amount in rows if as_rupiah(amount)]


def _moved(*which: Any) -> list[tuple[date, Rupiah]]:
    kind = func.coalesce(StockEvent.of, StockEvent.kind)
    is_bought = Agreement.form == CoopForm.OUTRIGHT
    settled = select(SettledEvent.event_id).where(SettledEvent.event_id == StockEvent.id).exists()
    counts = or_(and_(is_bought, kind.in_(BOUGHT)), and_(~is_bought, kind.in_(MISSED)))
    moves = list(list_moved(counts, ~settled, *which))
    first = min((move.day for move in moves), default=None)
    if first is None:
        return []
    return [(first, line.amount) for line in lines_of_moves(moves) if line.amount]
