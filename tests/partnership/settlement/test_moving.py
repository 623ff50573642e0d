"""A place under an agreement moves to another shelf only once its producer has said yes."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.notices.models import Notice
from pol.partnership.agreements.rules import AgreementStatus
from pol.partnership.settlement.models import Renewal, ShelfLetter
from pol.partnership.settlement.queries.renewals import list_waiting_moves
from pol.partnership.settlement.rules import RenewalKind, RenewalStatus
from pol.partnership.settlement.rules.renewing import RenewalAskedAlready
from pol.partnership.settlement.services import moving, renewing
from pol.partnership.slots.models import Shelf
from pol.partnership.slots.rules import Bearer, PlacementStatus
from pol.partnership.slots.rules.placing import PlaceTaken
from tests.factories.partnership import (
    Partnership,
    make_application,
    make_partnership,
    make_placement,
    make_sheet,
    make_shelf,
)
from tests.factories.traders import make_keeper

NOW = datetime(2026, 6, 1, 3, tzinfo=UTC)


@pytest.fixture
def p(session: Session) -> Partnership:
    made = make_partnership()
    make_keeper(made.stall)
    return made


def _move(p: Partnership, shelf: Shelf, x_mm: int = 100) -> Renewal | None:
    return moving.move(placement=p.placement, shelf=shelf, x_mm=x_mm, actor_id=p.owner.id, now=NOW)


def _asked(p: Partnership, shelf: Shelf) -> Renewal:
    renewal = _move(p, shelf)
    assert renewal is not None
    return renewal


def _titles() -> list[str]:
    return list(db.session.scalars(select(Notice.title).order_by(Notice.id)))


def test_another_shelf_is_proposed_by_letter_and_nothing_moves(p: Partnership) -> None:
    above = make_shelf(p.store)
    renewal = _asked(p, above)
    assert (renewal.kind, renewal.status) == (RenewalKind.MOVE, RenewalStatus.ASKED)
    assert (p.placement.shelf_id, p.placement.x_mm) == (p.shelf.id, 0)
    letter = db.session.scalars(select(ShelfLetter)).one()
    assert letter.title == "Surat usulan pemindahan tempat"
    spot = next(what for name, what in letter.facts if name == "Diusulkan pindah ke")
    assert spot.endswith("mulai 10 cm dari kiri")
    assert [row.number for row in list_waiting_moves(store_id=p.store.id)] == [renewal.number]
    with pytest.raises(RenewalAskedAlready):
        _move(p, above, 200)


def test_a_yes_moves_the_goods_and_gives_nothing_back(p: Partnership) -> None:
    above = make_shelf(p.store)
    renewal = _asked(p, above)
    renewing.agree(
        renewal=renewal, placement=p.placement, by=Bearer.PRODUCER, actor_id=p.owner.id, now=NOW
    )
    assert (p.placement.shelf_id, p.placement.x_mm) == (above.id, 100)
    assert (p.placement.status, renewal.status) == (PlacementStatus.LIVE, RenewalStatus.DONE)


def test_a_no_and_silence_leave_the_goods_where_they_are(p: Partnership) -> None:
    above = make_shelf(p.store)
    renewing.decline(
        renewal=_asked(p, above), placement=p.placement, by=Bearer.PRODUCER, words="Jangan",
        actor_id=p.owner.id, now=NOW,
    )  # fmt: skip
    silent = _asked(p, above)
    assert renewing.lapse_renewals(now=NOW + timedelta(days=15)) == 1
    assert silent.status is RenewalStatus.LAPSED
    assert p.placement.shelf_id == p.shelf.id
    assert list_waiting_moves(store_id=p.store.id) == []


def test_what_does_not_fit_is_not_proposed_and_not_done(p: Partnership) -> None:
    above = make_shelf(p.store)
    renewal = _asked(p, above)
    application = make_application(p.call, make_sheet(p.stall), stores=[p.store])
    make_placement(application, above, x_mm=150)
    with pytest.raises(PlaceTaken):
        renewing.agree(
            renewal=renewal, placement=p.placement, by=Bearer.PRODUCER, actor_id=p.owner.id,
            now=NOW,
        )  # fmt: skip
    renewal.status = RenewalStatus.REFUSED
    with pytest.raises(PlaceTaken):
        _move(p, above)


def test_some_millimetres_on_the_same_shelf_are_told(p: Partnership) -> None:
    assert _move(p, p.shelf, 300) is None
    assert p.placement.x_mm == 300
    assert _titles() == [f"Tempat {p.placement.number} digeser di ambalannya"]


def test_a_place_without_an_agreement_in_force_moves_at_once(p: Partnership) -> None:
    above = make_shelf(p.store)
    p.agreement.status = AgreementStatus.SIGNED
    assert _move(p, above) is None
    assert p.placement.shelf_id == above.id
    assert _titles() == []
