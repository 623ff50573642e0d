"""Sending word about bills, payments, disputes and renewals."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select

from pol.kernel.db import db
from pol.kernel.money import ZERO, Rupiah
from pol.partnership.settlement.models import Bill, BillPayment, Dispute, Renewal, ShelfLetter
from pol.partnership.slots.models import Placement, Store
from pol.partnership.slots.rules import Bearer
from pol.partnership.slots.rules.holding import centimetres
from pol.partnership.slots.services.tell import tell_retailer, tell_stall

MONEY, BILLS = "/pedagang/rak/uang", "/peritel/nota"
PRODUCER_LETTERS, RETAILER_LETTERS = "/pedagang/rak/surat", "/peritel/surat"


def tell_billed(made: Iterable[tuple[str, int, Rupiah, date | None]], *, now: datetime) -> None:
    """Tell producers what a period brought them: number, stall, amount and due day of each bill."""
    for number, stall_id, payable, due_on in made:
        owes = payable < ZERO
        title = f"Anda membayar {-payable} ke toko" if owes else f"Tagihan {number}: {payable}"
        tell_stall(
            stall_id=stall_id,
            key=f"bill:{number}",
            title=title,
            body=f"Toko menutup periodenya. Jatuh tempo {due_on:%d-%m-%Y}; rinciannya di sini.",
            link=f"{MONEY}/{number}",
            now=now,
        )


def tell_paid(bill: Bill, payment: BillPayment, *, now: datetime) -> None:
    """Ask the producer whether the money came, or say that the retailer has got the producer's."""
    if bill.payable < ZERO:
        title = f"Toko menerima {payment.amount} untuk tagihan {bill.number}"
        body = "Uang dari Anda sudah dicatat toko."
    else:
        title = f"{payment.amount} dikirim untuk tagihan {bill.number}"
        body = "Periksa rekening Anda, lalu jawab apakah uangnya sudah masuk."
    tell_stall(
        stall_id=bill.stall_id,
        key=f"billpay:{payment.number}",
        title=title,
        body=body,
        link=f"{MONEY}/{bill.number}",
        now=now,
    )


def tell_denied(bill: Bill, payment: BillPayment, *, now: datetime) -> None:
    """Tell the retailer that its money did not arrive."""
    tell_retailer(
        retailer_id=bill.retailer_id,
        key=f"billpay:{payment.number}:void",
        title=f"Uang untuk tagihan {bill.number} belum masuk",
        body=f"Kata produsen: {payment.voided_reason}. {payment.amount} harus dibayar lagi.",
        link=f"{BILLS}/{bill.number}",
        now=now,
    )


def tell_dispute(
    bill: Bill, dispute: Dispute, what: str, *, to: Iterable[Bearer], now: datetime
) -> None:
    """Tell sides of a bill what became of a dispute; `what` is the sentence they read."""
    key = f"dispute:{dispute.number}:{dispute.status.value}"
    title, number = f"Sengketa tagihan {bill.number}", bill.number
    for side in to:
        if side is Bearer.PRODUCER:
            link = f"{MONEY}/{number}"
            tell_stall(stall_id=bill.stall_id, key=key, title=title, body=what, link=link, now=now)
        else:
            link = f"{BILLS}/{number}"
            tell_retailer(
                retailer_id=bill.retailer_id, key=key, title=title, body=what, link=link, now=now
            )


def tell_renewal(
    renewal: Renewal, placement: Placement, what: str, *, to: Bearer, now: datetime
) -> None:
    """Tell the other side what is proposed for a place, or what was answered."""
    key, title = f"renewal:{renewal.number}:{renewal.status.value}", "Usulan untuk tempat di rak"
    if to is Bearer.PRODUCER:
        tell_stall(
            stall_id=placement.stall_id,
            key=key,
            title=title,
            body=what,
            link="/pedagang/rak/perpanjangan",
            now=now,
        )
        return
    retailer_id = db.session.scalars(
        select(Store.retailer_id).where(Store.id == placement.store_id)
    ).one()
    tell_retailer(
        retailer_id=retailer_id,
        key=key,
        title=title,
        body=what,
        link="/peritel/perpanjangan",
        now=now,
    )


def tell_moved(placement: Placement, *, before: int, now: datetime) -> None:
    """Tell a producer that the goods stand elsewhere on their shelf."""
    tell_stall(
        stall_id=placement.stall_id,
        key=f"moved:{placement.number}:{before}:{placement.x_mm}:{now.timestamp():.0f}",
        title=f"Tempat {placement.number} digeser di ambalannya",
        body=f"Sekarang mulai {centimetres(placement.x_mm)} cm dari kiri, tadinya "
        f"{centimetres(before)} cm. Ambalan dan ukurannya tetap.",
        link=f"/pedagang/rak/rapor/{placement.number}",
        now=now,
    )


def tell_letter(letter: ShelfLetter, *, now: datetime) -> None:
    """Tell both sides of a letter that the clock wrote."""
    key, title = f"letter:{letter.number}", f"{letter.title} {letter.number}"
    tell_stall(
        stall_id=letter.stall_id,
        key=key,
        title=title,
        body=f"{letter.subject}.",
        link=f"{PRODUCER_LETTERS}/{letter.number}",
        now=now,
    )
    tell_retailer(
        retailer_id=letter.retailer_id,
        key=key,
        title=title,
        body=f"{letter.subject}.",
        link=f"{RETAILER_LETTERS}/{letter.number}",
        now=now,
    )
