"""Warning producers of permits that lapse while their product stands on a shelf."""

from datetime import datetime

from sqlalchemy import select

from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.notices.models import Notice
from pol.notices.services import send
from pol.partnership.applications.queries.forecast import LapsingRow, list_lapsing
from pol.partnership.applications.rules import SheetPermitKind
from pol.partnership.applications.rules.permits import stage_of
from pol.stalls.queries.own import list_members

NAMES = {
    SheetPermitKind.NIB: "NIB",
    SheetPermitKind.P_IRT: "P-IRT",
    SheetPermitKind.HALAL: "sertifikat halal",
    SheetPermitKind.BPOM: "izin BPOM",
}


def warn_of_permits(now: datetime) -> int:
    """Tell producers 90, 30 and 7 days before, and once it has lapsed; return how many notices.

    Each stage is told once per person, whatever happens to the clock.
    """
    today = business_day(now)
    due = {
        f"permit:{_stage(row)}:{member.user_id}": (row, member)
        for row in list_lapsing(today=today)
        for member in list_members(stall_id=row.stall_id)
    }
    told = set(db.session.scalars(select(Notice.key).where(Notice.key.in_(due))))
    for key, (row, member) in due.items():
        if key not in told:
            send(
                key=key,
                phone=member.phone,
                user_id=member.user_id,
                title=f"{NAMES[row.kind]} {row.name} {_when(row)}",
                body=f"{_named(row)} {_when(row)}, padahal produknya dipajang di "
                f"{', '.join(row.stores)}. Perpanjang, lalu catat yang baru di lembar produk. "
                "Tanpa izin yang berlaku barang tidak boleh dikirim dan tidak boleh dijual.",
                link=f"/pedagang/rak/produk/{row.sheet_number}",
                now=now,
            )
    return len(due) - len(told)


def _stage(row: LapsingRow) -> str:
    if row.permit_id is None:
        return f"{row.sheet_number}:{row.kind}:gone"
    return f"{row.permit_id}:{row.expires_on}:{stage_of(row.days_left)}"


def _named(row: LapsingRow) -> str:
    return f"{NAMES[row.kind]} nomor {row.number}" if row.number else NAMES[row.kind]


def _when(row: LapsingRow) -> str:
    if row.permit_id is None:
        return "tidak ada lagi"
    if row.days_left < 0:
        return "sudah habis"
    return "habis hari ini" if row.days_left == 0 else f"habis {row.days_left} hari lagi"
