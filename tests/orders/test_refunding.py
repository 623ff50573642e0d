"""Refunds that are due: carried by a courier, or sent back another way; never twice."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.delivery.rules import NotACourier
from pol.identity.models import User
from pol.identity.rules import Role
from pol.kernel.audit import AuditEntry
from pol.kernel.db import db
from pol.kernel.money import ZERO, Rupiah
from pol.ledger.queries import check_ledger
from pol.notices.models import Notice
from pol.orders.models import OrderGroup
from pol.orders.queries.refunds import list_carried
from pol.orders.services import life, refunding
from pol.payments.models import RefundDue
from pol.payments.queries.cash import look_into_bag
from pol.payments.queries.refunds import lock_refund_of_courier, sum_turnable
from pol.payments.rules import (
    Channel,
    Method,
    ReasonNeeded,
    RefundAlreadyDone,
    RefundStatus,
    TillTooLow,
)
from pol.payments.rules import refunds as rules
from pol.payments.rules.provider import RefundWithProvider
from pol.payments.services import payments, shifts
from pol.stalls.models import Market
from tests.factories.catalogue import make_product
from tests.factories.orders import make_kept_stall, make_open_market, orders_of, pay, place
from tests.factories.people import give_role, make_person
from tests.factories.traders import make_officer
from tests.orders.checks import balance_of
from tests.payments.counter import counted, give_cash


@dataclass
class Scene:
    """A market that owes a customer Rp30.001 or so, with a courier and cash in the till."""

    market: Market
    officer: User
    courier: User
    group: OrderGroup
    refund: RefundDue

    @property
    def till(self) -> Rupiah:
        return balance_of(f"cash:market:{self.market.id}")

    @property
    def bag(self) -> Rupiah:
        return balance_of(f"cash:courier:{self.courier.id}")

    def hand_out(self, now: datetime, seen: int = 0, courier: User | None = None) -> None:
        refunding.hand_to_courier(
            refund=self.refund,
            courier_id=(courier or self.courier).id,
            seen=seen,
            officer_id=self.officer.id,
            now=now,
        )

    def pay_out(self, now: datetime, seen: int = 1, receiver: str = "Bu Rini") -> None:
        refunding.pay_by_courier(
            refund=self.refund,
            seen=seen,
            receiver=receiver,
            courier_id=self.courier.id,
            now=now,
        )

    def bring_back(self, now: datetime, seen: int = 1, reason: str = "Rumah kosong") -> None:
        refunding.bring_back(
            refund=self.refund, seen=seen, reason=reason, courier_id=self.courier.id, now=now
        )

    def change_way(self, channel: Channel, now: datetime, payee: str = "") -> None:
        refunding.change_way(
            refund=self.refund,
            channel=channel,
            payee=payee,
            officer_id=self.officer.id,
            now=now,
        )


TILL = Rupiah(100_000)


def make_scene(now: datetime, *, user: User | None = None) -> Scene:
    market = make_open_market()
    stall, trader = make_kept_stall(market)
    officer, courier = make_officer(market), make_person("Kurir Joko")
    give_role(courier, Role.COURIER, market_id=market.id)
    product = make_product(stall, price=30_000)
    group = place([(product, 1_000)], now=now, method=Method.TRANSFER, user=user)
    pay(group, officer=officer, now=now)
    life.refuse_order(order=orders_of(group)[0], trader_id=trader.id, reason="Habis", now=now)
    give_cash(f"cash:market:{market.id}", TILL.amount, now=now)
    due = db.session.scalars(select(RefundDue).where(RefundDue.group_id == group.id)).one()
    return Scene(market, officer, courier, group, due)


@pytest.fixture
def scene(session: Session, now: datetime) -> Scene:
    return make_scene(now)


def told(session: Session, phone: str) -> list[str]:
    notices = select(Notice.body).where(Notice.phone == phone).order_by(Notice.id)
    return list(session.scalars(notices))


def test_a_courier_carries_it_to_the_customer(
    session: Session, scene: Scene, now: datetime
) -> None:
    owed = scene.refund.amount
    scene.hand_out(now)
    assert (scene.till, scene.bag) == (TILL - owed, owed)
    assert balance_of("refund:due") == -owed
    assert look_into_bag(scene.courier.id).by_number == {scene.group.number: owed}
    (row,) = list_carried(scene.courier.id)
    assert (row.amount, row.customer, row.address) == (owed, "Rini (contoh)", "Jalan Veteran 5")
    assert told(session, scene.courier.phone)[-1].startswith(str(owed))
    scene.pay_out(now + timedelta(hours=1))
    assert (scene.till, scene.bag, balance_of("refund:due")) == (TILL - owed, ZERO, ZERO)
    assert (scene.refund.status, scene.refund.receiver) == (RefundStatus.DONE, "Bu Rini")
    assert scene.refund.done_by_id == scene.courier.id
    assert look_into_bag(scene.courier.id).lines == []
    assert "Diserahkan kurir Kurir Joko ke Bu Rini" in told(session, scene.group.phone)[-1]
    assert check_ledger().is_sound


def test_a_second_press_changes_nothing(session: Session, scene: Scene, now: datetime) -> None:
    scene.hand_out(now)
    with pytest.raises(rules.RefundCarried):
        scene.hand_out(now)
    scene.pay_out(now)
    with pytest.raises(RefundAlreadyDone):
        scene.pay_out(now)
    with pytest.raises(RefundAlreadyDone):
        scene.bring_back(now)
    with pytest.raises(RefundAlreadyDone):
        scene.hand_out(now, seen=1)
    assert (scene.till, scene.bag) == (TILL - scene.refund.amount, ZERO)


def test_what_nobody_took_is_on_the_list_and_its_cash_in_the_bag(
    session: Session, scene: Scene, now: datetime
) -> None:
    owed = scene.refund.amount
    scene.hand_out(now)
    scene.bring_back(now)
    assert (scene.refund.status, scene.refund.note) == (RefundStatus.DUE, "Rumah kosong")
    assert (scene.till, scene.bag) == (TILL - owed, owed)
    with pytest.raises(rules.RefundNotCarried):
        scene.bring_back(now)
    with pytest.raises(rules.RefundMoved):
        scene.hand_out(now)  # the page from before
    scene.hand_out(now, seen=1)
    assert (scene.till, scene.bag) == (TILL - owed - owed, owed + owed)
    with pytest.raises(rules.RefundNotCarried):
        scene.pay_out(now)  # of the first round
    scene.pay_out(now, seen=2)
    assert (scene.bag, balance_of("refund:due")) == (owed, ZERO)
    assert check_ledger().is_sound


def test_it_comes_back_with_the_bag(session: Session, scene: Scene, now: datetime) -> None:
    owed = scene.refund.amount
    scene.hand_out(now)
    shift = counted(scene.courier, scene.market, owed.amount, seen=owed.amount, now=now)
    shifts.accept_shift(shift=shift, seen=owed, forgive=False, officer_id=scene.officer.id, now=now)
    assert (scene.till, scene.bag) == (TILL, ZERO)
    assert not scene.refund.is_carried
    with pytest.raises(rules.RefundNotCarried):
        scene.pay_out(now)
    payments.finish_refund(
        refund=scene.refund, officer_id=scene.officer.id, note="Diambil sendiri", now=now
    )
    assert (scene.till, balance_of("refund:due")) == (TILL - owed, ZERO)


def test_the_officer_takes_it_from_the_courier_again(
    session: Session, scene: Scene, now: datetime
) -> None:
    scene.hand_out(now)
    for _ in range(2):
        try:
            refunding.take_back(refund=scene.refund, seen=1, officer_id=scene.officer.id, now=now)
        except rules.RefundNotCarried:
            continue
    assert (scene.till, scene.bag) == (TILL, ZERO)
    assert look_into_bag(scene.courier.id).lines == []
    assert list_carried(scene.courier.id) == []


def test_nobody_else_disposes_of_what_a_courier_carries(
    session: Session, scene: Scene, now: datetime
) -> None:
    scene.hand_out(now)
    with pytest.raises(rules.RefundCarried):
        payments.finish_refund(
            refund=scene.refund, officer_id=scene.officer.id, note="Tunai", now=now
        )
    with pytest.raises(rules.RefundCarried):
        scene.change_way(Channel.TRANSFER, now, "BCA 1")
    assert sum_turnable(scene.group.id) == ZERO
    assert lock_refund_of_courier(refund_id=scene.refund.id, courier_id=scene.courier.id)


def test_only_couriers_of_the_market_and_never_oneself(
    session: Session, scene: Scene, now: datetime
) -> None:
    with pytest.raises(NotACourier):
        scene.hand_out(now, courier=make_person())
    give_role(scene.officer, Role.COURIER, market_id=scene.market.id)
    with pytest.raises(rules.HandedToSelf):
        scene.hand_out(now, courier=scene.officer)
    assert (scene.till, scene.refund.rounds) == (TILL, 0)


def test_the_till_must_hold_it(session: Session, scene: Scene, now: datetime) -> None:
    scene.refund.amount = TILL + Rupiah(1)
    with pytest.raises(TillTooLow):
        scene.hand_out(now)
    assert scene.till == TILL
    session.rollback()


def test_a_name_or_a_reason_is_needed(session: Session, scene: Scene, now: datetime) -> None:
    scene.hand_out(now)
    with pytest.raises(rules.ReceiverMissing):
        scene.pay_out(now, receiver=" ")
    with pytest.raises(ReasonNeeded):
        scene.bring_back(now, reason=" ")
    assert scene.refund.is_carried


def test_another_account_is_noted_once(session: Session, scene: Scene, now: datetime) -> None:
    with pytest.raises(rules.PayeeMissing):
        scene.change_way(Channel.TRANSFER, now, " ")
    for _ in range(2):
        scene.change_way(Channel.TRANSFER, now, "BCA 123 a.n. Rini")
    assert (scene.refund.channel, scene.refund.payee) == (Channel.TRANSFER, "BCA 123 a.n. Rini")
    trail = select(AuditEntry.detail).where(AuditEntry.action == "refund.way_changed")
    (detail,) = session.scalars(trail)
    assert detail["payee"] == "BCA 123 a.n. Rini"
    assert "Ditransfer ke BCA 123 a.n. Rini." in told(session, scene.group.phone)[-1]


def test_cash_at_the_counter_comes_out_of_the_till(
    session: Session, scene: Scene, now: datetime
) -> None:
    scene.change_way(Channel.CASH, now)
    payments.finish_refund(refund=scene.refund, officer_id=scene.officer.id, note="Rini", now=now)
    assert scene.till == TILL - scene.refund.amount


def test_an_account_holder_has_it_as_store_credit(session: Session, now: datetime) -> None:
    customer = make_person("Pembeli")
    scene = make_scene(now, user=customer)
    scene.change_way(Channel.CREDIT, now)
    assert balance_of(f"credit:customer:{customer.id}") == -scene.refund.amount
    assert scene.refund.status is RefundStatus.DONE
    assert scene.refund.done_by_id == scene.officer.id
    with pytest.raises(RefundAlreadyDone):
        scene.change_way(Channel.CASH, now)
    assert check_ledger().is_sound


@pytest.mark.parametrize("channel", [Channel.CREDIT, Channel.PROVIDER])
def test_ways_that_a_guest_or_a_transfer_does_not_have(
    session: Session, scene: Scene, now: datetime, channel: Channel
) -> None:
    with pytest.raises(rules.WayClosed):
        scene.change_way(channel, now)
    assert balance_of("refund:due") == -scene.refund.amount


def test_what_the_provider_was_asked_for_stays_with_it(
    session: Session, scene: Scene, now: datetime
) -> None:
    scene.refund.channel = Channel.PROVIDER
    assert payments.ask_for_refund(refund=scene.refund, now=now)
    with pytest.raises(RefundWithProvider):
        scene.change_way(Channel.CASH, now)
    with pytest.raises(RefundWithProvider):
        scene.hand_out(now)
    payments.leave_refund(refund=scene.refund, reason="Tidak bisa", is_final=True, now=now)
    scene.change_way(Channel.CASH, now)
    assert not payments.ask_for_refund(refund=scene.refund, now=now)
