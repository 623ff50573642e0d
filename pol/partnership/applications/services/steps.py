"""The one way an application moves: checked against the table, written down, told to its people."""

from datetime import datetime

from sqlalchemy import func, select

from pol.kernel import audit
from pol.kernel.db import db
from pol.notices.services import send
from pol.partnership.applications.models import Application, ApplicationStep, ProductSheet
from pol.partnership.applications.rules import ApplicationStatus
from pol.partnership.applications.rules.life import OwnProduct, Side, check_move, phase_of
from pol.partnership.slots.models import SlotCall
from pol.stalls.queries import own

S = ApplicationStatus
NEWS: dict[ApplicationStatus, tuple[str, str]] = {
    S.SCREENING: ("Dinas mulai memeriksa", "Surat-surat %(name)s sedang diperiksa Dinas."),
    S.CURATION: ("Sampai ke toko", "%(name)s sekarang dinilai oleh toko."),
    S.REPAIR: ("Perlu dibenahi", "%(name)s: %(reason)s Jawab daftarnya, lalu kirim lagi."),
    S.PASSED: ("Lolos kurasi", "%(name)s lolos kurasi. Tunggu penetapan tempatnya."),
    S.REFUSED: ("Tidak lolos", "%(name)s: %(reason)s Anda boleh mengajukan banding satu kali."),
}
"""What producers are told when somebody else has moved their application."""


def move(
    *,
    application: Application,
    to: ApplicationStatus,
    by: Side,
    actor_id: int,
    now: datetime,
    reason: str | None = None,
    **detail: object,
) -> None:
    """Move an application, write the step, and tell the producer if it was somebody else.

    :raises Refused: see `check_move`
    """
    call = db.session.get_one(SlotCall, application.call_id)
    phase = phase_of(call.status, call.closes_at, now)
    check_move(application.status, to, by=by, phase=phase, reason=reason)
    came_from = application.status
    application.status, application.status_reason = to, reason
    _write(application, came_from, actor_id, now, reason, detail)
    audit.record(
        action=f"application.{to}",
        subject=f"application:{application.number}",
        actor_id=actor_id,
        now=now,
        came_from=came_from,
        by=by,
    )
    if by is not Side.PRODUCER:
        _tell(application, now, reason)


def write_first(*, application: Application, actor_id: int, now: datetime) -> None:
    """Write down that an application has begun."""
    _write(application, None, actor_id, now, None, {})


def check_not_own(*, application: Application, actor_id: int) -> None:
    """Refuse to let people judge goods of a stall that they keep.

    :raises OwnProduct: they own it or help there
    """
    if own.find_seat(stall_id=application.stall_id, user_id=actor_id) is not None:
        raise OwnProduct


def _write(
    application: Application,
    came_from: ApplicationStatus | None,
    actor_id: int,
    now: datetime,
    reason: str | None,
    detail: dict[str, object],
) -> None:
    db.session.add(
        ApplicationStep(
            application_id=application.id,
            at=now,
            actor_id=actor_id,
            came_from=came_from,
            went_to=application.status,
            reason=reason,
            detail=detail or None,
        )
    )
    db.session.flush()


def _tell(application: Application, now: datetime, reason: str | None) -> None:
    title, body = NEWS[application.status]
    name = db.session.scalars(
        select(ProductSheet.name).where(ProductSheet.id == application.sheet_id)
    ).one()
    step = db.session.scalar(
        select(func.max(ApplicationStep.id)).where(ApplicationStep.application_id == application.id)
    )
    for member in own.list_members(stall_id=application.stall_id):
        send(
            key=f"application:{application.number}:{step}:{member.user_id}",
            phone=member.phone,
            user_id=member.user_id,
            title=f"{title}: {name}",
            body=body % {"name": name, "reason": reason or ""},
            link=f"/pedagang/rak/pengajuan/{application.number}",
            now=now,
        )
