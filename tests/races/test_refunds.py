"""A refund in many hands at once: it leaves the till once, and reaches the customer once."""

from datetime import datetime

from sqlalchemy.orm import Session

from pol.kernel.money import ZERO
from pol.ledger.queries import check_ledger
from pol.payments.queries.cash import look_into_bag
from tests.factories.people import make_person
from tests.orders.checks import balance_of
from tests.orders.test_refunding import TILL, make_scene
from tests.payments.counter import counted
from tests.races import cash_jobs, refund_jobs
from tests.races.crew import Crew

TURNS = 4


def test_a_press_sent_three_times_fills_the_bag_once(
    session: Session, crew: Crew, now: datetime
) -> None:
    for _ in range(TURNS):
        scene = make_scene(now)
        session.commit()
        job = (scene.refund.id, scene.courier.id, 0, scene.officer.id, now)
        outcomes = crew.together([(refund_jobs.hand_out, job)] * 3)
        assert sorted(o.refusal or "" for o in outcomes) == ["", "RefundCarried", "RefundCarried"]
        session.rollback()
        assert (scene.bag, scene.till) == (scene.refund.amount, TILL - scene.refund.amount)


def test_counter_courier_and_credit_cannot_all_have_it(
    session: Session, crew: Crew, now: datetime
) -> None:
    for _ in range(TURNS):
        customer = make_person("Pembeli")
        scene = make_scene(now, user=customer)
        session.commit()
        one, by = scene.refund.id, scene.officer.id
        outcomes = crew.together(
            [
                (refund_jobs.hand_out, (one, scene.courier.id, 0, by, now)),
                (refund_jobs.finish, (one, by, now)),
                (refund_jobs.change_way, (one, by, now)),
            ]
        )
        assert sum(o.refusal is None for o in outcomes) == 1, outcomes
        session.rollback()
        owed = scene.refund.amount
        at_customer = -balance_of(f"credit:customer:{customer.id}")
        left_in_bank = balance_of(f"bank:market:{scene.market.id}")
        places = scene.bag, owed - left_in_bank, at_customer
        assert sorted(places) == [ZERO, ZERO, owed]
        assert check_ledger().is_sound


def test_looking_first_and_paying_then_empties_the_till_twice_in_the_same_race(
    session: Session, crew: Crew, now: datetime
) -> None:
    """The control; all three have read that it is due before one of them writes."""
    paid_twice = False
    for turn in range(60):
        scene = make_scene(now)
        session.commit()
        presses = [(scene.refund.id, f"naive:{turn}:{at}", now) for at in range(3)]
        crew.together([(refund_jobs.finish_naively, press) for press in presses])
        session.rollback()
        paid_twice = scene.till < TILL - scene.refund.amount
        if paid_twice:
            break
    assert paid_twice, "three naive officers never met"


def test_paid_brought_back_or_taken_back_but_only_one_of_them(
    session: Session, crew: Crew, now: datetime
) -> None:
    for _ in range(TURNS):
        scene = make_scene(now)
        scene.hand_out(now)
        session.commit()
        one = scene.refund.id
        outcomes = crew.together(
            [
                (refund_jobs.pay, (one, scene.courier.id, now)),
                (refund_jobs.bring_back, (one, scene.courier.id, now)),
                (refund_jobs.take_back, (one, scene.officer.id, now)),
            ]
        )
        paid, back, taken = (o.refusal is None for o in outcomes)
        assert paid + back + taken == 1, outcomes
        session.rollback()
        owed = scene.refund.amount
        assert scene.bag == (owed if back else ZERO)
        assert scene.till == (TILL if taken else TILL - owed)


def test_a_bag_is_not_taken_over_with_what_the_customer_just_got(
    session: Session, crew: Crew, now: datetime
) -> None:
    for _ in range(TURNS):
        scene = make_scene(now)
        scene.hand_out(now)
        owed = scene.refund.amount
        shift = counted(scene.courier, scene.market, owed.amount, seen=owed.amount, now=now)
        session.commit()
        bag = (shift.number, scene.market.id, owed, scene.officer.id, now)
        press = refund_jobs.pay, (scene.refund.id, scene.courier.id, now)
        outcomes = crew.together([(cash_jobs.accept_bag, bag), press, press])
        assert sum(o.refusal is None for o in outcomes) == 1, outcomes
        session.rollback()
        assert look_into_bag(scene.courier.id).expected == ZERO
        assert scene.till == (TILL if outcomes[0].refusal is None else TILL - owed)
        assert check_ledger().is_sound
