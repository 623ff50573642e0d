"""Random yes, no, silence and early ends: places never overlap, nobody is asked twice (I11)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.partnership.allocation.models import Offer
from pol.partnership.allocation.queries import queue
from pol.partnership.allocation.rules.offers import Held, find_next
from pol.partnership.allocation.rules.statuses import OfferStatus
from pol.partnership.allocation.services.offers import (
    decline,
    lapse_offers,
    offer_freed,
    take_place,
)
from pol.partnership.slots.models import Placement
from pol.partnership.slots.rules import HOLDS_SPACE
from pol.partnership.slots.services.placing import end
from tests.partnership.offers.scene import Scene, make_scene

APPLICANTS = 14
DAY = timedelta(days=1)


class Play:
    """One call lived through by chance, looked at after every step."""

    def __init__(self, dice: Random, now: datetime) -> None:
        self.dice, self.now, self.steps = dice, now, 0
        self.scene = _shelf_and_queue(dice, now)
        self.asked: set[int] = set()
        self.scene.open(now)
        offer_freed(call_id=self.scene.call.id, shelf_id=self.scene.shelf.id, now=now)
        self.check()

    def step(self) -> bool:
        """Let something happen; answer whether anything could."""
        open_ones = self.offers(OfferStatus.OFFERED)
        places = db.session.scalars(
            select(Placement).where(Placement.status.in_(HOLDS_SPACE)).order_by(Placement.id)
        ).all()
        if not open_ones and not places:
            return False
        by, chance = self.scene.buyer.id, self.dice.random()
        if open_ones and chance < 0.35:
            take_place(offer=self.dice.choice(open_ones), actor_id=by, now=self.now)
        elif open_ones and chance < 0.6:
            decline(offer=self.dice.choice(open_ones), actor_id=by, now=self.now)
        elif open_ones and chance < 0.85:
            self.now += self.dice.choice((0, 1, 4)) * DAY
            lapse_offers(now=self.now)
        elif places:
            place = self.dice.choice(list(places))
            end(placement=place, reason="Uji", actor_id=by, now=self.now)
            db.session.flush()
            offer_freed(call_id=place.call_id, shelf_id=place.shelf_id, now=self.now)
        self.steps += 1
        self.check()
        return True

    def check(self) -> None:
        """Compare what is promised with what may be."""
        call, shelf = self.scene.call, self.scene.shelf
        held = _held(self.scene, self.now)
        for left, right in pairwise(held):
            assert left.x_mm + left.width_mm + call.gap_mm <= right.x_mm, held
        assert all(one.x_mm >= 0 and one.x_mm + one.width_mm <= shelf.width_mm for one in held)
        assert sum(one.load_g for one in held) <= shelf.load_g
        self._check_queue(held)

    def _check_queue(self, held: list[Held]) -> None:
        run_id, call = self.scene.run.id, self.scene.call
        board = queue.find_board(call_id=call.id, shelf_id=self.scene.shelf.id)
        assert board is not None
        waiting = queue.list_queue(
            run_id=run_id, store_id=self.scene.store.id, per_producer=call.per_producer_per_store
        )
        assert find_next(waiting, board, held, gap_mm=call.gap_mm) is None
        assert not self.asked & {one.offer_id for one in waiting}, "asked once, waits again"
        answered = {o.id for o in self.offers() if o.answered_at is not None}
        assert not answered & {o.id for o in self.offers(OfferStatus.OFFERED)}, "asked twice"
        self.asked |= {o.id for o in self.offers() if o.offered_at is not None}

    def offers(self, *statuses: OfferStatus) -> list[Offer]:
        """Return what was ever promised or refused."""
        mine = select(Offer).where(Offer.run_id == self.scene.run.id).order_by(Offer.id)
        return [o for o in db.session.scalars(mine) if not statuses or o.status in statuses]


def _shelf_and_queue(dice: Random, now: datetime) -> Scene:
    scene = make_scene(now, gap_mm=dice.choice((0, 5, 20)))
    first = scene.apply(width_mm=150)
    scene.place(first, x_mm=0, facings=2)
    for _ in range(APPLICANTS):
        least = dice.randint(1, 3)
        most = dice.randint(least, 5)
        scene.refuse(
            scene.apply(
                width_mm=dice.randint(60, 260),
                height_mm=dice.choice((200, 220, 310)),
                min_facings=least,
                max_facings=most,
                score=dice.randint(0, 10_000),
                capacity_week=dice.randint(20, 200),
            )
        )
    return scene


def _held(scene: Scene, now: datetime) -> list[Held]:
    first = max(scene.call.from_on, business_day(now))
    taken = queue.list_taken(
        shelf_id=scene.shelf.id, from_on=first, until_on=scene.call.until_on, today=first
    )
    return sorted(taken, key=lambda one: one.x_mm)


def test_whatever_producers_answer_the_shelf_stays_sound(
    session: Session,
    now: datetime,
    rounds: Callable[[int, int], int],
    figure: Callable[..., None],
) -> None:
    steps = 0
    for seed in range(rounds(6, 400)):
        play = Play(Random(seed), now)  # noqa: S311 - the same play each time
        while play.step():
            pass
        steps += play.steps
        session.rollback()
    assert steps > rounds(6, 400) * 5
    figure("answers to offers", steps=steps, overlaps=0, asked_twice=0)


def test_a_queue_that_forgets_open_offers_would_be_seen(
    session: Session, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: only places are looked at, so two are offered the same millimetres."""
    play = Play(Random(1), now)  # noqa: S311 - the same play each time
    honest = queue.list_taken
    monkeypatch.setattr(queue, "list_taken", lambda **of: [h for h in honest(**of) if h.load_g < 0])
    for offer in play.offers(OfferStatus.OFFERED)[:1]:
        decline(offer=offer, actor_id=play.scene.buyer.id, now=now)
    monkeypatch.setattr(queue, "list_taken", honest)
    with pytest.raises(AssertionError):
        play.check()
