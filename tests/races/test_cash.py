"""Several counters at once: a debt is paid once, a bag taken over once, a till emptied once."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pol.kernel.money import ZERO, Rupiah
from pol.ledger.queries import check_ledger
from pol.payments.models import CashDeposit, CourierShift
from tests.factories.catalogue import make_stall
from tests.factories.orders import make_open_market
from tests.factories.traders import make_officer, make_person
from tests.orders.checks import balance_of
from tests.payments.counter import counted, fill_bag, give_cash, handing, owe
from tests.races import cash_jobs
from tests.races.crew import Crew
from tests.rig.figures import Figure

CHANCES = 60
"""How often naive processes may try to meet; they mostly do at once."""


def test_two_payments_of_the_same_debt_are_one(
    session: Session,
    crew: Crew,
    now: datetime,
    rounds: Callable[[int, int], int],
    figure: Figure,
) -> None:
    market = make_open_market()
    stall, officer, turns = make_stall(market), make_officer(market), rounds(20, 500)
    for _ in range(turns):
        owe(stall, 10_000, now=now)
        session.commit()
        presses = [handing(10_000, seen=10_000) for _ in range(3)]
        outcomes = crew.together(
            [(cash_jobs.pay_debt, (stall.id, press, officer.id, now)) for press in presses]
        )
        refusals = sorted(outcome.refusal or "" for outcome in outcomes)
        assert refusals == ["", "MoreThanDebt", "MoreThanDebt"]
        session.rollback()
        assert balance_of(f"cash:stall:{stall.id}") == ZERO
    assert balance_of(f"cash:market:{market.id}") == Rupiah(10_000 * turns)
    assert check_ledger().is_sound
    figure("one debt paid at three counters", turns=turns, paid_twice=0)


def test_a_debt_is_paid_or_netted_but_not_both(
    session: Session, crew: Crew, now: datetime, rounds: Callable[[int, int], int]
) -> None:
    market = make_open_market()
    stall, officer, winners = make_stall(market), make_officer(market), set()
    for turn in range(rounds(20, 500)):
        owe(stall, 10_000, now=now)
        session.commit()
        press, amount = handing(10_000, seen=10_000), Rupiah(10_000)
        netting = [
            (cash_jobs.net_debt, (stall.id, amount, f"netting-{turn}-{which}", now))
            for which in range(2)
        ]
        paid, *netted = crew.together(
            [(cash_jobs.pay_debt, (stall.id, press, officer.id, now)), *netting]
        )
        won = [paid.refusal is None, *(outcome.answer for outcome in netted)]
        assert sum(won) == 1, won
        winners.add(won.index(True))
        session.rollback()
        assert balance_of(f"cash:stall:{stall.id}") == ZERO
    assert winners


def test_one_press_sent_three_times_is_one_deposit(
    session: Session, crew: Crew, now: datetime
) -> None:
    market = make_open_market()
    stall, officer = make_stall(market), make_officer(market)
    for turn in range(8):
        owe(stall, 10_000, now=now)
        session.commit()
        press = handing(10_000, seen=10_000)
        outcomes = crew.together([(cash_jobs.pay_debt, (stall.id, press, officer.id, now))] * 3)
        assert {outcome.refusal for outcome in outcomes} == {None}
        assert len({outcome.answer for outcome in outcomes}) == 1
        session.rollback()
        assert session.scalar(select(func.count()).select_from(CashDeposit)) == turn + 1


def test_a_bag_is_taken_over_by_one_of_three_officers(
    session: Session, crew: Crew, now: datetime
) -> None:
    market, courier = make_open_market(), make_person()
    officers = [make_officer(market) for _ in range(3)]
    for turn in range(1, 9):
        fill_bag(courier, 10_000, now=now)
        shift = counted(courier, market, 10_000, seen=10_000, now=now)
        session.commit()
        bag = shift.number, market.id, Rupiah(10_000)
        outcomes = crew.together(
            [(cash_jobs.accept_bag, (*bag, officer.id, now)) for officer in officers]
        )
        refusals = sorted(outcome.refusal or "" for outcome in outcomes)
        assert refusals == ["", "ShiftAlreadyAccepted", "ShiftAlreadyAccepted"]
        session.rollback()
        assert balance_of(f"cash:market:{market.id}") == Rupiah(10_000 * turn)
        assert balance_of(f"cash:courier:{courier.id}") == ZERO


def test_a_bag_counted_on_three_phones_is_one_shift(
    session: Session, crew: Crew, now: datetime
) -> None:
    market = make_open_market()
    for turn in range(1, 6):
        courier = make_person()
        fill_bag(courier, 10_000, 5_000, now=now)
        session.commit()
        job = cash_jobs.count_bag, (courier.id, market.id, Rupiah(15_000), now)
        outcomes = crew.together([job] * 3)
        assert len({outcome.answer for outcome in outcomes}) == 1, outcomes
        session.rollback()
        assert session.scalar(select(func.count()).select_from(CourierShift)) == turn


def test_the_till_is_brought_to_the_bank_once(session: Session, crew: Crew, now: datetime) -> None:
    market = make_open_market()
    officer = make_officer(market)
    for turn in range(1, 6):
        give_cash(f"cash:market:{market.id}", 10_000, now=now)
        session.commit()
        jobs = [
            (
                cash_jobs.bring,
                (market.slug, market.id, Rupiah(10_000), f"bank-{turn}-{which}", now, officer.id),
            )
            for which in range(3)
        ]
        refusals = sorted(outcome.refusal or "" for outcome in crew.together(jobs))
        assert refusals == ["", "MoreThanTill", "MoreThanTill"]
        session.rollback()
        assert balance_of(f"bank:market:{market.id}") == Rupiah(10_000 * turn)


@pytest.mark.parametrize("whose", ["stall", "courier", "market"])
def test_looking_first_and_writing_then_takes_the_same_cash_twice(
    session: Session, crew: Crew, now: datetime, whose: str
) -> None:
    market = make_open_market()
    ids = {"stall": make_stall(market).id, "courier": make_person().id, "market": market.id}
    purse, left = f"cash:{whose}:{ids[whose]}", ZERO
    for turn in range(CHANCES):
        give_cash(purse, 10_000 - left.amount, now=now)
        session.commit()
        cash = purse, f"bank:market:{market.id}", Rupiah(10_000)
        crew.together([(cash_jobs.move_naively, (*cash, f"{turn}-{at}", now)) for at in range(3)])
        session.rollback()
        left = balance_of(purse)
        if left < ZERO:
            break
    assert left < ZERO
