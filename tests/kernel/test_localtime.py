"""Limits, as people count days: midnight ends one, it does not begin the next."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pol.kernel.localtime import at_local, day_ended, limit_words
from pol.web.filters import batas
from tests.rig.client import Browser

FRIDAY = date(2026, 11, 27)
END = at_local(FRIDAY, 24 * 60)


@pytest.mark.parametrize(
    ("moment", "day", "words"),
    [
        (END, FRIDAY, "akhir 27-11-2026"),
        (datetime(2026, 11, 27, 17, tzinfo=UTC), FRIDAY, "akhir 27-11-2026"),
        (END - timedelta(seconds=1), None, "27-11-2026 pukul 23.59 WIB"),
        (END + timedelta(seconds=1), None, "28-11-2026 pukul 00.00 WIB"),
        (at_local(FRIDAY, 17 * 60), None, "27-11-2026 pukul 17.00 WIB"),
    ],
)
def test_a_limit_at_midnight_is_the_end_of_its_day(
    moment: datetime, day: date | None, words: str
) -> None:
    assert day_ended(moment) == day
    assert limit_words(moment) == words


def test_pages_name_the_night(client: Browser) -> None:
    with client.application.test_request_context():
        assert batas(END) == "akhir Jumat, 27 November 2026"
        assert batas(at_local(FRIDAY, 17 * 60)) == "27 Nov 2026, 17.00 WIB"
