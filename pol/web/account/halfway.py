"""Between password and second step: who has shown the password, and what is still asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from flask import current_app, session

from pol.identity.queries import devices, people
from pol.stalls.queries import seats

PATIENCE = timedelta(minutes=10)
PLACE = "half"


class Step(StrEnum):
    """What is asked after the password."""

    AUTHENTICATOR = "authenticator"
    LETTER = "letter"


@dataclass(frozen=True)
class HalfWay:
    """Somebody who knows the password."""

    user_id: int
    phone: str
    step: Step


def needed_step(*, user_id: int) -> Step | None:
    """Return what else this person must show: the authenticator, or a letter on a new device.

    Traders with an e-mail get the letter, as long as letters can be sent.
    """
    person, token = people.get_user(user_id), session.get("sid")
    if person.totp_secret:
        return Step.AUTHENTICATOR
    if not (person.email and current_app.config["SMTP_HOST"]):
        return None
    if isinstance(token, str) and devices.is_known_device(token=token, user_id=user_id):
        return None
    return Step.LETTER if seats.list_seats(user_id=user_id) else None


def stop_here(half: HalfWay, *, now: datetime) -> None:
    """Remember in the signed cookie how far somebody has come."""
    session[PLACE] = [half.user_id, half.phone, half.step.value, int(now.timestamp())]


def find_half_way(*, now: datetime) -> HalfWay | None:
    """Return who has shown the password here, if that was a moment ago."""
    kept = session.get(PLACE)
    if not kept or now.timestamp() - kept[3] > PATIENCE.total_seconds():
        return None
    return HalfWay(kept[0], kept[1], Step(kept[2]))
