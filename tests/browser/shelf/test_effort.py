"""A producer on a phone applies in at most two minutes and writes a delivery note in one.

Reckoned for somebody who reads every word of every page, see `effort`.
"""

from datetime import date

import pytest

from tests.browser.conftest import Visit
from tests.browser.shelf.conftest import Calendar
from tests.browser.shelf.effort import watched
from tests.browser.shelf.story import applying, calling, entering, goods
from tests.browser.shelf.story.cast import sit_down
from tests.factories.partnership import make_partnership
from tests.factories.traders import make_keeper
from tests.rig import chromium
from tests.rig.figures import Figure

pytestmark = [
    pytest.mark.engines("sqlite"),
    pytest.mark.parametrize(
        ("screen", "has_scripts"), [(chromium.PHONE, True)], ids=["phone"], indirect=True
    ),
]


def test_an_application_takes_two_minutes(visit: Visit, calendar: Calendar, figure: Figure) -> None:
    desks = sit_down(visit)
    entering.enter(desks.buyer, desks.people.buyer)
    calling.open_call(desks.buyer)
    effort = watched(desks.producer)
    applying.apply(desks.producer)
    figure("an application, reckoned for a phone", **effort.told())
    assert 0 < effort.seconds <= 120


def test_a_delivery_note_takes_a_minute(visit: Visit, calendar: Calendar, figure: Figure) -> None:
    p = make_partnership()
    calendar.turn_to(date(2026, 7, 10))
    effort = watched(producer := visit(make_keeper(p.stall)))
    goods.deliver(producer)
    figure("a delivery note, reckoned for a phone", **effort.told())
    assert 0 < effort.seconds <= 60
