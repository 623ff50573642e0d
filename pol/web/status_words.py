"""Every state of an order in one plain sentence, with what happens next and by when."""

from dataclasses import dataclass

from pol.ledger.rules import AccountKind
from pol.orders.queries.rows import GroupView, OrderView
from pol.orders.rules.life import ActorKind, group_status
from pol.orders.rules.life import OrderStatus as S
from pol.payments.rules import Method, PaymentStatus
from pol.web.filters import hari, jam, menit, saat
from pol.web.language import gettext as _
from pol.web.language import lazy_gettext as _l


@dataclass(frozen=True)
class Words:
    """What to say: now, next, and in which tone."""

    now: str
    next: str
    tone: str = "info"


LABELS = {
    S.WAITING_PAYMENT: (_l("Menunggu pembayaran"), "warn"),
    S.PLACED: (_l("Menunggu jawaban lapak"), "warn"),
    S.ACCEPTED: (_l("Disiapkan"), "info"),
    S.READY: (_l("Siap"), "info"),
    S.ON_THE_WAY: (_l("Diantar kurir"), "info"),
    S.DELIVERED: (_l("Sudah diserahkan"), "good"),
    S.DONE: (_l("Selesai"), "good"),
    S.REFUSED: (_l("Ditolak lapak"), "bad"),
    S.CANCELLED: (_l("Dibatalkan"), "bad"),
    S.EXPIRED: (_l("Batal otomatis"), "bad"),
    S.FAILED: (_l("Gagal diantar"), "bad"),
}


def label(status: S) -> str:
    """Return a status in two or three words."""
    return str(LABELS[status][0])


CAUSES = {str(status): words for status, (words, _tone) in LABELS.items()}


def cause(reason: str) -> str:
    """Return why money goes back: what somebody wrote, or the state that said nothing more."""
    return str(CAUSES.get(reason, reason))


def tone(status: S) -> str:
    """Return the tone of its badge."""
    return LABELS[status][1]


SENTENCES = {
    S.WAITING_PAYMENT: (
        _l("Menunggu pembayaran."),
        _l("Lapak mulai menyiapkan setelah uang diterima."),
    ),
    S.PLACED: (
        _l("Pesanan menunggu jawaban %(stall)s."),
        _l("Kalau tidak dijawab sampai %(due)s, pesanan batal sendiri tanpa biaya."),
    ),
    S.ACCEPTED: (
        _l("%(stall)s sedang menyiapkan pesanan."),
        _l("Bisa diambil %(day)s begitu siap; kami kabari."),
    ),
    S.READY: (_l("Pesanan siap."), _l("Kurir mengantar %(day)s, %(hours)s.")),
    S.ON_THE_WAY: (
        _l("Kurir sedang membawa pesanan Anda."),
        _l("Perkiraan sampai %(day)s, %(hours)s. Pastikan ada yang menerima."),
    ),
    S.DELIVERED: (
        _l("Pesanan sudah diserahkan."),
        _l("Tekan Sudah diterima. Tanpa kabar sampai %(due)s, pesanan selesai sendiri."),
    ),
    S.DONE: (_l("Pesanan selesai."), _l("Terima kasih sudah belanja di %(stall)s.")),
    S.REFUSED: (_l("%(stall)s menolak pesanan: %(reason)s"), _l("Pesanan ini tidak ditagih.")),
    S.CANCELLED: (
        _l("Pesanan dibatalkan."),
        _l("Stok sudah kembali ke lapak, tidak ada tagihan."),
    ),
    S.EXPIRED: (
        _l("Pesanan batal karena batas waktunya lewat."),
        _l("Tidak ada tagihan. Silakan pesan lagi."),
    ),
    S.FAILED: (
        _l("Pesanan tidak bisa diserahkan: %(reason)s"),
        _l("Barang kembali ke lapak. Hubungi lapak untuk mengatur ulang."),
    ),
}
"""What holds now and what follows, unless the way to the customer says more."""


def of_group(group: GroupView) -> Words:
    """Return what the customer must know of a whole group first."""
    status = group_status(order.status for order in group.orders)
    if status is S.WAITING_PAYMENT:
        return _waiting_for_money(group)
    first = next(order for order in group.orders if order.status is status)
    return of_order(first)


def _waiting_for_money(group: GroupView) -> Words:
    if group.payment_status is PaymentStatus.PROOF_SENT:
        return Words(
            _("Bukti pembayaran sudah kami terima."),
            _("Dicocokkan dulu dengan uang yang masuk, lalu lapak mulai menyiapkan."),
        )
    due = (
        f"{hari(group.payment_due_at)}, {jam(group.payment_due_at)}" if group.payment_due_at else ""
    )
    if group.method is Method.ONLINE:
        return Words(
            _("Menunggu pembayaran Anda."),
            _("Bayar sebelum %(due)s. Setelah itu barang dilepas.", due=due),
            "warn",
        )
    if group.method is Method.QRIS:
        return Words(
            _("Menunggu pembayaran QRIS Anda."),
            _(
                "Bayar lalu kirim foto buktinya sebelum %(due)s. Setelah itu barang dilepas.",
                due=due,
            ),
            "warn",
        )
    return Words(
        _("Menunggu transfer Anda."),
        _(
            "Transfer lalu kirim foto buktinya sebelum %(due)s. Setelah itu barang dilepas.",
            due=due,
        ),
        "warn",
    )


