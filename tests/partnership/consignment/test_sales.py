"""Sales over the counter: first expired first, frozen money, nothing below zero."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.kernel.errors import Refused
from pol.kernel.money import Rupiah
from pol.partnership.agreements.rules import AgreementStatus
from pol.partnership.consignment.models import SaleLine, StockEvent
from pol.partnership.consignment.rules import StockEventKind
from pol.partnership.consignment.rules.sale import (
    NoAgreementThen,
    NotEnoughOnShelf,
    NothingSold,
    OnlyExpired,
    OtherPrice,
    PeriodClosed,
    SoldTomorrow,
    TakenBack,
    TooManySold,
)
from pol.partnership.consignment.rules.stock import NotThatMany
from pol.partnership.consignment.services.sales import SheetRefused, sell_sheet, take_back
from pol.partnership.consignment.services.stock import Move, hold_store, move
from pol.partnership.slots.rules import CoopForm
from tests.factories.partnership import (
    make_agreement,
    make_application,
    make_batch,
    make_partnership,
    make_placement,
    make_sheet,
)
from tests.partnership.consignment.stage import NOON, TODAY, close_until, left, sell_some


def test_a_sale_freezes_whose_it_is_and_what_it_comes_to(session: Session) -> None:
    p = make_partnership()
    (line,) = sell_some(p, 3)
    assert (line.stall_id, line.agreement_id, line.store_id) == (
        *(p.stall.id, p.agreement.id),
        p.store.id,
    )
    assert (line.price, line.margin_bp) == (Rupiah(15_000), 1_500)
    assert (line.gross, line.margin, line.payable) == (
        *(Rupiah(45_000), Rupiah(6_750)),
        Rupiah(38_250),
    )
    assert left(p.batch) == 21


def test_what_expires_first_is_sold_first_over_several_batches(session: Session) -> None:
    p = make_partnership(quantity=5)
    early = make_batch(p.placement, quantity=4, expires_on=date(2026, 6, 1))
    never = make_batch(p.placement, quantity=4, expires_on=None)
    lines = sell_some(p, 10)
    assert [(line.batch_id, line.quantity) for line in lines] == [
        *((early.id, 4), (p.batch.id, 5)),
        (never.id, 1),
    ]


def test_expired_goods_are_passed_over_and_never_sold(session: Session) -> None:
    p = make_partnership(quantity=5)
    stale = make_batch(p.placement, quantity=4, expires_on=TODAY - timedelta(days=1))
    with pytest.raises(OnlyExpired):
        sell_some(p, 6)
    (line,) = sell_some(p, 5)
    assert (line.batch_id, left(stale)) == (p.batch.id, 4)


def test_the_last_day_is_still_a_day_to_sell(session: Session) -> None:
    p = make_partnership(quantity=5)
    make_batch(p.placement, quantity=4, expires_on=TODAY)
    assert sum(line.quantity for line in sell_some(p, 9)) == 9


def test_a_sale_key_counts_once(session: Session) -> None:
    p = make_partnership()
    make_batch(p.placement, quantity=5, expires_on=date(2026, 6, 1))
    first = sell_some(p, 8, key="sekali")
    again = sell_some(p, 8, key="sekali")
    assert [line.id for line in again] == [line.id for line in first]
    assert left(p.batch) == 21


@pytest.mark.parametrize(
    ("quantity", "day", "refusal"),
    [
        (0, TODAY, NothingSold),
        (-2, TODAY, NothingSold),
        (100_001, TODAY, TooManySold),
        (25, TODAY, NotEnoughOnShelf),
        (1, TODAY + timedelta(days=1), SoldTomorrow),
        (1, date(2025, 12, 31), NoAgreementThen),
        (1, date(2026, 1, 9), NotEnoughOnShelf),
    ],
    ids=["zero", "negative", "huge", "too many", "tomorrow", "before the agreement", "not there"],
)
def test_what_cannot_have_been_sold_is_refused(
    session: Session, quantity: int, day: date, refusal: type[Refused]
) -> None:
    p = make_partnership()
    with pytest.raises(refusal):
        sell_some(p, quantity, day=day)
    assert (left(p.batch), session.scalars(select(SaleLine)).all()) == (24, [])


def test_a_till_does_not_change_the_agreed_price(session: Session) -> None:
    p = make_partnership()
    with pytest.raises(OtherPrice, match=r"Rp14\.000"):
        sell_some(p, 1, price=Rupiah(14_000))
    assert sell_some(p, 1, price=Rupiah(15_000))[0].price == Rupiah(15_000)


def test_nothing_is_sold_into_a_closed_period(session: Session) -> None:
    p = make_partnership()
    close_until(p.retailer, TODAY)
    with pytest.raises(PeriodClosed, match="02-03-2026"):
        sell_some(p, 1, day=TODAY - timedelta(days=1))
    assert sell_some(p, 1, day=TODAY)[0].day == TODAY


def test_a_terminated_agreement_holds_until_its_last_day(session: Session) -> None:
    p = make_partnership()
    p.agreement.status, p.agreement.ended_at = AgreementStatus.TERMINATED, NOON
    assert sell_some(p, 1, day=TODAY - timedelta(days=1))
    with pytest.raises(NoAgreementThen):
        sell_some(p, 1, day=TODAY)


def test_goods_bought_outright_owe_their_producer_nothing_more(session: Session) -> None:
    p = make_partnership()
    sheet = make_sheet(p.stall)
    other = make_application(p.call, sheet, stores=[p.store])
    bought = make_agreement(other, p.call, form=CoopForm.OUTRIGHT)
    place = make_placement(other, p.shelf, agreement=bought, x_mm=300)
    make_batch(place)
    (line,) = sell_some(replace(p, sheet=sheet), 2)
    assert (line.gross, line.margin, line.payable) == (
        *(Rupiah(30_000), Rupiah(30_000)),
        Rupiah(0),
    )


def test_a_sale_is_taken_back_whole_and_once(session: Session) -> None:
    p = make_partnership()
    (line,) = sell_some(p, 3, day=TODAY - timedelta(days=4))
    close_until(p.retailer, TODAY)
    back = take_back(line=line, reason="Salah pindai", actor_id=p.owner.id, now=NOON)
    assert (back.quantity, back.payable, back.day) == (-3, -line.payable, TODAY)
    assert left(p.batch) == 24
    for again in (line, back):
        with pytest.raises(TakenBack):
            take_back(line=again, reason="Lagi", actor_id=p.owner.id, now=NOON)


def test_a_days_sheet_is_written_whole_or_not_at_all(session: Session) -> None:
    p = make_partnership()
    other = make_application(p.call, make_sheet(p.stall, name="Sambal"), stores=[p.store])
    place = make_placement(other, p.shelf, agreement=make_agreement(other, p.call), x_mm=300)
    make_batch(place, quantity=2)
    values = {"store_id": p.store.id, "day": TODAY, "key": "lembar", "actor_id": 1, "now": NOON}
    with pytest.raises(SheetRefused) as refused:
        sell_sheet(pieces={p.sheet.id: 4, other.sheet_id: 3}, **values)  # type: ignore[arg-type]
    assert [type(each) for each in refused.value.by_sheet.values()] == [NotEnoughOnShelf]
    assert left(p.batch) == 24
    values["actor_id"] = p.owner.id
    good = {p.sheet.id: 4, other.sheet_id: 2}
    assert sell_sheet(pieces=good, **values) == 2  # type: ignore[arg-type]
    assert sell_sheet(pieces=good, **values) == 0  # type: ignore[arg-type]
    assert left(p.batch) == 20
    with pytest.raises(NothingSold):
        sell_sheet(pieces={p.sheet.id: 0}, **{**values, "key": "kosong"})  # type: ignore[arg-type]


def test_a_correction_never_takes_what_is_not_there(session: Session) -> None:
    p = make_partnership(quantity=4)
    sell_some(p, 3)
    held = hold_store(p.store.id)
    with pytest.raises(NotThatMany):
        move(p.batch, Move(StockEventKind.LOST, 2, "hilang"), held=held, actor_id=None, now=NOON)
    assert len(session.scalars(select(StockEvent)).all()) == 2
