"""Telling applicants what becomes of a call that they have applied to."""

from datetime import datetime

from sqlalchemy import select

from pol.kernel.db import db
from pol.kernel.localtime import limit_words, local
from pol.partnership.applications.models import Application
from pol.partnership.applications.rules import LIVE
from pol.partnership.slots.services.tell import tell_stall
from pol.partnership.slots.signals import CallCancelled, CallExtended


def tell_cancelled(fact: CallCancelled) -> None:
    """Tell everybody whose application is still alive why nothing will come of it."""
    _tell(
        fact.call_id,
        key=f"call:{fact.number}:cancelled",
        title=f"Pembukaan “{fact.title}” dibatalkan",
        body=f"Alasannya: {fact.reason}\n\nPengajuan Anda untuk pembukaan ini tidak diteruskan.",
        link=f"/slot/{fact.number}",
        now=fact.at,
    )


def tell_extended(fact: CallExtended) -> None:
    """Tell applicants that they have more time, and that nothing else has changed."""
    until = local(fact.closes_at)
    _tell(
        fact.call_id,
        key=f"call:{fact.number}:until:{until:%Y%m%d%H%M}",
        title=f"Pendaftaran “{fact.title}” diundur",
        body=f"Batas barunya {limit_words(fact.closes_at)}. Syaratnya tidak berubah.",
        link=f"/slot/{fact.number}",
        now=fact.at,
    )


def _tell(call_id: int, *, key: str, title: str, body: str, link: str, now: datetime) -> None:
    stalls = db.session.scalars(
        select(Application.stall_id)
        .where(Application.call_id == call_id, Application.status.in_(LIVE))
        .distinct()
        .order_by(Application.stall_id)
    ).all()
    for stall_id in stalls:
        tell_stall(
            stall_id=stall_id,
            key=f"{key}:{stall_id}",
            title=title,
            body=body,
            link=link,
            now=now,
        )