def of_order(order: OrderView) -> Words:
    """Return what the customer must know of one order."""
    hours = ""
    if order.starts_minute is not None and order.ends_minute is not None:
        hours = f"{menit(order.starts_minute)}–{menit(order.ends_minute)} WIB"
    facts = {
        "stall": order.stall_name,
        "market": order.market_name,
        "day": hari(order.on_day),
        "hours": hours,
        "due": saat(order.due_at) if order.due_at else "",
        "reason": order.reason or "",
    }
    now, follows = _sentences(order)
    return Words(now % facts, follows % facts, tone(order.status))


def _sentences(order: OrderView) -> tuple[str, str]:
    status, pickup = order.status, order.mode.is_pickup
    if status is S.READY and pickup:
        return _("Pesanan siap diambil."), _("Ambil di %(stall)s, %(market)s, %(day)s.")
    if status in (S.ACCEPTED, S.READY) and not pickup:
        return (
            _("%(stall)s sedang menyiapkan pesanan."),
            _("Kurir mengantar %(day)s, %(hours)s."),
        )
    now, follows = SENTENCES[status]
    return str(now), str(follows)


STEPS = (S.PLACED, S.ACCEPTED, S.READY, S.ON_THE_WAY, S.DELIVERED, S.DONE)
STEP_WORDS = {
    S.PLACED: _l("Dipesan"),
    S.ACCEPTED: _l("Diterima lapak"),
    S.READY: _l("Siap"),
    S.ON_THE_WAY: _l("Diantar kurir"),
    S.DELIVERED: _l("Diserahkan"),
    S.DONE: _l("Selesai"),
}


def steps_of(order: OrderView) -> tuple[list[tuple[str, str | None]], int]:
    """Return the steps of an order with the time of each past one, and which is current."""
    path = [s for s in STEPS if not (order.mode.is_pickup and s is S.ON_THE_WAY)]
    times = {event.to_status: jam(event.at) for event in order.events}
    reached = path.index(order.status) if order.status in path else -1
    current = len(path) if order.status is S.DONE else reached + (reached >= 0)
    return [(str(STEP_WORDS[s]), times.get(s)) for s in path], current


ACTORS = {
    ActorKind.CUSTOMER: _l("pembeli"),
    ActorKind.TRADER: _l("lapak"),
    ActorKind.COURIER: _l("kurir"),
    ActorKind.OFFICER: _l("petugas pasar"),
    ActorKind.SYSTEM: _l("sistem"),
}


def actor(kind: ActorKind) -> str:
    """Return who made a move, in a word."""
    return str(ACTORS[kind])


ACCOUNTS = {
    "bank": _l("rekening pasar"),
    "provider": _l("penyedia pembayaran"),
    "held": _l("titipan pembeli"),
    "refund": _l("harus dikembalikan"),
    "payable": _l("hak lapak"),
    "credit": _l("saldo belanja"),
    "shelf_due": _l("tagihan rak ke toko"),
    "shelf_payable": _l("hak produsen di rak"),
    "cash:courier": _l("tunai di kurir"),
    "cash:stall": _l("tunai di lapak"),
    "cash:market": _l("tunai di pos pasar"),
    "income:delivery": _l("ongkos antar"),
    "income:unique_code": _l("kode unik"),
    "income:commission": _l("komisi pasar"),
    "income:cash_overage": _l("kelebihan uang tunai"),
    "expense:cash_shortage": _l("kekurangan uang tunai"),
}


def account(code: str) -> str:
    """Return what a ledger account is, in words."""
    kind, _sep, rest = code.partition(":")
    return str(ACCOUNTS.get(kind) or ACCOUNTS.get(f"{kind}:{rest.partition(':')[0]}", code))


def account_class(code: str) -> str:
    """Return the part of a code that all accounts of its sort share: `payable:stall`."""
    head, _sep, owner = code.rpartition(":")
    return head if owner.isdecimal() else code


KINDS = {
    AccountKind.ASSET: _l("Harta"),
    AccountKind.LIABILITY: _l("Kewajiban"),
    AccountKind.INCOME: _l("Pendapatan"),
    AccountKind.EXPENSE: _l("Beban"),
}


def account_kind(kind: AccountKind) -> str:
    """Return a kind of account in a word."""
    return str(KINDS[kind])
