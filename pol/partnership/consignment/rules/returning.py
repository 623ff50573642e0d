"""Goods that go back or are destroyed: who bears it, and what a note may become."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from pol.kernel.errors import Refused
from pol.partnership.consignment.rules import ReturnReason, ReturnStatus
from pol.partnership.slots.rules import Bearer, CoopForm


class NothingToReturn(Refused):
    message = "Isi jumlah barang yang dikembalikan."


class NothingToRecall(Refused):
    message = (
        "Kode ini tidak ada lagi di rak dan di jalan, atau semua toko sudah diminta menahannya. "
        "Lihat suratnya di Stok di toko dan Kirim barang."
    )


class NothingToCallOff(Refused):
    message = "Tidak ada barang yang ditarik di surat jalan ini, atau sudah sampai di toko."


class TwoProducers(Refused):
    message = "Satu surat retur hanya untuk satu produsen."


class ReturnEnded(Refused):
    message = "Surat retur ini sudah tidak menunggu: %(status)s."


class BoughtStays(Refused):
    message = (
        "Barang ini sudah dibeli toko, jadi tidak dikembalikan ke produsen. Jual, atau musnahkan; "
        "hanya penarikan oleh produsen yang dibayar kembali."
    )


class RecallStays(Refused):
    message = (
        "Produsen menarik barang ini, jadi toko tidak bisa membatalkan suratnya. Serahkan "
        "barangnya ke produsen, atau musnahkan."
    )


STATUS_WORDS: Mapping[ReturnStatus, str] = {
    ReturnStatus.ASKED: "menunggu diambil",
    ReturnStatus.PICKED_UP: "sudah diambil",
    ReturnStatus.RECEIVED: "diterima produsen",
    ReturnStatus.DESTROYED: "dimusnahkan",
    ReturnStatus.DROPPED: "dibatalkan",
}
MAY_BECOME: Mapping[ReturnStatus, frozenset[ReturnStatus]] = {
    ReturnStatus.ASKED: frozenset(
        {ReturnStatus.PICKED_UP, ReturnStatus.DESTROYED, ReturnStatus.DROPPED}
    ),
    ReturnStatus.PICKED_UP: frozenset({ReturnStatus.RECEIVED}),
}


def check_step(now: ReturnStatus, to: ReturnStatus) -> None:
    """:raises ReturnEnded: a note in this state cannot become that"""
    if to not in MAY_BECOME.get(now, frozenset()):
        raise ReturnEnded(status=STATUS_WORDS[now])


def check_takes_back(form: CoopForm, reason: ReturnReason) -> None:
    """:raises BoughtStays: the goods are the store's own, and their producer did not recall them"""
    if form is CoopForm.OUTRIGHT and reason is not ReturnReason.RECALL:
        raise BoughtStays


@dataclass(frozen=True)
class Recalling:
    """Why a producer takes goods back, who presses, and the key of the press."""

    why: str
    key: str
    actor_id: int


@dataclass(frozen=True)
class Recall:
    """A batch that its producer takes back: by which note, since which day, how much is left."""

    batch_id: int
    note_id: int
    number: str
    stall_id: int
    name: str
    code: str
    left: int
    on: date


class Terms(Protocol):
    """What an agreement says about goods that are not sold."""

    @property
    def unsold_bearer(self) -> Bearer: ...

    @property
    def damage_bearer(self) -> Bearer: ...


@dataclass(frozen=True)
class Piece:
    """So many of one batch."""

    batch_id: int
    quantity: int


def bearer_of(reason: ReturnReason, terms: Terms) -> Bearer:
    """Return who bears goods that go back: the agreement says so, and a recall is the maker's.

    Goods that expired on the shelf are goods that were not sold.
    """
    match reason:
        case ReturnReason.RECALL:
            return Bearer.PRODUCER
        case ReturnReason.DAMAGED:
            return terms.damage_bearer
        case _:
            return terms.unsold_bearer
