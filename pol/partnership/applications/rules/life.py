"""The life of an application: one table of moves, who may make them, and until when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pol.kernel.errors import Refused
from pol.partnership.applications.rules import ApplicationStatus
from pol.partnership.slots.rules import CallStatus

S = ApplicationStatus
SCREEN_WITHIN = timedelta(days=3)
CURATE_WITHIN = timedelta(days=7)
REPAIR_WITHIN = timedelta(days=7)
APPEAL_WITHIN = timedelta(days=7)


class Side(StrEnum):
    """Who moves an application; nobody else does, not even the clock."""

    PRODUCER = "producer"
    DINAS = "dinas"
    RETAILER = "retailer"


class Phase(StrEnum):
    """Where a call stands, as far as applications care."""

    OPEN = "open"
    CURATING = "curating"
    OVER = "over"


@dataclass(frozen=True)
class Move:
    """One allowed step; with `only_open` just until the call's closing time."""

    to: ApplicationStatus
    by: Side
    needs_reason: bool = False
    only_open: bool = False


P, D, R = Side.PRODUCER, Side.DINAS, Side.RETAILER
MOVES: dict[ApplicationStatus, tuple[Move, ...]] = {
    S.DRAFT: (Move(S.SUBMITTED, P, only_open=True), Move(S.WITHDRAWN, P)),
    S.SUBMITTED: (Move(S.SCREENING, D), Move(S.WITHDRAWN, P)),
    S.SCREENING: (
        Move(S.CURATION, D),
        Move(S.REPAIR, D, needs_reason=True),
        Move(S.REFUSED, D, needs_reason=True),
        Move(S.WITHDRAWN, P),
    ),
    S.CURATION: (
        Move(S.PASSED, R),
        Move(S.REPAIR, R, needs_reason=True),
        Move(S.REFUSED, R, needs_reason=True),
        Move(S.WITHDRAWN, P),
    ),
    S.REPAIR: (
        Move(S.SUBMITTED, P),  # the Dinas asked
        Move(S.CURATION, P),  # the retailer asked, the Dinas has seen it already
        Move(S.WITHDRAWN, P),
    ),
    S.PASSED: (Move(S.CURATION, R, needs_reason=True), Move(S.WITHDRAWN, P)),
    S.REFUSED: (Move(S.CURATION, P, needs_reason=True),),  # the one appeal
    S.WITHDRAWN: (),
}


class StepNotOpen(Refused):
    message = "Pengajuan ini sudah berubah, langkah itu tidak berlaku lagi. Muat ulang halaman."


class CallNotOpen(Refused):
    message = "Batas waktu pengajuan sudah lewat. Lihat pembukaan slot yang lain."


class CallOver(Refused):
    message = "Pembukaan slot ini sudah selesai, jadi pengajuannya tidak bisa diubah lagi."


class ReasonMissing(Refused):
    message = "Tulis alasannya dulu, supaya produsen mengerti."


class OwnProduct(Refused):
    message = "Ini produk lapak Anda sendiri, jadi orang lain yang harus menilainya."


class SameJudge(Refused):
    message = "Anda yang dulu menolaknya. Banding diputus rekan Anda yang lain."


class AlreadyApplied(Refused):
    message = "Produk ini sudah diajukan ke pembukaan ini. Buka pengajuan yang ada."


class NotReady(Refused):
    message = "Produk ini belum memenuhi syarat. Lihat apa yang kurang di bawah."


class StallNotVerified(Refused):
    message = "Lapak Anda belum diverifikasi petugas pasar. Sesudah itu pengajuan bisa dikirim."


class NoStoreChosen(Refused):
    message = "Pilih paling sedikit satu toko."


class StoreNotInCall(Refused):
    message = "Salah satu toko tidak ikut pembukaan slot ini. Muat ulang halaman."


class FacingsBackwards(Refused):
    message = "Muka paling banyak tidak boleh kurang dari muka paling sedikit."


class RepairListEmpty(Refused):
    message = "Tulis paling sedikit satu hal yang harus dibenahi."


class RepairUnanswered(Refused):
    message = "Jawab setiap hal yang diminta dulu: masih ada %(count)s yang kosong."


class AppealSpent(Refused):
    message = "Banding hanya bisa sekali, dan sudah dipakai."


class AppealTooLate(Refused):
    message = "Waktu banding 7 hari sejak keputusan sudah lewat."


def phase_of(status: CallStatus, closes_at: datetime, now: datetime) -> Phase:
    """Return where a call stands for those who apply."""
    if status is CallStatus.OPEN:
        return Phase.OPEN if now < closes_at else Phase.CURATING
    return Phase.CURATING if status is CallStatus.CLOSED else Phase.OVER


def check_move(
    status: ApplicationStatus,
    to: ApplicationStatus,
    *,
    by: Side,
    phase: Phase,
    reason: str | None = None,
) -> Move:
    """Return the move from a status to another by this side.

    :raises StepNotOpen: no such move from here for this side
    :raises CallNotOpen: sending in ends when the call closes
    :raises CallOver: the call is allocated, done or cancelled; only withdrawing a draft is left
    :raises ReasonMissing: this move must say why
    """
    move = next((m for m in MOVES[status] if m.to is to and m.by is by), None)
    if move is None:
        raise StepNotOpen
    if move.only_open and phase is not Phase.OPEN:
        raise CallNotOpen
    if phase is Phase.OVER and status is not S.DRAFT:
        raise CallOver
    if move.needs_reason and not (reason or "").strip():
        raise ReasonMissing
    return move


def may_move(
    status: ApplicationStatus, to: ApplicationStatus, *, by: Side, phase: Phase = Phase.OPEN
) -> bool:
    """Answer whether a button for this move should be shown."""
    try:
        check_move(status, to, by=by, phase=phase, reason="-")
    except Refused:
        return False
    return True


def after_repair(*, was_screened: bool) -> ApplicationStatus:
    """Return who looks at a repaired application: whoever asked for the repair."""
    return S.CURATION if was_screened else S.SUBMITTED


def check_appeal(*, appealed_at: datetime | None, decided_at: datetime, now: datetime) -> None:
    """Refuse a second appeal, and one that comes too late.

    :raises AppealSpent: there was one
    :raises AppealTooLate: more than seven days after the decision
    """
    if appealed_at is not None:
        raise AppealSpent
    if now > decided_at + APPEAL_WITHIN:
        raise AppealTooLate


def check_judge(*, refused_by_id: int | None, actor_id: int, others: int) -> None:
    """Let an appeal be decided by somebody else than who refused, if there is anybody else.

    :raises SameJudge: the same person, and `others` could do it
    """
    if refused_by_id == actor_id and others > 0:
        raise SameJudge


def due_at(status: ApplicationStatus, since: datetime) -> datetime | None:
    """Return by when the next step should be made; a promise, nothing lapses by it."""
    within = {
        S.SUBMITTED: SCREEN_WITHIN,
        S.SCREENING: SCREEN_WITHIN,
        S.CURATION: CURATE_WITHIN,
        S.REPAIR: REPAIR_WITHIN,
        S.REFUSED: APPEAL_WITHIN,
    }.get(status)
    return None if within is None else since + within


def check_facings(least: int, most: int) -> None:
    """Refuse a range that runs backwards.

    :raises FacingsBackwards: the most is less than the least
    """
    if most < least:
        raise FacingsBackwards
