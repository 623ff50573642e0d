"""What may happen to a bill: approval, payment, dispute."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pol.kernel.errors import Refused
from pol.kernel.money import ZERO, Rupiah, total
from pol.partnership.settlement.rules import BillStatus, DisputeStatus
from pol.partnership.settlement.rules.periods import Span
from pol.partnership.slots.rules import CoopForm

WHY_NOTHING = "Tidak ada yang terjual dari %(first)s sampai %(last)s, jadi tidak ada yang dibayar."
WHY_NOT_BOUGHT = (
    "Tidak ada barang yang dibeli toko dari %(first)s sampai %(last)s, jadi tidak ada yang dibayar."
)
WHY_EVEN = "Hasil dan potongannya sama besar, jadi tidak ada yang dibayar."
WHEN_NEXT = (
    "Periode berikutnya sampai %(last)s ditutup paling lambat %(closes)s. Uang dari situ jatuh "
    "tempo paling lambat %(due)s."
)
WHEN_NEVER = "Sesudah itu tidak ada perjanjian yang berlaku, jadi tidak ada periode berikutnya."
WHY_OWED = (
    "Biaya dan potongannya lebih besar daripada hasilnya. Produsen membayar %(rest)s ke toko "
    "paling lambat %(day)s; yang belum dibayar dikurangkan dari tagihan berikutnya."
)

WHY_RULED = "Keputusan sengketa %s membatalkan seluruh tagihan ini, jadi tidak ada yang dibayar."

RULING_OF = "Keputusan sengketa %s"
REST_OF_RULING = "Sisa keputusan sengketa %s"
REST = ":rest"


class NotApprovable(Refused):
    message = "Tagihan ini sudah disetujui atau tidak ada yang harus dibayar."


class ApproveFirst(Refused):
    message = "Tagihan ini belum disetujui. Setujui dulu, lalu catat pembayarannya."


class NothingOpen(Refused):
    message = "Tidak ada lagi yang harus dibayar untuk tagihan ini."


class PaymentMissing(Refused):
    message = "Jumlahnya harus lebih dari Rp0. Tulis berapa yang dikirim."


class PaymentTooHigh(Refused):
    message = (
        "Pembayaran %(amount)s melebihi yang harus dibayar sekarang, %(open)s. "
        "Tulis paling banyak sebesar itu."
    )


class PaidInFuture(Refused):
    message = "Tanggal bayar ini belum terjadi. Tulis hari uangnya benar-benar dikirim."


class PaidBeforeBill(Refused):
    message = "Tanggal bayar ini sebelum periode tagihan berakhir. Periksa tanggalnya."


class CarriedOn(Refused):
    message = (
        "Kekurangan tagihan ini sudah masuk ke tagihan berikutnya. Catat pembayarannya di sana."
    )


class PaymentDecided(Refused):
    message = "Pembayaran ini sudah dijawab. Tidak ada yang berubah."


class NoLineChosen(Refused):
    message = "Pilih paling sedikit satu baris yang tidak cocok."


class LineInDispute(Refused):
    message = "Salah satu baris sudah disengketakan. Lihat sengketanya di bawah."


class LinePaid(Refused):
    message = (
        "Dari tagihan ini tidak ada lagi yang bisa ditahan: semuanya sudah dibayar atau sudah "
        "disengketakan. Bicarakan baris ini dengan Dinas."
    )


class DisputeOver(Refused):
    message = "Sengketa ini sudah selesai."


class AwardOutOfRange(Refused):
    message = "Keputusan harus antara %(least)s dan %(most)s, yaitu nilai baris yang disengketakan."


def why_nothing(*, has_lines: bool, forms: Collection[CoopForm], first: date, last: date) -> str:
    """Return why a bill comes to nothing, in words that fit its agreements."""
    if has_lines:
        return WHY_EVEN
    bought = set(forms) == {CoopForm.OUTRIGHT}
    days = {"first": f"{first:%d-%m-%Y}", "last": f"{last:%d-%m-%Y}"}
    return (WHY_NOT_BOUGHT if bought else WHY_NOTHING) % days


def when_next(upcoming: Span, *, closed_on: date, payment_days: Collection[int]) -> str:
    """Return when there will be money again, given the payment days of what holds then.

    A period that is closed late is followed at once by the next one that is over.
    """
    if not payment_days:
        return WHEN_NEVER
    closes = max(upcoming.closed_by, closed_on)
    due = closes + timedelta(days=max(payment_days))
    days = {"last": upcoming.last_on, "closes": closes, "due": due}
    return WHEN_NEXT % {name: f"{day:%d-%m-%Y}" for name, day in days.items()}


def why_owed(*, rest: Rupiah, due: date) -> str:
    """Return why a bill is below zero, and who pays that until when."""
    return WHY_OWED % {"rest": rest, "day": f"{due:%d-%m-%Y}"}


@dataclass(frozen=True)
class Standing:
    """A bill's money."""

    payable: Rupiah
    held: Rupiah
    paid: Rupiah

    @property
    def open(self) -> Rupiah:
        """Return what is to be paid now: without what is in dispute."""
        return max(self.payable - self.held - self.paid, ZERO)

    @property
    def owed_back(self) -> Rupiah:
        """Return what the producer has to pay: a bill below zero, without what was paid of it."""
        return max(-self.payable - self.paid, ZERO)


