"""Telling both sides what nobody should sell: recalled goods, goods without a permit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.notices import services as notices
from pol.partnership.consignment.models import DeliveryLine, DeliveryNote
from pol.partnership.consignment.queries.people import list_producers, list_store_people
from pol.partnership.consignment.rules.permits import Permits, named
from pol.partnership.consignment.rules.returning import Recall
from pol.partnership.slots.models import Store


@dataclass(frozen=True)
class Word:
    """What both sides read, once each by `key`, and where it leads them."""

    key: str
    title: str
    body: str
    store_link: str
    producer_link: str


def tell_recalled(sold: Mapping[Recall, int], *, store_id: int, now: datetime) -> None:
    """Tell both sides, once per note, that a till sold recalled goods; `sold` is in pieces."""
    for recall, pieces in sold.items():
        word = Word(
            key=f"recall-sold:{recall.note_id}",
            title=f"Terjual padahal ditarik: {recall.name}, kode {recall.code}",
            body=f"{pieces} buah tercatat terjual di kasir sesudah ditarik. Segera turunkan "
            "sisanya.",
            store_link=f"/peritel/barang/retur/{recall.number}",
            producer_link=f"/pedagang/rak/retur/{recall.number}",
        )
        _tell_both(word, store_id=store_id, stall_id=recall.stall_id, now=now)


def tell_recalled_on_the_way(note: DeliveryNote, line: DeliveryLine, *, now: datetime) -> None:
    """Tell both sides that what a delivery brings is not to be put on the shelf."""
    body = (
        f"{line.sent} buah di surat jalan {note.number}. {line.reject_reason}. Toko menolaknya "
        "saat sampai, atau menerimanya hanya untuk dikembalikan atau dimusnahkan."
    )
    word = _about(note, line, f"Jangan dipajang: kode {line.batch_code} sedang di jalan", body, now)
    _tell_both(word, store_id=note.store_id, stall_id=note.stall_id, now=now)


def tell_called_off_on_the_way(note: DeliveryNote, line: DeliveryLine, *, now: datetime) -> None:
    """Tell both sides that it may be put there after all."""
    body = f"Isi surat jalan {note.number} boleh diterima dan dijual seperti biasa."
    word = _about(note, line, f"Penarikan kode {line.batch_code} dibatalkan", body, now)
    _tell_both(word, store_id=note.store_id, stall_id=note.stall_id, now=now)


def _about(note: DeliveryNote, line: DeliveryLine, title: str, body: str, now: datetime) -> Word:
    """Return a word about a line on its way; a line may be recalled, and let go, repeatedly."""
    return Word(
        key=f"on-the-way:{line.id}:{now:%y%m%d%H%M%S}:{line.reject_reason is None}",
        title=title,
        body=body,
        store_link=f"/peritel/barang/terima/{note.number}",
        producer_link=f"/pedagang/rak/kirim/{note.number}",
    )


def tell_unpermitted(sold: Mapping[Permits, int], *, store_id: int, now: datetime) -> None:
    """Tell both sides, once until a permit changes, that a till sold goods that lack one."""
    slug = db.session.get_one(Store, store_id).slug
    for permits, pieces in sold.items():
        lapsed = permits.lapsed_on(business_day(now))
        until = min(last_on for _, last_on in permits.wanted)
        word = Word(
            key=f"permit-sold:{store_id}:{permits.sheet_id}:{until}",
            title=f"Terjual padahal izinnya habis: {permits.name}",
            body=f"{pieces} buah tercatat terjual di kasir, padahal izin {named(lapsed)} sudah "
            "habis atau tidak ada lagi. Turunkan sisanya dari rak sampai izinnya diperpanjang.",
            store_link=f"/peritel/barang?toko={slug}",
            producer_link=f"/pedagang/rak/produk/{permits.sheet_number}",
        )
        _tell_both(word, store_id=store_id, stall_id=permits.stall_id, now=now)


def _tell_both(word: Word, *, store_id: int, stall_id: int, now: datetime) -> None:
    for people, link in (
        (list_store_people(store_id=store_id), word.store_link),
        (list_producers(stall_id=stall_id), word.producer_link),
    ):
        for person in people:
            notices.send(
                key=f"{word.key}:{person.user_id}",
                phone=person.phone,
                user_id=person.user_id,
                title=word.title,
                body=word.body,
                link=link,
                now=now,
            )
