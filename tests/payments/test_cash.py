"""Cash that stalls keep: what counts as debt, how it is paid back, when it pauses cash orders."""

from datetime import datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pol.kernel.audit import AuditEntry
from pol.kernel.errors import NotFound
from pol.kernel.money import ZERO, Rupiah
from pol.ledger import services as ledger
from pol.ledger.queries import check_ledger
from pol.payments.models import CashDeposit
from pol.payments.queries import cash as queries
from pol.payments.queries import deposits
from pol.payments.rules import cash as rules
from pol.payments.rules.cash import StallCash
from pol.payments.services import cash
from tests.factories.catalogue import make_stall
from tests.factories.orders import make_kept_stall, make_open_market
from tests.factories.traders import make_officer
from tests.orders.checks import balance_of
from tests.payments.counter import give_cash, handing, owe
from tests.rig.statements import counted


def stall_cash(held: int, payable: int = 0, ceiling: int = 100_000) -> StallCash:
    return StallCash(1, "Lapak", Rupiah(held), Rupiah(payable), Rupiah(ceiling))


@pytest.mark.parametrize(
    ("held", "payable", "counts", "is_paused"),
    [
        (0, 0, 0, False),
        (100_000, 0, 100_000, False),
        (100_001, 0, 100_001, True),
        (500_000, -400_000, 100_000, False),
        (500_000, -399_999, 100_001, True),
        (500_000, -600_000, 0, False),
        (50_000, 80_000, 50_000, False),
        (-10_000, 0, 0, False),
    ],
)
def test_only_cash_that_we_do_not_owe_counts(
    held: int, payable: int, counts: int, *, is_paused: bool
) -> None:
    stall = stall_cash(held, payable)
    assert (stall.counted, stall.is_paused) == (Rupiah(counts), is_paused)


def test_a_debt_is_paid_in_parts_and_never_more(session: Session, now: datetime) -> None:
    market = make_open_market()
    stall, _trader = make_kept_stall(market)
    officer = make_officer(market)
    owe(stall, 100_000, now=now)

    def pay(amount: int, seen: int) -> CashDeposit:
        return cash.receive_from_stall(
            stall=stall, handing=handing(amount, seen=seen), officer_id=officer.id, now=now
        )

    first = pay(60_000, 100_000)
    assert (first.amount, first.remaining) == (Rupiah(60_000), Rupiah(40_000))
    with pytest.raises(rules.MoreThanDebt, match=r"Rp40\.001 melebihi .* Rp40\.000"):
        pay(40_001, 40_000)
    with pytest.raises(rules.DebtChanged, match=r"Rp40\.000"):
        pay(40_000, 100_000)
    assert pay(40_000, 40_000).remaining == ZERO
    for amount in (0, -1):
        with pytest.raises(rules.AmountMissing):
            pay(amount, 0)
    assert balance_of(f"cash:stall:{stall.id}") == ZERO
    assert balance_of(f"cash:market:{market.id}") == Rupiah(100_000)
    assert check_ledger().is_sound


def test_the_same_press_again_is_the_same_deposit(session: Session, now: datetime) -> None:
    market = make_open_market()
    stall, other = make_stall(market), make_stall(market)
    officer = make_officer(market)
    owe(stall, 100_000, now=now)
    owe(other, 100_000, now=now)
    press = handing(30_000, seen=100_000, key="tombol-yang-sama-01")

    def receive(of: object = stall, **other_words: int) -> str:
        said = handing(other_words.get("amount", 30_000), seen=100_000, key=press.key)
        place = stall if of is stall else other
        return cash.receive_from_stall(
            stall=place, handing=said, officer_id=officer.id, now=now
        ).number

    assert receive() == receive()
    with pytest.raises(rules.FormAlreadyUsed, match=r"Rp30\.000"):
        receive(amount=31_000)
    with pytest.raises(rules.FormAlreadyUsed):
        receive(other)
    assert balance_of(f"cash:stall:{stall.id}") == Rupiah(70_000)
    assert session.scalar(select(func.count()).select_from(CashDeposit)) == 1


def test_nobody_takes_the_cash_of_the_own_stall(session: Session, now: datetime) -> None:
    stall, trader = make_kept_stall(make_open_market())
    owe(stall, 10_000, now=now)
    with pytest.raises(rules.ReceiverIsGiver):
        cash.receive_from_stall(
            stall=stall, handing=handing(10_000, seen=10_000), officer_id=trader.id, now=now
        )


