"""What people are told at each step of an order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from pol.identity.models import RoleGrant, User
from pol.identity.rules import Role
from pol.kernel.db import db, run
from pol.kernel.money import Rupiah
from pol.notices import services as notices
from pol.notices.services import Message
from pol.orders.models import Order, OrderGroup, Shipment
from pol.orders.rules.life import ActorKind
from pol.orders.rules.life import OrderStatus as S
from pol.stalls.models import StallMember
from pol.stalls.rules import Seat

TO_CUSTOMER = {
    S.PLACED: ("Pembayaran diterima", "Lapak segera menjawab pesanan {number}."),
    S.ACCEPTED: ("Pesanan diterima lapak", "Pesanan {number} sedang disiapkan."),
    S.READY: ("Pesanan siap", "Pesanan {number} sudah siap."),
    S.ON_THE_WAY: ("Pesanan dalam perjalanan", "Kurir membawa pesanan {number}."),
    S.DELIVERED: ("Pesanan sampai", "Pesanan {number} sudah diserahkan. Mohon konfirmasi."),
    S.REFUSED: ("Pesanan ditolak lapak", "Pesanan {number} ditolak: {reason}"),
    S.CANCELLED: ("Pesanan dibatalkan", "Pesanan {number} dibatalkan."),
    S.EXPIRED: ("Pesanan batal otomatis", "Batas waktu pesanan {number} sudah lewat."),
    S.FAILED: ("Pengantaran gagal", "Pesanan {number} tidak bisa diserahkan: {reason}"),
}
UNDONE = ("Lapak menarik jawabannya", "Pesanan {number} menunggu jawaban lapak lagi.")
TO_TRADER = {
    S.PLACED: ("Pesanan baru", "Pesanan {number} menunggu jawaban Anda."),
    S.CANCELLED: ("Pesanan dibatalkan pembeli", "Pesanan {number} batal, stok sudah kembali."),
    S.EXPIRED: ("Pesanan batal otomatis", "Pesanan {number} tidak terjawab tepat waktu."),
    S.DONE: ("Pesanan selesai", "Pembeli sudah menerima pesanan {number}."),
}


@dataclass(frozen=True)
class News:
    """What a stall needs to know of an order."""

    id: int
    number: str
    stall_id: int
    status: S


@dataclass(frozen=True)
class Customer:
    """Whom to tell about a group, with or without an account."""

    number: str
    phone: str
    user_id: int | None


@dataclass(frozen=True)
class Owner:
    """Who answers for a stall."""

    stall_id: int
    user_id: int
    phone: str


def placed(*, customer: Customer, charged: Rupiah, orders: Sequence[News], now: datetime) -> None:
    """Tell the customer what was ordered and, unless money comes first, each trader."""
    receipt = Message(
        key=f"group:{customer.number}:placed",
        phone=customer.phone,
        user_id=customer.user_id,
        title="Belanjaan sudah dicatat",
        body=f"Belanjaan {customer.number}: {len(orders)} lapak, {charged}.",
        link=f"/belanjaan/{customer.number}",
    )
    waiting = [order for order in orders if order.status is S.PLACED]
    notices.send_all([receipt, *_to_traders(waiting, reason=None, now=now)], now=now)


def moved(
    *, order: Order, group: OrderGroup, by: ActorKind, reason: str | None, now: datetime
) -> None:
    """Tell whoever waits for this move."""
    text = UNDONE if by is ActorKind.TRADER and order.status is S.PLACED else None
    text = text or TO_CUSTOMER.get(order.status)
    if text:
        notices.send(
            key=f"order:{order.id}:{order.status}:{now.timestamp():.0f}:customer",
            phone=group.phone,
            user_id=group.user_id,
            title=text[0],
            body=text[1].format(number=order.number, reason=reason or ""),
            link=f"/belanjaan/{group.number}",
            now=now,
        )
    if by is not ActorKind.TRADER:
        notices.send_all(_to_traders([_news(order)], reason=reason, now=now), now=now)


def changed(*, order: Order, group: OrderGroup, what: str, now: datetime) -> None:
    """Tell the customer that an order is not quite as it was ordered."""
    _tell_customer(order, group, "Pesanan disesuaikan", what, "changed", now)


def asked(*, order: Order, group: OrderGroup, what: str, now: datetime) -> None:
    """Ask the customer to say yes or no."""
    _tell_customer(order, group, "Lapak bertanya, jawab dalam 30 menit", what, "asked", now)


def answered(*, order: Order, what: str, now: datetime) -> None:
    """Tell the stall what became of its question."""
    text = ("Jawaban pembeli", "Pesanan {number}: {reason}.")
    _tell_owners(order, text, what=f"answered:{now.timestamp():.6f}", reason=what, now=now)


def problem(*, order: Order, now: datetime) -> None:
    """Tell the stall that a customer is not content."""
    text = ("Pembeli melaporkan masalah", "Lihat pesanan {number} dan jawab pembelinya.")
    _tell_owners(order, text, what=f"problem:{now.timestamp():.6f}", reason=None, now=now)


def refunded(*, order: Order, group: OrderGroup, what: str, now: datetime) -> None:
    """Tell both sides that money of an order goes back."""
    _tell_both(order, group, "Uang pembeli dikembalikan", what, now)


def undone(*, group: OrderGroup, officer_id: int, reason: str, now: datetime) -> None:
    """Tell the officers of the group's markets what a colleague undid."""
    officers = (
        select(User.id, User.phone)
        .join(RoleGrant, RoleGrant.user_id == User.id)
        .join(Shipment, Shipment.market_id == RoleGrant.market_id)
        .where(
            Shipment.group_id == group.id,
            RoleGrant.role == Role.MARKET_OFFICER,
            RoleGrant.revoked_at.is_(None),
            User.id != officer_id,
        )
        .distinct()
        .order_by(User.id)
    )
    for user_id, phone in db.session.execute(officers):
        notices.send(
            key=f"group:{group.id}:undone:{now.timestamp():.6f}:{user_id}",
            phone=phone,
            user_id=user_id,
            title="Belanjaan dibatalkan petugas lain",
            body=f"Belanjaan {group.number}, yang ada pesanannya di pasar Anda: {reason}",
            link=f"/petugas/belanjaan/{group.number}",
            now=now,
        )


