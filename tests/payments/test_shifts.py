"""A courier's bag: what should be in it, what is counted, and who bears the difference."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from pol.identity.rules import Role
from pol.kernel.audit import AuditEntry
from pol.kernel.money import ZERO, Rupiah
from pol.ledger.queries import check_ledger
from pol.payments.models import CashDeposit, CourierShift
from pol.payments.queries.cash import list_uncounted, look_into_bag
from pol.payments.queries.deposits import get_deposit, list_shift_lines
from pol.payments.rules import cash as rules
from pol.payments.rules.cash import Count, LineCount
from pol.payments.services import shifts
from tests.factories.catalogue import make_product
from tests.factories.orders import (
    bring_to_customer,
    make_kept_stall,
    make_open_market,
    orders_of,
    place,
)
from tests.factories.people import give_role
from tests.factories.traders import make_officer, make_person
from tests.orders.checks import balance_of
from tests.payments.counter import counted, fill_bag


def accept(shift: CourierShift, officer_id: int, now: datetime, *, forgive: bool = False) -> None:
    shifts.accept_shift(
        shift=shift, seen=shift.counted, forgive=forgive, officer_id=officer_id, now=now
    )


def test_a_delivered_order_is_expected_with_its_fee_under_its_number(
    session: Session, now: datetime
) -> None:
    market = make_open_market()
    stall, trader = make_kept_stall(market)
    product = make_product(stall, price=20_000)
    courier = make_person()
    first, second = (place([(product, 1_000)], now=now) for _ in range(2))
    for group in (first, second):
        (order,) = orders_of(group)
        bring_to_customer(order, trader=trader, courier=courier, now=now)
    bag = look_into_bag(courier.id)
    assert [line.number for line in bag.lines] == [f"{first.number}-1", f"{second.number}-1"]
    assert {line.amount for line in bag.lines} == {first.charged}
    assert bag.expected == first.charged + second.charged
    assert (bag.carried, bag.since) == (ZERO, now)


def test_what_is_counted_and_accepted_lies_in_the_till(session: Session, now: datetime) -> None:
    market, courier = make_open_market(), make_person("Kurir")
    officer, later = make_officer(market), now + timedelta(hours=1)
    numbers = fill_bag(courier, 25_000, 40_000, now=now)
    shift = counted(courier, market, 65_000, seen=65_000, now=later)
    assert (shift.opened_at, shift.counted_at) == (now, later)
    assert [line.number for line in list_shift_lines(shift.id)] == numbers
    accept(shift, officer.id, later)
    assert balance_of(f"cash:market:{market.id}") == Rupiah(65_000)
    assert look_into_bag(courier.id).lines == []
    paper = get_deposit(shift.number, market_ids=[], stall_ids=[], courier_id=courier.id)
    assert (paper.amount, paper.remaining, paper.giver) == (Rupiah(65_000), ZERO, "Kurir")
    assert check_ledger().is_sound


def test_counting_again_replaces_what_waits(session: Session, now: datetime) -> None:
    market, courier = make_open_market(), make_person()
    fill_bag(courier, 10_000, 20_000, now=now)
    first = counted(courier, market, 29_000, seen=30_000, note="Kurang", now=now)
    again = counted(courier, market, 30_000, seen=30_000, now=now)
    assert (first.id, first.number) == (again.id, again.number)
    assert session.scalar(select(func.count()).select_from(CourierShift)) == 1
    assert len(list_shift_lines(again.id)) == 2


def test_a_courier_has_one_shift_at_the_counter_says_the_database(
    session: Session, now: datetime
) -> None:
    market, courier = make_open_market(), make_person()
    fill_bag(courier, 10_000, now=now)
    counted(courier, market, 10_000, seen=10_000, now=now)
    twin = CourierShift(
        number="S-KEMBAR",
        courier_id=courier.id,
        market_id=market.id,
        opened_at=now,
        counted_at=now,
        expected=ZERO,
        counted=ZERO,
        note="",
    )
    attempt = session.begin_nested()
    session.add(twin)
    with pytest.raises(IntegrityError, match="courier_shift"):
        session.flush()
    attempt.rollback()


def test_what_is_missing_stays_with_the_courier(session: Session, now: datetime) -> None:
    market, courier = make_open_market(), make_person()
    officer = make_officer(market)
    fill_bag(courier, 50_000, now=now)
    accept(counted(courier, market, 45_000, seen=50_000, note="Jatuh", now=now), officer.id, now)
    assert balance_of(f"cash:market:{market.id}") == Rupiah(45_000)
    assert balance_of(f"expense:cash_shortage:{market.id}") == ZERO
    (number,) = fill_bag(courier, 20_000, now=now)
    bag = look_into_bag(courier.id)
    assert (bag.by_number, bag.carried, bag.expected) == (
        {number: Rupiah(20_000)},
        Rupiah(5_000),
        Rupiah(25_000),
    )


def test_the_officer_may_book_what_is_missing_as_a_loss(session: Session, now: datetime) -> None:
    market, courier = make_open_market(), make_person()
    officer = make_officer(market)
    fill_bag(courier, 50_000, now=now)
    shift = counted(courier, market, 0, seen=50_000, note="Dirampas", now=now)
    accept(shift, officer.id, now, forgive=True)
    assert shift.shortage == Rupiah(50_000)
    assert balance_of(f"expense:cash_shortage:{market.id}") == Rupiah(50_000)
    assert look_into_bag(courier.id).expected == ZERO
    assert session.scalar(select(func.count()).select_from(CashDeposit)) == 0
    assert check_ledger().is_sound


def test_what_is_too_much_is_income_of_the_market(session: Session, now: datetime) -> None:
    market, courier = make_open_market(), make_person()
    officer = make_officer(market)
    fill_bag(courier, 50_000, now=now)
    shift = counted(courier, market, 52_000, seen=50_000, note="Kembalian", now=now)
    accept(shift, officer.id, now, forgive=True)
    assert balance_of(f"cash:market:{market.id}") == Rupiah(52_000)
    assert balance_of(f"income:cash_overage:{market.id}") == Rupiah(-2_000)
    assert balance_of(f"cash:courier:{courier.id}") == shift.shortage == ZERO


def test_an_empty_bag_is_not_counted(session: Session, now: datetime) -> None:
    market, courier = make_open_market(), make_person()
    with pytest.raises(rules.BagEmpty):
        counted(courier, market, 0, seen=0, now=now)


def test_cash_that_came_in_while_counting_is_counted_too(session: Session, now: datetime) -> None:
    market, courier = make_open_market(), make_person()
    fill_bag(courier, 50_000, 10_000, now=now)
    with pytest.raises(rules.BagChanged, match=r"Rp60\.000"):
        counted(courier, market, 50_000, seen=50_000, now=now)


def test_cash_that_came_in_after_counting_is_not_taken_over_unseen(
    session: Session, now: datetime
) -> None:
    market, courier = make_open_market(), make_person()
    officer = make_officer(market)
    fill_bag(courier, 50_000, now=now)
    shift = counted(courier, market, 50_000, seen=50_000, now=now)
    with pytest.raises(rules.CountOutdated):
        shifts.accept_shift(
            shift=shift, seen=Rupiah(49_000), forgive=False, officer_id=officer.id, now=now
        )
    fill_bag(courier, 1_000, now=now)
    with pytest.raises(rules.CountOutdated):
        accept(shift, officer.id, now)
    assert shift.accepted_at is None


@pytest.mark.parametrize(
    ("whole", "note", "lines"),
    [
        (29_000, "", {}),
        (29_000, "", {0: LineCount(Rupiah(9_000))}),
        (29_500, "", {0: LineCount(Rupiah(9_000), "Kembalian")}),
        (30_000, "", {0: LineCount(Rupiah(9_000), "Kembalian")}),
    ],
)
def test_a_difference_needs_a_reason(
    session: Session, now: datetime, whole: int, note: str, lines: dict[int, LineCount]
) -> None:
    market, courier = make_open_market(), make_person()
    numbers = fill_bag(courier, 10_000, 20_000, now=now)
    said = {numbers[index]: line for index, line in lines.items()}
    count = Count(Rupiah(whole), Rupiah(30_000), note, said)
    with pytest.raises(rules.ReasonOfDifference):
        shifts.count_shift(courier_id=courier.id, market_id=market.id, count=count, now=now)


def test_far_too_much_is_a_slip_of_the_finger(session: Session, now: datetime) -> None:
    market, courier = make_open_market(), make_person()
    fill_bag(courier, 30_000, now=now)
    for whole in (1_030_001, 999_999_999_999):
        with pytest.raises(rules.TooMuchInBag):
            counted(courier, market, whole, seen=30_000, note="Ketemu", now=now)
    assert counted(courier, market, 1_030_000, seen=30_000, note="Ketemu", now=now).counted


def test_the_reason_of_an_order_is_kept_with_it(session: Session, now: datetime) -> None:
    market, courier = make_open_market(), make_person()
    numbers = fill_bag(courier, 10_000, 20_000, now=now)
    said = {numbers[0]: LineCount(Rupiah(9_000), "Kembalian kurang"), "B-LAIN": LineCount(ZERO)}
    count = Count(Rupiah(29_000), Rupiah(30_000), "", said)
    shift = shifts.count_shift(courier_id=courier.id, market_id=market.id, count=count, now=now)
    first, second = list_shift_lines(shift.id)
    assert (first.expected, first.counted, first.note) == (
        Rupiah(10_000),
        Rupiah(9_000),
        "Kembalian kurang",
    )
    assert (second.counted, second.note) == (Rupiah(20_000), "")


def test_a_bag_is_accepted_once_and_by_somebody_else(session: Session, now: datetime) -> None:
    market, courier = make_open_market(), make_person()
    officer = make_officer(market)
    fill_bag(courier, 50_000, now=now)
    shift = counted(courier, market, 50_000, seen=50_000, now=now)
    with pytest.raises(rules.ReceiverIsGiver):
        accept(shift, courier.id, now)
    accept(shift, officer.id, now)
    with pytest.raises(rules.ShiftAlreadyAccepted):
        accept(shift, officer.id, now)
    assert balance_of(f"cash:market:{market.id}") == Rupiah(50_000)
    action = select(AuditEntry).where(AuditEntry.action == "cash.shift_accepted")
    assert len(session.scalars(action).all()) == 1


def test_the_officer_sees_who_still_carries_cash(session: Session, now: datetime) -> None:
    market = make_open_market()
    carries, empty, waits = (make_person(name) for name in ("Adi", "Budi", "Cak"))
    for courier in (carries, empty, waits):
        give_role(courier, Role.COURIER, market_id=market.id)
    fill_bag(carries, 7_000, now=now)
    fill_bag(waits, 8_000, now=now)
    rows = list_uncounted(market_ids=[market.id], waiting=[waits.id])
    assert [(row.name, row.expected) for row in rows] == [("Adi", Rupiah(7_000))]
