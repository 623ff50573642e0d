"""The Dinas asks a store for a place for local goods, its retailer answers, the Dinas closes."""

from datetime import date, datetime

from pol.identity.queries.people import get_user
from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.kernel.text import paper_number
from pol.notices.services import send
from pol.partnership.slots.models import FollowUp, Store
from pol.partnership.slots.queries.follow_ups import find_open_number
from pol.partnership.slots.rules.follow_ups import FollowUpClosed, check_answer, check_ask
from pol.partnership.slots.services.tell import tell_retailer


def follow_up(*, store: Store, text: str, due_on: date, officer_id: int, now: datetime) -> FollowUp:
    """Ask a store, and tell those who decide there; the caller holds the store still.

    :raises FollowUpOpenAlready, FollowUpTextNeeded, FollowUpDueTooSoon: see their sentences
    """
    today = business_day(now)
    said = check_ask(
        text=text, due_on=due_on, today=today, open_number=find_open_number(store_id=store.id)
    )
    asked = FollowUp(
        number=paper_number("TT", today),
        store_id=store.id,
        asked_at=now,
        asked_by_id=officer_id,
        due_on=due_on,
        text=said,
    )
    db.session.add(asked)
    db.session.flush()
    tell_retailer(
        retailer_id=store.retailer_id,
        key=f"follow-up:{asked.number}",
        title=f"Dinas menanyakan ruang rak di {store.name}",
        body=f"{said}\n\nJawab paling lambat {due_on:%d-%m-%Y}.",
        link=f"/peritel/tindak-lanjut/{asked.number}",
        now=now,
    )
    _note("follow_up.asked", asked, officer_id, now, due_on=due_on.isoformat())
    return asked


def answer_follow_up(*, asked: FollowUp, text: str, actor_id: int, now: datetime) -> None:
    """Answer the Dinas, once, and tell the officer who asked.

    :raises FollowUpClosed, FollowUpAnswered, AnswerNeeded: see their sentences
    """
    asked.answer = check_answer(
        text=text,
        is_answered=asked.answered_at is not None,
        is_closed=asked.closed_at is not None,
    )
    asked.answered_at = now
    officer = get_user(asked.asked_by_id)
    send(
        key=f"follow-up:{asked.number}:answer",
        phone=officer.phone,
        user_id=officer.id,
        title=f"Tindak lanjut {asked.number} dijawab",
        body=asked.answer,
        link=f"/dinas/toko-tanpa-slot/{asked.number}",
        now=now,
    )
    _note("follow_up.answered", asked, actor_id, now)


def close_follow_up(*, asked: FollowUp, officer_id: int, now: datetime) -> None:
    """Let a follow-up rest.

    :raises FollowUpClosed: it does already
    """
    if asked.closed_at is not None:
        raise FollowUpClosed
    asked.closed_at = now
    _note("follow_up.closed", asked, officer_id, now)


def _note(action: str, asked: FollowUp, actor_id: int, now: datetime, **detail: object) -> None:
    audit.record(
        action=action, subject=f"follow_up:{asked.number}", actor_id=actor_id, now=now, **detail
    )
