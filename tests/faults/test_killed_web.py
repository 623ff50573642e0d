"""kill -9 of the web process, at every point of a change: what was acknowledged is there, once."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from random import Random
from threading import Event
from time import sleep

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.faults import doom, planted
from tests.faults.book import compare
from tests.faults.nursery import Nursery, Plant
from tests.faults.town import Town, dice
from tests.rig.databases import Database
from tests.rig.figures import Figure

SHOPPERS = 3
END = ["before COMMIT", "after COMMIT", "before the answer"]
MONEY = {"INSERT posting", "INSERT entry", "INSERT notice"}
CHECKOUT = {"INSERT order_group", "UPDATE stock", "INSERT order_line", "INSERT notice"}
AMIDST = {
    "checkout, cash": CHECKOUT,
    "checkout, transfer": CHECKOUT,
    "payment": {"UPDATE payment", *MONEY},
    "delivery": {"UPDATE stock", *MONEY},
    "payout, made": {"INSERT payout_batch", "INSERT payout"},
    "payout, approved": {"UPDATE payout_batch", *MONEY},
    "payout, paid": {"UPDATE payout", "INSERT notice"},
    "payout, failed": {"UPDATE payout", *MONEY},
    "weighing, lighter": {"UPDATE stock", "UPDATE order_line", "UPDATE order_group", *MONEY},
    "weighing, heavier": {"INSERT proposal", "INSERT notice"},
    "answer, yes": {"UPDATE proposal", "UPDATE stock", "UPDATE order_group", "INSERT notice"},
    "answer, no": {"UPDATE proposal", "UPDATE stock", "UPDATE order_line", *MONEY},
    "period, closed": {"INSERT settlement_period", "INSERT settled_event"},
    "bill, paid": {"INSERT bill_payment", "UPDATE bill", *MONEY},
    "goods, received": {"UPDATE delivery_note", "INSERT consigned_batch", "INSERT stock_event"},
    "sales, written": {"SELECT retailer", "SELECT store"},
    "debt, paid": {"INSERT posting", "INSERT entry", "INSERT cash_deposit"},
    "till, emptied": {"INSERT posting", "INSERT entry", "INSERT bank_deposit"},
    "bag, accepted": {"UPDATE courier_shift", "INSERT posting", "INSERT cash_deposit"},
    "line, refunded": {"UPDATE order_line", *MONEY},
}
"""Between these, a change is half done; each must be among the points."""
Points = dict[str, list[str]]


@contextmanager
def nursed(
    app: Flask, database: Database, plant: Plant | None = None, *ways: str
) -> Iterator[tuple[Nursery, Town, Points]]:
    """Give a town in front of processes to kill, and the points at which each change can die."""
    with Nursery(database.url, plant) as nursery:
        town = Town(app, nursery.url)
        for _ in range(2):  # the first of a day makes rows that the second one finds
            points = {way: learn(town, way) for way in ways or town.ways}
        nursery.fork()
        yield nursery, town, points


def learn(town: Town, way: str) -> list[str]:
    answer = town.ways[way]().once(**{"X-Die-At": doom.LIVE})
    assert answer is not None
    assert answer.status == 303, answer
    return answer.headers[doom.NAMES].split(";")


def choose(points: Points, kills: int, chance: Random) -> list[tuple[str, int]]:
    """Pick where to die: both sides of each commit always, the rest evenly."""
    everywhere = [(way, at + 1) for way, names in points.items() for at in range(len(names))]
    ends = [(way, at) for way, at in everywhere if points[way][at - 1] in END[:2]]
    others = [place for place in everywhere if place not in ends]
    chosen = ends * (kills // len(everywhere) or 1)
    while len(chosen) < kills:
        chosen += chance.sample(others, min(len(others), kills - len(chosen)))
    return chosen


def kill_at(nursery: Nursery, town: Town, way: str, at: int) -> bool:
    """Press, let the process die there, press again; answer whether it died."""
    press = town.ways[way]()
    died = press.once(**{"X-Die-At": str(at)}) is None
    if died:
        nursery.replace()
    press.insist()
    return died


def test_a_process_killed_at_any_point_loses_and_doubles_nothing(
    app: Flask,
    session: Session,
    database: Database,
    rounds: Callable[[int, int], int],
    figure: Figure,
) -> None:
    chance, wanted = dice(1), rounds(56, 700)
    with nursed(app, database) as (nursery, town, points):
        for way, names in points.items():
            assert names[-3:] == END, (way, names)
            assert AMIDST[way] <= set(names), (way, names)
        deaths = sum(kill_at(nursery, town, *place) for place in choose(points, wanted, chance))
    findings = compare(town)
    different = sum(len(names) for names in points.values())
    figure("kill -9 at named points", kills=deaths, points=different, **findings.numbers)
    assert findings.is_clean, findings
    assert deaths >= wanted * 9 // 10


def test_a_process_killed_at_any_moment_loses_and_doubles_nothing(
    app: Flask,
    session: Session,
    database: Database,
    rounds: Callable[[int, int], int],
    figure: Figure,
) -> None:
    chance, kills, over = dice(2), rounds(20, 300), Event()
    with nursed(app, database) as (nursery, town, _), ThreadPoolExecutor(SHOPPERS) as threads:
        shoppers = [threads.submit(shop, app, town, dice(n), over) for n in range(SHOPPERS)]
        try:
            for number in range(kills):
                sleep(chance.uniform(0.01, 0.15))
                nursery.replace()
                if number % 4 == 0:
                    town.wait_for_one()
        finally:
            over.set()
        met = sum(shopper.result() for shopper in shoppers)
    findings = compare(town)
    done = len(town.presses)
    figure("kill -9 at any moment", kills=kills, met=met, done=done, **findings.numbers)
    assert findings.is_clean, findings
    assert met > kills // 3, "hardly anybody was in the middle of something"


def shop(app: Flask, town: Town, chance: Random, over: Event) -> int:
    """Press this and that until it is over; return how often the process was gone."""
    met = 0
    while not over.is_set():
        with app.app_context():
            press = town.ways[chance.choice(list(town.ways))]()
        met += press.insist()
    return met


@pytest.mark.parametrize(
    ("bug", "way", "kind"),
    [
        (planted.commit_half_way, "checkout, cash", "wrong"),
        (planted.forget_keys, "checkout, cash", "doubled"),
        (planted.commit_the_yes_alone, "payout, approved", "lost"),
        (planted.commit_the_no_alone, "answer, no", "wrong"),
        (planted.commit_the_period_alone, "period, closed", "wrong"),
        (planted.commit_the_payment_alone, "bill, paid", "wrong"),
    ],
)
def test_a_planted_bug_is_found_in_the_same_way(
    app: Flask, session: Session, database: Database, bug: Plant, way: str, kind: str
) -> None:
    with nursed(app, database, bug, way) as (nursery, town, points):
        for place in choose(points, 8, dice(3)):
            kill_at(nursery, town, *place)
    assert getattr(compare(town), kind)
