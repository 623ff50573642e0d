"""What people are told at each step of an order."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from pol.identity.models import User
from pol.kernel.db import db
from pol.notices import services as notices
from pol.orders.models import Order, OrderGroup
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
TO_TRADER = {
    S.PLACED: ("Pesanan baru", "Pesanan {number} menunggu jawaban Anda."),
    S.CANCELLED: ("Pesanan dibatalkan pembeli", "Pesanan {number} batal, stok sudah kembali."),
    S.EXPIRED: ("Pesanan batal otomatis", "Pesanan {number} tidak terjawab tepat waktu."),
    S.DONE: ("Pesanan selesai", "Pembeli sudah menerima pesanan {number}."),
}


def placed(*, group: OrderGroup, orders: Sequence[Order], now: datetime) -> None:
    """Tell the customer what was ordered and, unless money comes first, each trader."""
    notices.send(
        key=f"group:{group.id}:placed",
        phone=group.phone,
        user_id=group.user_id,
        title="Belanjaan sudah dicatat",
        body=f"Belanjaan {group.number}: {len(orders)} lapak, {group.charged}.",
        link=f"/belanjaan/{group.number}",
        now=now,
    )
    for order in orders:
        if order.status is S.PLACED:
            _tell_traders(order, reason=None, now=now)


def moved(*, order: Order, group: OrderGroup, reason: str | None, now: datetime) -> None:
    """Tell whoever waits for this move."""
    text = TO_CUSTOMER.get(order.status)
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
    _tell_traders(order, reason=reason, now=now)


def changed(*, order: Order, group: OrderGroup, what: str, now: datetime) -> None:
    """Tell the customer that an order is not quite as it was ordered."""
    notices.send(
        key=f"order:{order.id}:changed:{now.timestamp():.6f}",
        phone=group.phone,
        user_id=group.user_id,
        title="Pesanan disesuaikan",
        body=f"Pesanan {order.number}: {what}",
        link=f"/belanjaan/{group.number}",
        now=now,
    )


def problem(*, order: Order, now: datetime) -> None:
    """Tell the stall that a customer is not content."""
    text = ("Pembeli melaporkan masalah", "Lihat pesanan {number} dan jawab pembelinya.")
    _send_to_owners(order, text, key=f"problem:{now.timestamp():.6f}", reason=None, now=now)


def _tell_traders(order: Order, *, reason: str | None, now: datetime) -> None:
    text = TO_TRADER.get(order.status)
    if text is not None:
        key = f"{order.status}:{now.timestamp():.0f}"
        _send_to_owners(order, text, key=key, reason=reason, now=now)


def _send_to_owners(
    order: Order, text: tuple[str, str], *, key: str, reason: str | None, now: datetime
) -> None:
    owners = db.session.execute(
        select(User.id, User.phone)
        .join(StallMember, StallMember.user_id == User.id)
        .where(StallMember.stall_id == order.stall_id, StallMember.seat == Seat.OWNER)
    )
    for user_id, phone in owners:
        notices.send(
            key=f"order:{order.id}:{key}:trader:{user_id}",
            phone=phone,
            user_id=user_id,
            title=text[0],
            body=text[1].format(number=order.number, reason=reason or ""),
            link=f"/pedagang/pesanan/{order.number}",
            now=now,
        )