def decided(*, order: Order, group: OrderGroup, what: str, now: datetime) -> None:
    """Tell both sides how a problem ended, when no money moves."""
    _tell_both(order, group, "Komplain selesai", what, now)


def problem_answered(*, order: Order, group: OrderGroup, what: str, now: datetime) -> None:
    """Tell the customer what the stall says to the problem."""
    _tell_customer(order, group, "Lapak menjawab komplain", what, "problem-answered", now)


def _tell_both(order: Order, group: OrderGroup, title: str, what: str, now: datetime) -> None:
    key = f"{title}:{now.timestamp():.6f}"
    _tell_customer(order, group, title, what, title, now)
    text = (title, "Pesanan {number}: {reason}")
    _tell_owners(order, text, what=key, reason=what, now=now)


def _tell_customer(
    order: Order, group: OrderGroup, title: str, what: str, kind: str, now: datetime
) -> None:
    notices.send(
        key=f"order:{order.id}:{kind}:{now.timestamp():.6f}:customer",
        phone=group.phone,
        user_id=group.user_id,
        title=title,
        body=f"Pesanan {order.number}: {what}",
        link=f"/belanjaan/{group.number}",
        now=now,
    )


def _news(order: Order) -> News:
    return News(order.id, order.number, order.stall_id, order.status)


def _to_traders(orders: Sequence[News], *, reason: str | None, now: datetime) -> list[Message]:
    told = [order for order in orders if order.status in TO_TRADER]
    owners = _owners([order.stall_id for order in told]) if told else []
    return [
        _message(
            order,
            owner,
            TO_TRADER[order.status],
            what=f"{order.status}:{now.timestamp():.0f}",
            reason=reason,
        )
        for order in told
        for owner in owners
        if owner.stall_id == order.stall_id
    ]


_OWNERS = (
    select(StallMember.stall_id, User.id, User.phone)
    .join(User, User.id == StallMember.user_id)
    .where(
        StallMember.stall_id.in_(bindparam("stall_ids", expanding=True)),
        StallMember.seat == Seat.OWNER,
    )
    .order_by(StallMember.stall_id, User.id)
)


def _owners(stall_ids: Sequence[int]) -> list[Owner]:
    return [Owner(*row) for row in run(_OWNERS, {"stall_ids": list(stall_ids)})]


def _tell_owners(
    order: Order, text: tuple[str, str], *, what: str, reason: str | None, now: datetime
) -> None:
    news, owners = _news(order), _owners([order.stall_id])
    told = [_message(news, owner, text, what=what, reason=reason) for owner in owners]
    notices.send_all(told, now=now)


def _message(
    order: News, owner: Owner, text: tuple[str, str], *, what: str, reason: str | None
) -> Message:
    return Message(
        key=f"order:{order.id}:{what}:trader:{owner.user_id}",
        phone=owner.phone,
        user_id=owner.user_id,
        title=text[0],
        body=text[1].format(number=order.number, reason=reason or ""),
        link=f"/pedagang/pesanan/{order.number}",
    )
