"""Offers and agreements in many hands at once: one answer counts, and nobody is asked twice."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pol.partnership.agreements.models import Signature
from pol.partnership.agreements.rules import AgreementStatus
from pol.partnership.allocation.rules.statuses import OfferStatus as S
from pol.partnership.slots.models import Placement
from pol.partnership.slots.rules import HOLDS_SPACE, Bearer
from tests.partnership.agreements.scene import Pact
from tests.partnership.offers.scene import make_scene
from tests.races import offer_jobs
from tests.races.crew import Crew

TURNS = 6
DAY = timedelta(days=1)


def test_yes_no_and_the_clock_at_once(session: Session, crew: Crew, now: datetime) -> None:
    """The clock of one process is past the end of the day on which two others still answer."""
    for _ in range(TURNS):
        scene = make_scene(now)
        first, second = scene.apply(), scene.apply()
        scene.place(first, x_mm=0, facings=6)
        scene.refuse(second)
        scene.open(now)
        offer, by = scene.offer_of(first), scene.buyer.id
        session.commit()
        outcomes = crew.together(
            [
                (offer_jobs.accept, (offer.id, by, now)),
                (offer_jobs.decline, (offer.id, by, now)),
                (offer_jobs.lapse, (now + 4 * DAY,)),
            ]
        )
        session.rollback()
        session.expire_all()
        became = offer.status
        assert became in {S.ACCEPTED, S.DECLINED, S.LAPSED}
        assert sum(o.refusal is None for o in outcomes[:2]) == (became is not S.LAPSED), outcomes
        on_shelf = Placement.store_id == scene.store.id, Placement.status.in_(HOLDS_SPACE)
        held = session.scalar(select(func.count()).select_from(Placement).where(*on_shelf))
        assert held == (became is S.ACCEPTED)
        assert scene.statuses(second) == [S.WAITING if became is S.ACCEPTED else S.OFFERED]


def test_an_offer_is_accepted_once(session: Session, crew: Crew, now: datetime) -> None:
    for _ in range(TURNS):
        scene = make_scene(now)
        one = scene.apply()
        scene.place(one, x_mm=0)
        scene.open(now)
        job = (scene.offer_of(one).id, scene.buyer.id, now)
        session.commit()
        outcomes = crew.together([(offer_jobs.accept, job)] * 3)
        refusals = sorted(outcome.refusal or "" for outcome in outcomes)
        assert refusals == ["", "OfferAnswered", "OfferAnswered"]


def test_both_sign_while_somebody_calls_it_off(session: Session, crew: Crew, now: datetime) -> None:
    for _ in range(TURNS):
        pact = Pact(now)
        session.commit()
        agreement, buyer, producer = pact.agreement, pact.buyer, pact.producer
        outcomes = crew.together(
            [
                (offer_jobs.sign, (agreement.id, Bearer.RETAILER, (buyer.id, buyer.name), now)),
                (
                    offer_jobs.sign,
                    (agreement.id, Bearer.PRODUCER, (producer.id, producer.name), now),
                ),
                (offer_jobs.call_off, (agreement.id, buyer.id, now)),
            ]
        )
        session.rollback()
        session.expire_all()
        signed = session.scalar(select(func.count()).where(Signature.agreement_id == agreement.id))
        called_off = outcomes[2].refusal is None
        wanted = AgreementStatus.TERMINATED if called_off else AgreementStatus.IN_FORCE
        assert agreement.status is wanted, outcomes
        assert signed == sum(o.refusal is None for o in outcomes[:2])
        assert (signed == len(Bearer)) == (not called_off)