def test_the_till_goes_to_the_bank_and_not_further(session: Session, now: datetime) -> None:
    market = make_open_market()
    officer = make_officer(market)
    give_cash(f"cash:market:{market.id}", 200_000, now=now)

    def bring(amount: int, key: str) -> str:
        return cash.bring_to_bank(
            market=market,
            key=key,
            amount=Rupiah(amount),
            reference=" BCA 17 ",
            officer_id=officer.id,
            now=now,
        ).number

    number = bring(150_000, "bank-yang-pertama")
    assert bring(150_000, "bank-yang-pertama") == number
    with pytest.raises(rules.FormAlreadyUsed):
        bring(1, "bank-yang-pertama")
    with pytest.raises(rules.MoreThanTill, match=r"Rp50\.000"):
        bring(50_001, "bank-yang-kedua")
    with pytest.raises(rules.AmountMissing):
        bring(0, "bank-yang-ketiga")
    (paper,) = deposits.list_bank_deposits(market_ids=[market.id])
    assert (paper.reference, paper.remaining) == ("BCA 17", Rupiah(50_000))
    assert balance_of(f"bank:market:{market.id}") == Rupiah(150_000)


def test_a_paper_is_found_by_its_people_only(session: Session, now: datetime) -> None:
    market = make_open_market()
    stall, _trader = make_kept_stall(market)
    officer = make_officer(market)
    owe(stall, 10_000, now=now)
    number = cash.receive_from_stall(
        stall=stall, handing=handing(10_000, seen=10_000), officer_id=officer.id, now=now
    ).number
    for markets, stalls in (([market.id], []), ([], [stall.id])):
        paper = deposits.get_deposit(number, market_ids=markets, stall_ids=stalls, courier_id=0)
        assert paper.giver == stall.name
    with pytest.raises(NotFound):
        deposits.get_deposit(number, market_ids=[0], stall_ids=[0], courier_id=officer.id)
    with pytest.raises(NotFound):
        deposits.get_bank_deposit(number, market_ids=[market.id])


def test_a_ceiling_is_changed_and_remembered(session: Session, now: datetime) -> None:
    market = make_open_market()
    officer = make_officer(market)
    cash.set_ceiling(market=market, ceiling=Rupiah(250_000), officer_id=officer.id, now=now)
    (till,) = queries.list_tills(market_ids=[market.id])
    assert till.ceiling == Rupiah(250_000)
    trace = session.scalars(select(AuditEntry)).one()
    assert (trace.action, trace.detail["after"]) == ("market.cash_ceiling", 250_000)


def test_a_whole_cart_costs_one_statement(session: Session, now: datetime) -> None:
    market = make_open_market()
    stalls = [make_stall(market, name=f"Lapak {letter}") for letter in "ABC"]
    ids = [stall.id for stall in stalls]
    with counted() as statements:
        cash.check_ceilings(ids)
        cash.check_ceilings([])
    assert len(statements) == 1
    market.stall_cash_ceiling = Rupiah(20_000)
    owe(stalls[0], 20_000, now=now)
    owe(stalls[1], 20_001, now=now)
    session.flush()
    with pytest.raises(rules.CashPaused, match=r"^Lapak B sementara"):
        cash.check_ceilings(ids)
    ledger.post(
        key="owed-to-the-stall",
        at=now,
        reference="x",
        memo="Barang diserahkan: x",
        lines=[
            ("held:orders", Rupiah(5_000)),
            (f"payable:stall:{stalls[1].id}", Rupiah(-5_000)),
        ],
    )
    assert [row.counted.amount for row in queries.find_stall_cash(ids)] == [20_000, 15_001]
    cash.check_ceilings(ids)


def test_debts_are_listed_the_largest_first(session: Session, now: datetime) -> None:
    market = make_open_market()
    small, large, none = (make_stall(market, name=name) for name in ("Kecil", "Besar", "Lunas"))
    owe(small, 1_000, now=now)
    owe(large, 9_000, now=now)
    owe(make_stall(), 99_000, now=now)
    assert [row.name for row in queries.list_debts(market_ids=[market.id])] == ["Besar", "Kecil"]
    assert queries.get_debt(stall_id=none.id).cash.debt == ZERO
    found = queries.get_debt_of_markets(slug=large.slug, market_ids=[market.id])
    assert found.cash.debt == Rupiah(9_000)
    with pytest.raises(NotFound):
        queries.get_debt_of_markets(slug=large.slug, market_ids=[0])