def status_after(standing: Standing, *, approved: bool) -> BillStatus:
    """Return what a bill is called once its money stands like this."""
    if standing.payable <= ZERO:
        return BillStatus.NOTHING_DUE
    if standing.paid >= standing.payable:
        return BillStatus.PAID
    if standing.paid:
        return BillStatus.IN_PART
    return BillStatus.APPROVED if approved else BillStatus.BILLED


def check_payment(
    standing: Standing, *, amount: Rupiah, paid_on: date, ended_on: date, today: date
) -> None:
    """Require that a payment is one, and not more than its side has to pay.

    :raises PaymentMissing, NothingOpen, PaymentTooHigh: its amount
    :raises PaidInFuture, PaidBeforeBill: its day; `ended_on` is the first day after the period
    """
    if amount <= ZERO:
        raise PaymentMissing
    due = standing.open or standing.owed_back
    if not due:
        raise NothingOpen
    if amount > due:
        raise PaymentTooHigh(amount=amount, open=due)
    if paid_on > today:
        raise PaidInFuture
    if paid_on < ended_on:
        raise PaidBeforeBill


def held_by(amounts: Sequence[Rupiah]) -> Rupiah:
    """Return what disputed lines add; what they take off is taken off."""
    return total(amount for amount in amounts if amount > ZERO)


def hold(amounts: Sequence[Rupiah], standing: Standing) -> Rupiah:
    """Return what a dispute about lines holds back: what they add, as far as it is still to pay.

    :raises LinePaid: nothing of it is
    """
    wanted = held_by(amounts)
    if wanted and not standing.open:
        raise LinePaid
    return min(wanted, standing.open)


def due_after_ruling(due_on: date, *, held_from: date, ruled_on: date, rest: Rupiah) -> date:
    """Return when a bill is due once a dispute about it is settled: its days stood still.

    A retailer that owes the undisputed rest has the old day for all.
    """
    return due_on if rest else due_on + (ruled_on - held_from)


def check_award(amounts: Sequence[Rupiah], awarded: Rupiah) -> None:
    """Require that a ruling gives no more than all that was added, and no less than all taken off.

    :raises AwardOutOfRange: otherwise
    """
    least, most = -held_by([-amount for amount in amounts]), held_by(amounts)
    if not least <= awarded <= most:
        raise AwardOutOfRange(least=least, most=most)


def check_open_dispute(status: DisputeStatus) -> None:
    """Require that a dispute is not over.

    :raises DisputeOver: it is
    """
    if status is DisputeStatus.SETTLED:
        raise DisputeOver
