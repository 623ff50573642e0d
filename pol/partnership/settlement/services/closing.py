"""Closing a period: one bill per producer, in one transaction, the same however often done."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, insert, select

from pol.kernel import audit, bulk
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.kernel.money import ZERO, Rupiah
from pol.kernel.text import paper_number
from pol.ledger import services as ledger
from pol.ledger.services import Happening
from pol.partnership.consignment.models import SaleLine
from pol.partnership.settlement.models import Bill, BillLine, SettledEvent, SettlementPeriod
from pol.partnership.settlement.queries import facts
from pol.partnership.settlement.queries import periods as queries
from pol.partnership.settlement.queries.partners import Partner, list_partners
from pol.partnership.settlement.rules import BillLineKind, BillStatus
from pol.partnership.settlement.rules.bills import WHEN_NEVER, when_next, why_nothing, why_owed
from pol.partnership.settlement.rules.dues import due_on
from pol.partnership.settlement.rules.periods import Span, last_day_due, next_span
from pol.partnership.settlement.rules.sums import Line, Sums, add_up
from pol.partnership.settlement.services.telling import tell_billed

BILL = (
    *("number", "period_id", "retailer_id", "stall_id", "status", "sales", "margin", "charges"),
    *("borne", "carried", "payable", "held", "paid", "due_on", "nothing_because", "made_at"),
)
LINE = (
    *("bill_id", "kind", "agreement_id", "sheet_id", "store_id", "words", "reference"),
    *("quantity", "price", "margin_bp", "gross", "margin", "amount"),
)
Alone = Callable[[], AbstractContextManager[object]]


@dataclass(frozen=True)
class Draft:
    """A bill before it has a number."""

    stall_id: int
    lines: tuple[Line, ...]
    sums: Sums
    due_on: date | None
    nothing_because: str | None


def draft_bills(*, retailer_id: int, span: Span, closed_on: date) -> list[Draft]:
    """Return the bills of a period, in the order of their producers; changes nothing."""
    lines: dict[int, list[Line]] = {}
    for line in facts.list_lines(retailer_id=retailer_id, span=span):
        lines.setdefault(line.stall_id, []).append(line)
    partners = {
        partner.stall_id: partner for partner in list_partners(retailer_id=retailer_id, span=span)
    }
    upcoming = span.following(every_days=queries.get_every_days(retailer_id=retailer_id))
    staying = {
        partner.stall_id: partner.payment_days.values()
        for partner in list_partners(retailer_id=retailer_id, span=upcoming)
    }
    return [
        _draft(
            partners.get(stall_id) or Partner(stall_id, {}, frozenset()),
            lines.get(stall_id, []),
            span,
            closed_on,
            when_next(upcoming, closed_on=closed_on, payment_days=staying.get(stall_id, ())),
        )
        for stall_id in sorted(lines.keys() | partners.keys())
    ]


def _draft(
    partner: Partner, lines: Sequence[Line], span: Span, closed_on: date, when: str
) -> Draft:
    sums, why = add_up(lines), None
    due = due_on(closed_on=closed_on, lines=lines, payment_days=partner.payment_days)
    if sums.payable < ZERO:
        why = why_owed(rest=-sums.payable, due=due)
    elif sums.payable == ZERO:
        has_lines = any(line.amount for line in lines)
        nothing = why_nothing(
            has_lines=has_lines, forms=partner.forms, first=span.from_on, last=span.last_on
        )
        why = f"{nothing} {when}"
    return Draft(partner.stall_id, tuple(lines), sums, due if sums.payable else None, why)


def say_when(*, retailer_id: int, stall_id: int, closed_on: date) -> str:
    """Return when a producer gets money again, once all that was closed is behind."""
    from_on = queries.find_open_from(retailer_id=retailer_id)
    if from_on is None:
        return WHEN_NEVER
    behind = Span(from_on, from_on)
    upcoming = behind.following(every_days=queries.get_every_days(retailer_id=retailer_id))
    days = [
        partner.payment_days.values()
        for partner in list_partners(retailer_id=retailer_id, span=upcoming)
        if partner.stall_id == stall_id
    ]
    return when_next(upcoming, closed_on=closed_on, payment_days=days[0] if days else ())


def close_period(
    *, retailer_id: int, last_day: date, actor_id: int | None, now: datetime
) -> SettlementPeriod:
    """Close the days up to `last_day` and write their bills; the same day again gives the same.

    :raises NothingToSettle, PeriodNotOver, PeriodBackwards, PeriodTooLong: see rules
    """
    queries.lock_retailer(retailer_id)
    from_on = queries.find_open_from(retailer_id=retailer_id)
    done = _find_same(retailer_id, last_day)
    if done is not None:
        return done
    span = next_span(from_on=from_on, last_day=last_day, today=business_day(now))
    period = SettlementPeriod(
        number=paper_number("PR", business_day(now)),
        retailer_id=retailer_id,
        from_on=span.from_on,
        until_on=span.until_on,
        closed_at=now,
        closed_by_id=actor_id,
    )
    drafts = draft_bills(retailer_id=retailer_id, span=span, closed_on=business_day(now))
    db.session.add(period)
    db.session.flush()
    _write(period, drafts, now)
    audit.record(
        action="settlement.closed",
        subject=f"period:{period.number}",
        actor_id=actor_id,
        now=now,
        bills=len(drafts),
    )
    return period


def _find_same(retailer_id: int, last_day: date) -> SettlementPeriod | None:
    return db.session.scalars(
        select(SettlementPeriod).where(
            SettlementPeriod.retailer_id == retailer_id,
            SettlementPeriod.until_on == date.fromordinal(last_day.toordinal() + 1),
        )
    ).one_or_none()


def _write(period: SettlementPeriod, drafts: Sequence[Draft], now: datetime) -> None:
    numbers = [f"NT{period.number[2:]}-{place:04}" for place in range(1, len(drafts) + 1)]
    bulk.pour(
        Bill,
        BILL,
        (_bill(period, number, draft, now) for number, draft in zip(numbers, drafts, strict=True)),
    )
    rows = db.session.execute(select(Bill.number, Bill.id).where(Bill.period_id == period.id))
    ids = {number: bill_id for number, bill_id in rows}  # noqa: C416 - rows are no pairs
    bulk.pour(
        BillLine,
        LINE,
        (
            _line(ids[number], line)
            for number, draft in zip(numbers, drafts, strict=True)
            for line in draft.lines
        ),
    )
    _settle_sales(period)
    _settle_moves(period, drafts)
    named = list(zip(numbers, drafts, strict=True))
    tell_billed(
        [
            (number, draft.stall_id, draft.sums.payable, draft.due_on)
            for number, draft in named
            if draft.due_on
        ],
        now=now,
    )
    ledger.post_all([_owed(period, number, draft, now) for number, draft in named if _own(draft)])


def _bill(
    period: SettlementPeriod, number: str, draft: Draft, now: datetime
) -> tuple[bulk.Plain, ...]:
    sums = draft.sums
    amounts = (sums.sales, sums.margin, sums.charges, sums.borne, sums.carried, sums.payable)
    status = BillStatus.NOTHING_DUE if draft.nothing_because else BillStatus.BILLED
    return (
        *(number, period.id, period.retailer_id, draft.stall_id, status.value),
        *(amount.amount for amount in amounts),
        *(0, 0, draft.due_on.isoformat() if draft.due_on else None, draft.nothing_because),
        bulk.moment_text(now),
    )


def _line(bill_id: int, line: Line) -> tuple[bulk.Plain, ...]:
    goods = line.goods
    return (
        *(bill_id, line.kind.value, line.agreement_id),
        *((goods.sheet_id, goods.store_id) if goods else (None, None)),
        *(line.words, line.reference, line.quantity),
        *((goods.price.amount, goods.margin_bp) if goods else (None, None)),
        *(line.gross.amount, line.margin.amount, line.amount.amount),
    )


def _settle_sales(period: SettlementPeriod) -> None:
    """Note for every sale of the period which line pays it; a sale that has one is refused."""
    same = and_(
        BillLine.kind == BillLineKind.SALE,
        BillLine.agreement_id == SaleLine.agreement_id,
        BillLine.sheet_id == SaleLine.sheet_id,
        BillLine.store_id == SaleLine.store_id,
        BillLine.price == SaleLine.price,
        BillLine.margin_bp == SaleLine.margin_bp,
    )
    paid = (
        select(SaleLine.event_id, BillLine.id)
        .join(BillLine, same)
        .join(Bill, and_(Bill.id == BillLine.bill_id, Bill.period_id == period.id))
        .where(
            SaleLine.retailer_id == period.retailer_id,
            SaleLine.day >= period.from_on,
            SaleLine.day < period.until_on,
        )
    )
    db.session.execute(insert(SettledEvent).from_select(["event_id", "line_id"], paid))


def _settle_moves(period: SettlementPeriod, drafts: Sequence[Draft]) -> None:
    wanted: dict[tuple[object, ...], Line] = {
        (line.goods.agreement_id, line.goods.sheet_id, line.goods.store_id, line.kind): line
        for draft in drafts
        for line in draft.lines
        if line.event_ids and line.goods
    }
    if not wanted:
        return
    rows = db.session.execute(
        select(
            BillLine.id,
            BillLine.agreement_id,
            BillLine.sheet_id,
            BillLine.store_id,
            BillLine.kind,
        )
        .join(Bill, Bill.id == BillLine.bill_id)
        .where(Bill.period_id == period.id, BillLine.kind != BillLineKind.SALE)
    )
    bulk.pour(
        SettledEvent,
        ("event_id", "line_id"),
        [
            (event_id, line_id)
            for line_id, *key in rows
            if tuple(key) in wanted
            for event_id in wanted[tuple(key)].event_ids
        ],
    )


def _own(draft: Draft) -> Rupiah:
    """Return what a bill adds to the books: without what an earlier one has brought there."""
    return draft.sums.payable - draft.sums.carried


def _owed(period: SettlementPeriod, number: str, draft: Draft, now: datetime) -> Happening:
    owed = _own(draft)
    return Happening(
        key=f"bill:{number}",
        at=now,
        reference=f"bill:{number}",
        memo=f"Nota tagihan {number}",
        lines=[
            (f"shelf_due:retailer:{period.retailer_id}", owed),
            (f"shelf_payable:stall:{draft.stall_id}", -owed),
        ],
        actor_id=period.closed_by_id,
    )


def close_due_periods(*, now: datetime, alone: Alone = nullcontext) -> int:
    """Close the oldest period that is over of each retailer, each on its own; return how many."""
    closed = 0
    for retailer_id in queries.list_settling_retailers():
        with alone():
            closed += _close_due(retailer_id, now)
    return closed


def _close_due(retailer_id: int, now: datetime) -> int:
    from_on = queries.find_open_from(retailer_id=retailer_id)
    if from_on is None:
        return 0
    every_days = queries.get_every_days(retailer_id=retailer_id)
    due = last_day_due(from_on=from_on, every_days=every_days, today=business_day(now))
    if due is None:
        return 0
    close_period(retailer_id=retailer_id, last_day=due, actor_id=None, now=now)
    return 1
