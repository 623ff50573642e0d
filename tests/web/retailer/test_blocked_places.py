"""A place that somebody has not given back: both pages of it say so, and it cannot be opened."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.partnership.slots.models import Placement
from pol.partnership.slots.rules import PlacementStatus
from tests.factories.partnership import (
    UNTIL,
    Partnership,
    make_agreement,
    make_application,
    make_partnership,
    make_placement,
    make_sheet,
)
from tests.rig.client import Browser
from tests.rig.pages import Page

SAYS = "belum dilepas dari sini, padahal hari terakhirnya Kamis, 31 Desember 2026"


@pytest.fixture
def p(session: Session, client: Browser, set_clock: Callable[[datetime], None]) -> Partnership:
    set_clock(datetime(2027, 2, 2, 3, tzinfo=UTC))
    made = make_partnership()
    client.log_in(made.owner)
    return made


def _book_after(p: Partnership) -> tuple[str, Placement]:
    application = make_application(p.call, make_sheet(), stores=[p.store])
    last = date(2028, 1, 1)
    agreement = make_agreement(application, p.call, from_on=UNTIL, until_on=last)
    place = make_placement(
        application, p.shelf, agreement=agreement, from_on=UNTIL, until_on=last,
        status=PlacementStatus.RESERVED, live_at=None,
    )  # fmt: skip
    db.session.commit()
    return f"/peritel/perjanjian/{agreement.number}", place


def test_a_place_waits_for_the_one_before_it(client: Browser, p: Partnership) -> None:
    address, place = _book_after(p)
    page = Page(client.get(address))
    assert f"{p.placement.number} {SAYS}" in page.text
    assert "Sudah terpajang" not in page.text
    assert SAYS in Page(client.get(f"/peritel/rapor/{place.number}")).text
    p.placement.status = PlacementStatus.ENDED
    db.session.commit()
    page = Page(client.get(address))
    assert SAYS not in page.text
    assert "Sudah terpajang" in page.text


def test_goods_cannot_be_noted_there_meanwhile(client: Browser, p: Partnership) -> None:
    address, place = _book_after(p)
    p.placement.status = PlacementStatus.ENDED
    db.session.commit()
    form = Page(client.get(address)).form(f"{address}/tempat/{place.number}/pajang")
    p.placement.status = PlacementStatus.LIVE
    db.session.commit()
    answer = Page(client.send(form))
    assert "belum dilepas dari situ" in answer.text
    assert db.session.get_one(Placement, place.id).status is PlacementStatus.RESERVED
