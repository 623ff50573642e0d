"""How a refund that is due goes back: another way, with a courier, and what each is told."""

from datetime import datetime

from pol.delivery.queries import list_couriers
from pol.delivery.rules import NotACourier
from pol.identity.models import User
from pol.kernel import audit
from pol.kernel.db import db
from pol.notices.services import send
from pol.orders.models import OrderGroup
from pol.payments.models import RefundDue
from pol.payments.queries.attempts import is_paid_online
from pol.payments.rules import Channel
from pol.payments.rules import refunds as rules
from pol.payments.services import carrying, credit

WORDS = {
    Channel.CASH: "Ambil uangnya di pos pasar, bawa nomor belanjaan ini.",
    Channel.TRANSFER: "Ditransfer ke {payee}.",
    Channel.CREDIT: "Sudah ada di saldo belanja Anda.",
    Channel.PROVIDER: "Kembali lewat penyedia pembayaran yang Anda pakai.",
}


def change_way(
    *,
    refund: RefundDue,
    channel: Channel,
    payee: str,
    officer_id: int,
    now: datetime,
) -> None:
    """Let a refund go back another way; what is chosen twice changes nothing.

    :raises RefundAlreadyDone, RefundCarried, RefundWithProvider: see `check_movable`
    :raises PayeeMissing: a transfer needs an account
    :raises WayClosed: a guest has no store credit, or no provider was paid
    """
    rules.check_movable(
        status=refund.status, is_carried=refund.is_carried, is_asked=refund.asked_at is not None
    )
    group = db.session.get_one(OrderGroup, refund.group_id)
    whom = payee.strip() if channel is Channel.TRANSFER else None
    if channel is Channel.TRANSFER and not whom:
        raise rules.PayeeMissing
    if (channel, whom) == (refund.channel, refund.payee):
        return
    before, refund.payee = refund.channel, whom
    if channel is Channel.CREDIT:
        _credit(refund, group, officer_id, now)
    elif channel is Channel.PROVIDER and not is_paid_online(group.id):
        raise rules.WayClosed
    refund.channel = channel
    audit.record(
        action="refund.way_changed",
        subject=f"refund:{refund.id}",
        actor_id=officer_id,
        now=now,
        before=before.value,
        after=channel.value,
        payee=whom or "",
    )
    _tell(refund, group, WORDS[channel].format(payee=whom), now)


def _credit(refund: RefundDue, group: OrderGroup, officer_id: int, now: datetime) -> None:
    if group.user_id is None:
        raise rules.WayClosed
    credit.turn_into_credit(refund=refund, user_id=group.user_id, officer_id=officer_id, now=now)


def hand_to_courier(
    *, refund: RefundDue, courier_id: int, seen: int, officer_id: int, now: datetime
) -> None:
    """Give the cash to a courier of the market that owes it.

    :raises NotACourier: that person does not drive for this market
    :raises RefundMoved, HandedToSelf, TillTooLow: see `carrying.hand_out`
    """
    couriers = {row.user_id: row for row in list_couriers(market_ids=[refund.market_id])}
    if courier_id not in couriers:
        raise NotACourier
    group = db.session.get_one(OrderGroup, refund.group_id)
    carrying.hand_out(
        refund=refund,
        number=group.number,
        courier_id=courier_id,
        seen=seen,
        officer_id=officer_id,
        now=now,
    )
    courier = couriers[courier_id]
    _tell(refund, group, f"Kurir {courier.name} membawanya ke alamat Anda.", now)
    send(
        key=f"refund:{refund.id}:courier:{refund.rounds}",
        phone=courier.phone,
        user_id=courier.user_id,
        title="Uang untuk dikembalikan ke pembeli",
        body=f"{refund.amount} untuk {group.name}, belanjaan {group.number}.",
        link="/kurir/pengembalian",
        now=now,
    )


def pay_by_courier(
    *, refund: RefundDue, seen: int, receiver: str, courier_id: int, now: datetime
) -> None:
    """Note at the door who took the money.

    :raises RefundAlreadyDone, RefundNotCarried, ReceiverMissing: see `carrying.pay_out`
    """
    group = db.session.get_one(OrderGroup, refund.group_id)
    carrying.pay_out(
        refund=refund,
        number=group.number,
        seen=seen,
        receiver=receiver,
        courier_id=courier_id,
        now=now,
    )
    courier = db.session.get_one(User, courier_id)
    _tell(refund, group, f"Diserahkan kurir {courier.name} ke {refund.receiver}.", now)


def bring_back(
    *, refund: RefundDue, seen: int, reason: str, courier_id: int, now: datetime
) -> None:
    """Note at the door that nobody took the money.

    :raises RefundAlreadyDone, RefundNotCarried, ReasonNeeded: see `carrying.bring_back`
    """
    carrying.bring_back(refund=refund, seen=seen, reason=reason, courier_id=courier_id, now=now)
    group = db.session.get_one(OrderGroup, refund.group_id)
    _tell(refund, group, f"Kurir belum bisa menyerahkannya: {refund.note}.", now)


def take_back(*, refund: RefundDue, seen: int, officer_id: int, now: datetime) -> None:
    """Take the cash from the courier into the till again.

    :raises RefundAlreadyDone, RefundNotCarried: see `carrying.take_back`
    """
    group = db.session.get_one(OrderGroup, refund.group_id)
    carrying.take_back(
        refund=refund, number=group.number, seen=seen, officer_id=officer_id, now=now
    )


def _tell(refund: RefundDue, group: OrderGroup, what: str, now: datetime) -> None:
    send(
        key=f"refund:{refund.id}:{now.timestamp():.6f}",
        phone=group.phone,
        user_id=group.user_id,
        title="Uang Anda kembali",
        body=f"{refund.amount} dari belanjaan {group.number}. {what}",
        link=f"/belanjaan/{group.number}",
        now=now,
    )
