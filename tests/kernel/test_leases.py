"""A duty is held by one worker at a time, and by nobody for ever."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from pol.kernel.leases import return_lease, take_lease

MINUTE = timedelta(minutes=1)


def take(holder: str, now: datetime, *, early: bool = False) -> bool:
    return take_lease(name="uji", holder=holder, now=now, until=now + 2 * MINUTE, early=early)


@pytest.mark.parametrize("early", [False, True])
def test_a_duty_that_somebody_holds_is_not_taken(
    session: Session, now: datetime, *, early: bool
) -> None:
    assert take("a", now)
    assert not take("b", now + MINUTE, early=early)


def test_a_holder_that_died_loses_the_duty(session: Session, now: datetime) -> None:
    assert take("a", now)
    assert take("b", now + 2 * MINUTE)
    return_lease(name="uji", holder="a", due_at=now)  # it was only slow
    assert not take("c", now + 3 * MINUTE)


def test_a_duty_comes_back_when_it_is_due_or_asked_for(session: Session, now: datetime) -> None:
    assert take("a", now)
    return_lease(name="uji", holder="a", due_at=now + 5 * MINUTE)
    assert not take("b", now + 4 * MINUTE)
    assert take("b", now + 4 * MINUTE, early=True)
    return_lease(name="uji", holder="b", due_at=now + 5 * MINUTE)
    assert take("a", now + 5 * MINUTE)


def test_duties_do_not_stand_in_each_other_s_way(session: Session, now: datetime) -> None:
    assert take("a", now)
    assert take_lease(name="lain", holder="b", now=now, until=now + MINUTE, early=False)
