"""Periods and bills in many hands at once: each sale is billed once, each bill paid once (I13)."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pol.kernel.money import Rupiah, total
from pol.ledger.queries import get_balance
from pol.partnership.consignment.models import SaleLine
from pol.partnership.settlement.models import Bill, BillLine, BillPayment, SettlementPeriod
from pol.partnership.settlement.services import closing, paying
from pol.partnership.settlement.services.paying import Sending
from tests.factories.partnership import Partnership, make_partnership
from tests.partnership.settlement.goods import sell
from tests.properties.identities import find_all_violations, find_violations
from tests.races import bill_jobs
from tests.races.crew import Crew
from tests.rig.figures import Figure

Rounds = Callable[[int, int], int]
OWED = Rupiah(51_000)


def _yesterday(now: datetime) -> date:
    return now.date() - timedelta(days=1)


def test_a_period_is_closed_while_sales_arrive(
    session: Session, crew: Crew, now: datetime, rounds: Rounds, figure: Figure
) -> None:
    turns, sold = rounds(6, 150), 0
    for turn in range(turns):
        p = make_partnership(quantity=5_000)
        day, by = _yesterday(now), (p.owner.id, now)
        session.commit()
        goods = (p.store.id, p.sheet.id)
        outcomes = crew.together(
            [
                (bill_jobs.sell_late, (goods, day, f"telat-{turn}-a", by)),
                (bill_jobs.close, (p.retailer.id, day, by)),
                (bill_jobs.sell_late, (goods, day, f"telat-{turn}-b", by)),
            ]
        )
        in_time = outcomes[0].answer + outcomes[2].answer
        session.rollback()
        billed = session.scalars(select(Bill.payable).where(Bill.stall_id == p.stall.id)).all()
        mine = select(SaleLine.payable).where(SaleLine.stall_id == p.stall.id)
        assert total(billed) == total(session.scalars(mine)) == Rupiah(12_750).times(in_time)
        assert find_violations() == []
        sold += in_time
    figure("periods closed while sales arrive", periods=turns, sales=sold, billed_wrongly=0)


def test_adding_up_first_and_closing_then_forgets_sales(
    session: Session, crew: Crew, now: datetime
) -> None:
    """The control: what was sold between the adding up and the closing is on no line."""
    for chance in range(15):
        p = make_partnership(quantity=5_000)
        day, by, goods = _yesterday(now), (p.owner.id, now), (p.store.id, p.sheet.id)
        sell(p.batch, 1, day)
        session.commit()
        crew.together(
            [
                (bill_jobs.sell_late, (goods, day, f"naif-{chance}-a", by)),
                (bill_jobs.close_naively, (p.retailer.id, day, now)),
                (bill_jobs.sell_late, (goods, day, f"naif-{chance}-b", by)),
            ]
        )
        session.rollback()
        if found := find_violations():
            break
    assert [words for words in found if words.startswith("I13: a line is not")], found


def test_a_period_closed_three_times_at_once_is_one(
    session: Session, crew: Crew, now: datetime, rounds: Rounds
) -> None:
    for _ in range(rounds(8, 150)):
        p = make_partnership()
        sell(p.batch, 4, _yesterday(now))
        session.commit()
        job = (bill_jobs.close, (p.retailer.id, _yesterday(now), (p.owner.id, now)))
        outcomes = crew.together([job] * 3)
        assert len({outcome.answer for outcome in outcomes}) == 1, outcomes
        session.rollback()
        mine = SettlementPeriod.retailer_id == p.retailer.id
        assert session.scalar(select(func.count()).where(mine)) == 1
        assert get_balance(f"shelf_due:retailer:{p.retailer.id}") == OWED
    assert find_all_violations() == []


def _billed(session: Session, now: datetime) -> tuple[Partnership, Bill]:
    p = make_partnership()
    sell(p.batch, 4, _yesterday(now))
    by = {"actor_id": p.owner.id, "now": now}
    period = closing.close_period(retailer_id=p.retailer.id, last_day=_yesterday(now), **by)  # type: ignore[arg-type]
    bill = session.scalars(select(Bill).where(Bill.period_id == period.id)).one()
    paying.approve_bill(bill=bill, **by)  # type: ignore[arg-type]
    session.commit()
    return p, bill


def test_a_bill_is_paid_once(
    session: Session, crew: Crew, now: datetime, rounds: Rounds, figure: Figure
) -> None:
    """The same press three times is one payment; three presses are one and two refusals."""
    turns = rounds(8, 200)
    for turn in range(turns):
        p, bill = _billed(session, now)
        keys = [f"sekali-{turn}"] * 3 if turn % 2 else [f"kali-{turn}-{at}" for at in range(3)]
        outcomes = crew.together(
            [
                (
                    bill_jobs.pay,
                    (p.retailer.id, bill.number, Sending(key, OWED, now.date(), "BRI"),
                     (p.owner.id, now)),
                )
                for key in keys
            ]
        )  # fmt: skip
        refusals = sorted(outcome.refusal or "" for outcome in outcomes)
        assert refusals == ([""] * 3 if turn % 2 else ["", "NothingOpen", "NothingOpen"])
        session.rollback()
        mine = select(func.count()).where(BillPayment.bill_id == bill.id)
        assert session.scalar(mine) == 1
        assert get_balance(f"shelf_due:retailer:{p.retailer.id}") == Rupiah(0)
    assert find_all_violations() == []
    figure("one bill paid three times", turns=turns, paid_twice=0)


def test_a_payment_is_there_or_never_came(session: Session, crew: Crew, now: datetime) -> None:
    for turn in range(6):
        p, bill = _billed(session, now)
        by, sending = (p.owner.id, now), Sending(f"ada-{turn}", OWED, now.date(), "BRI")
        payment = paying.note_payment(bill=bill, sending=sending, actor_id=by[0], now=now)
        session.commit()
        mine = (p.stall.id, bill.number, payment.number)
        jobs = [(bill_jobs.answer, (*mine, word, by)) for word in ("there", "gone", "gone")]
        outcomes = crew.together(jobs)
        assert sum(outcome.refusal is None for outcome in outcomes) == 1, outcomes
        session.rollback()
        left = Rupiah(0) if outcomes[0].refusal is None else OWED
        assert get_balance(f"shelf_due:retailer:{p.retailer.id}") == left
    assert find_all_violations() == []


def test_a_line_is_disputed_or_paid(session: Session, crew: Crew, now: datetime) -> None:
    """What is in dispute is not paid meanwhile, and what is paid is not disputed."""
    for turn in range(8):
        p, bill = _billed(session, now)
        line = session.scalars(select(BillLine.id).where(BillLine.bill_id == bill.id)).one()
        by, sending = (p.owner.id, now), Sending(f"rebut-{turn}", OWED, now.date(), "BRI")
        session.commit()
        outcomes = crew.together(
            [
                (bill_jobs.dispute, (p.stall.id, bill.number, line, by)),
                (bill_jobs.pay, (p.retailer.id, bill.number, sending, by)),
                (bill_jobs.dispute, (p.stall.id, bill.number, line, by)),
            ]
        )
        assert sum(outcome.refusal is None for outcome in outcomes) == 1, outcomes
        session.rollback()
        session.refresh(bill)
        assert bill.held + bill.paid == OWED
    assert find_all_violations() == []
