"""What people are told about offers and the waiting list."""

from datetime import datetime

from sqlalchemy import select

from pol.kernel.db import db
from pol.kernel.localtime import limit_words
from pol.partnership.allocation.models import AllocationRun, Offer
from pol.partnership.applications.models import Application, ProductSheet
from pol.partnership.slots.models import Retailer, SlotCall, Store
from pol.partnership.slots.services.tell import tell_stall


def tell_offered(offer: Offer, *, now: datetime) -> None:
    """Tell the producer of a place, and until when it is theirs to take."""
    product, store = _words(offer)
    tell_stall(
        stall_id=offer.stall_id,
        key=f"offer:{offer.id}:offered",
        title=f"Tempat di {store} untuk {product}",
        body=f"Jawab tawaran {offer.number} sebelum {limit_words(offer.lapses_at or now)}. "
        "Sesudah itu tempatnya ditawarkan ke pengajuan berikutnya.",
        link=f"/pedagang/rak/tawaran/{offer.number}",
        now=now,
    )


def tell_over(offer: Offer, *, now: datetime) -> None:
    """Tell the producer that a place was not taken in time."""
    product, store = _words(offer)
    tell_stall(
        stall_id=offer.stall_id,
        key=f"offer:{offer.id}:lapsed",
        title=f"Tawaran {offer.number} sudah lewat",
        body=f"Tempat di {store} untuk {product} tidak dijawab tepat waktu, jadi ditawarkan ke "
        "pengajuan berikutnya.",
        link=f"/pedagang/rak/tawaran/{offer.number}",
        now=now,
    )


def tell_waiting(*, run_id: int, application_id: int, now: datetime) -> None:
    """Tell a producer once, however many stores it is about, that they stand in a queue."""
    stall_id, product, retailer = db.session.execute(
        select(Application.stall_id, ProductSheet.name, Retailer.name)
        .join(ProductSheet, ProductSheet.id == Application.sheet_id)
        .join(AllocationRun, AllocationRun.id == run_id)
        .join(SlotCall, SlotCall.id == AllocationRun.call_id)
        .join(Retailer, Retailer.id == SlotCall.retailer_id)
        .where(Application.id == application_id)
    ).one()
    tell_stall(
        stall_id=stall_id,
        key=f"run:{run_id}:waiting:{application_id}",
        title=f"{product} masuk daftar tunggu {retailer}",
        body="Lihat urutan Anda di setiap toko dan alasan belum dapat tempat. Kalau ada yang "
        "melepas tempatnya, Anda dikabari.",
        link="/pedagang/rak/tawaran",
        now=now,
    )


def _words(offer: Offer) -> tuple[str, str]:
    row = db.session.execute(
        select(ProductSheet.name, Store.name)
        .join(Application, Application.sheet_id == ProductSheet.id)
        .join(Store, Store.id == offer.store_id)
        .where(Application.id == offer.application_id)
    ).one()
    return row[0], row[1]
