"""What is over is not kept for ever."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.identity.models import UserSession
from pol.identity.rules.devices import LASTS, REMEMBER_CLOSED
from pol.identity.services import open_session
from pol.identity.services.sessions import forget_old_sessions, revoke_devices
from tests.factories.people import make_person

SECOND = timedelta(seconds=1)


def test_a_device_is_forgotten_a_month_after_it_ran_out(session: Session, now: datetime) -> None:
    person = make_person()
    open_session(user_id=person.id, now=now, device="HP", address="127.0.0.1")
    end = now + LASTS + REMEMBER_CLOSED
    assert forget_old_sessions(end - SECOND) == 0
    assert forget_old_sessions(end) == 1


def test_a_device_is_forgotten_a_month_after_it_was_logged_out(
    session: Session, now: datetime
) -> None:
    person = make_person()
    for device in ("lama", "baru"):
        open_session(user_id=person.id, now=now, device=device, address="127.0.0.1")
    keep = session.scalars(select(UserSession.id).where(UserSession.device == "baru")).one()
    revoke_devices(user_id=person.id, except_id=keep, actor_id=person.id, now=now)
    assert forget_old_sessions(now + REMEMBER_CLOSED) == 1
    assert session.scalars(select(UserSession.device)).all() == ["baru"]
