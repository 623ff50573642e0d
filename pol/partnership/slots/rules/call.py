"""The life of a slot call: its moves, its dates, what it needs before anybody may read it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from pol.kernel.errors import Refused
from pol.kernel.localtime import business_day
from pol.partnership.slots.rules import CallStatus as S

CLOSING_MINUTE = 17 * 60
"""Calls close at 17.00 on their last day, when a shop's office can still be asked."""
LONGEST_DAYS = 3 * 366
LEAST_REASON = 20
EDITABLE = (S.DRAFT, S.CHECKED)
PROMISES_SPACE = (S.OPEN, S.CLOSED)
"""A call in one of these keeps its spans from other calls; later its placements do."""
PUBLIC = (S.OPEN, S.CLOSED, S.ALLOCATED, S.DONE, S.CANCELLED)


class Hand(StrEnum):
    """Who may make a move."""

    RETAILER = "retailer"
    CLOCK = "clock"
    ALLOCATION = "allocation"


_R, _C, _A = Hand.RETAILER, Hand.CLOCK, Hand.ALLOCATION
MOVES: Mapping[tuple[S, S], frozenset[Hand]] = {
    (S.DRAFT, S.CHECKED): frozenset({_R}),
    (S.CHECKED, S.DRAFT): frozenset({_R}),
    (S.CHECKED, S.OPEN): frozenset({_R}),
    (S.OPEN, S.CLOSED): frozenset({_R, _C}),
    (S.CLOSED, S.ALLOCATED): frozenset({_A}),
    (S.ALLOCATED, S.DONE): frozenset({_A}),
    (S.DRAFT, S.CANCELLED): frozenset({_R}),
    (S.CHECKED, S.CANCELLED): frozenset({_R}),
    (S.OPEN, S.CANCELLED): frozenset({_R}),
    (S.CLOSED, S.CANCELLED): frozenset({_R}),
}


class CallMoveForbidden(Refused):
    message = "Pembukaan slot ini sudah tidak bisa diubah begitu. Muat ulang halamannya."


class CallFrozen(Refused):
    message = (
        "Syaratnya sudah diumumkan, jadi tidak bisa diubah lagi. Kalau keliru, batalkan dengan "
        "alasan dan buka yang baru."
    )


class CallDatesReversed(Refused):
    message = "Hari terakhir harus sesudah hari pertama barang berdiri di rak."


class CallTooLong(Refused):
    message = "Satu pembukaan paling lama tiga tahun."


class CallDeadlinePast(Refused):
    message = "Batas pendaftarannya sudah lewat. Pilih hari sesudah sekarang."


class CallDeadlineTooLate(Refused):
    message = (
        "Pendaftaran ditutup paling lambat sehari sebelum barang pertama berdiri di rak (%(day)s)."
    )


class CallWithoutSpace(Refused):
    message = "Belum ada ruang rak yang dipilih. Pilih paling sedikit satu ambalan."


class CallWithoutGoods(Refused):
    message = "Pilih paling sedikit satu jenis barang."


class WeightsNotHundred(Refused):
    message = "Bobot semua kriteria berjumlah %(sum)s, seharusnya 100."


class CriterionTwice(Refused):
    message = "Kriteria “%(name)s” tertulis dua kali."


class CallReasonNeeded(Refused):
    message = (
        "Ada aturan mengikat yang belum dipenuhi. Perbaiki syaratnya, atau tulis alasannya dengan "
        "sedikitnya %(least)s huruf; alasan itu dibaca semua orang."
    )


class CancelReasonNeeded(Refused):
    message = "Tulis alasan pembatalan dengan sedikitnya %(least)s huruf; pendaftar membacanya."


class DeadlineNotLater(Refused):
    message = "Batas baru harus sesudah batas yang sekarang."


class CallAlreadyClosed(Refused):
    message = "Pendaftaran sudah ditutup, jadi batasnya tidak bisa diundur lagi."


@dataclass(frozen=True)
class Criterion:
    """Something that applicants are scored for."""

    name: str
    weight: int


def check_move(old: S, new: S, by: Hand) -> None:
    """Check that somebody may move a call on.

    :raises CallMoveForbidden: not from there, or not by this hand
    """
    if by not in MOVES.get((old, new), frozenset()):
        raise CallMoveForbidden


def check_editable(status: S) -> None:
    """Check that nobody outside has read the terms yet.

    :raises CallFrozen: they are published
    """
    if status not in EDITABLE:
        raise CallFrozen


def check_dates(*, from_on: date, until_on: date, closes_at: datetime, now: datetime) -> None:
    """Check the days of a call; `until_on` is the first day after it.

    :raises CallDatesReversed, CallTooLong, CallDeadlinePast, CallDeadlineTooLate: see sentences
    """
    if until_on <= from_on:
        raise CallDatesReversed
    if (until_on - from_on).days > LONGEST_DAYS:
        raise CallTooLong
    if closes_at <= now:
        raise CallDeadlinePast
    check_before_start(closes_at, from_on)


def check_before_start(closes_at: datetime, from_on: date) -> None:
    """Check that there is a night between the deadline and the first goods.

    :raises CallDeadlineTooLate: there is none
    """
    if business_day(closes_at) >= from_on:
        raise CallDeadlineTooLate(day=f"{from_on:%d-%m-%Y}")


def check_extension(*, status: S, old: datetime, new: datetime, from_on: date,
                    now: datetime) -> None:  # fmt: skip
    """Check that a deadline may move to a later moment.

    :raises CallAlreadyClosed, DeadlineNotLater, CallDeadlineTooLate: see their sentences
    """
    if status is not S.OPEN or old <= now:
        raise CallAlreadyClosed
    if new <= old:
        raise DeadlineNotLater
    check_before_start(new, from_on)


def check_goods(categories: Sequence[str], criteria: Sequence[Criterion]) -> None:
    """Check what may be applied with, and how it is scored.

    :raises CallWithoutGoods, CriterionTwice, WeightsNotHundred: see their sentences
    """
    if not categories:
        raise CallWithoutGoods
    names = [criterion.name.casefold() for criterion in criteria]
    for name in names:
        if names.count(name) > 1:
            raise CriterionTwice(name=name)
    whole = sum(criterion.weight for criterion in criteria)
    if whole != 100:
        raise WeightsNotHundred(sum=whole)


def check_reason(reason: str | None, *, is_needed: bool) -> str | None:
    """Return the stated reason, without the spaces around.

    :raises CallReasonNeeded: a rule that binds is not kept, and nobody says why
    """
    said = (reason or "").strip()
    if is_needed and len(said) < LEAST_REASON:
        raise CallReasonNeeded(least=LEAST_REASON)
    return said if is_needed else None


def check_cancel_reason(reason: str) -> str:
    """Return why a call is cancelled.

    :raises CancelReasonNeeded: hardly a word
    """
    said = reason.strip()
    if len(said) < LEAST_REASON:
        raise CancelReasonNeeded(least=LEAST_REASON)
    return said


def periods_of(*, from_on: date, until_on: date, settle_every_days: int) -> int:
    """Return how many settlement periods a placement lasts, a part of one counting whole."""
    return max(1, -(-(until_on - from_on).days // settle_every_days))


def canonical_text(terms: Mapping[str, Any]) -> str:
    """Return terms as one text that is the same on every machine: sorted keys, no spaces."""
    return json.dumps(terms, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sha256_of(text: str) -> str:
    """Return the fingerprint of a text."""
    return hashlib.sha256(text.encode()).hexdigest()
