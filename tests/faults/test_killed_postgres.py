"""PostgreSQL dies under load: the same web processes go on, and nothing acknowledged is lost."""

import os
import signal
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, Queue
from random import Random
from threading import Event
from time import monotonic, sleep

import psycopg
import pytest

from pol.kernel.db import db
from tests.faults.book import compare
from tests.faults.town import Town, dice
from tests.rig import databases
from tests.rig.figures import Figure
from tests.rig.postgres import Cluster
from tests.rig.server import Server

SHOPPERS, CARTS = 3, 15
SAFE = {"synchronous_commit": "on", "full_page_writes": "on"}
MAY_TAKE_SECONDS = 5


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    cluster = Cluster(Path(tempfile.mkdtemp(prefix="pol-pg-")))
    try:
        cluster.create()
        cluster.start(**SAFE)
        _run(cluster, "CREATE DATABASE migrated")
        databases.migrate(_address(cluster, "migrated"))
        yield cluster
    finally:
        cluster.stop()


@contextmanager
def town_on(cluster: Cluster, name: str, workers: int) -> Iterator[tuple[Town, Server]]:
    """Give a town in a database of its own, behind the real server."""
    _run(cluster, f"CREATE DATABASE {name} TEMPLATE migrated")
    url = _address(cluster, name)
    app, server = databases.application(url), Server(url, workers=workers)
    try:
        with app.app_context():
            yield Town(app, server.url), server
            db.session.remove()
            db.engine.dispose()
    finally:
        server.stop()


def _address(cluster: Cluster, name: str) -> str:
    return cluster.url.replace("postgresql://pol@/postgres", f"postgresql+psycopg://pol@/{name}")


def _run(cluster: Cluster, statement: str) -> list[tuple[int]]:
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        answer = connection.execute(statement.encode())
        return answer.fetchall() if answer.description else []


def end_server(cluster: Cluster) -> None:
    """Let the whole server die; whoever watches over it starts it again."""
    cluster.crash()
    cluster.start(**SAFE)


def end_one_process(cluster: Cluster) -> None:
    """Let a process that serves us die; the server then throws all others out and recovers."""
    serving = "SELECT pid FROM pg_stat_activity WHERE application_name = '' AND datname = 'load'"
    ((pid,), *_) = _run(cluster, serving)
    os.kill(pid, signal.SIGKILL)


def test_the_application_outlives_its_database(
    cluster: Cluster, rounds: Callable[[int, int], int], figure: Figure
) -> None:
    kills, chance = rounds(5, 50), dice(6)
    with town_on(cluster, "load", workers=2) as (town, server):
        workers, over, carts = server.workers, Event(), Queue[str]()
        with ThreadPoolExecutor(SHOPPERS) as threads:
            shoppers = [threads.submit(shop, town, carts, over) for _ in range(SHOPPERS)]
            try:
                back = [outage(cluster, town, carts, n, chance) for n in range(kills)]
            finally:
                over.set()
        for shopper in shoppers:
            shopper.result()
        findings = compare(town)
        refused = Counter(answer.status for press in town.presses for answer in press.others)
        figure(
            "PostgreSQL killed under load",
            kills=kills,
            checkouts=len(town.presses),
            slowest_back=f"{max(back):.1f} s",
            other_answers=dict(refused),
            **findings.numbers,
        )
        assert findings.is_clean, findings
        assert max(back) <= MAY_TAKE_SECONDS
        assert server.workers == workers
        assert refused, "nobody was there when it died"
        assert set(refused) <= {409, 503}, server.log[-4_000:]
        away = [a for press in town.presses for a in press.others if a.status == 503]
        assert all("tidak akan tercatat dua kali" in answer.text for answer in away)


def outage(cluster: Cluster, town: Town, carts: Queue[str], number: int, chance: Random) -> float:
    """End the database in the middle of checkouts; return after how long one goes through again."""
    for _ in range(CARTS):
        carts.put(town.cart())
    own = town.cart()
    sleep(chance.uniform(0.02, 0.2))
    begin = monotonic()
    (end_server, end_one_process)[number % 2](cluster)
    town.checkout(cart=own).insist()
    return monotonic() - begin


def shop(town: Town, carts: Queue[str], over: Event) -> None:
    """Order what lies in the carts until it is over."""
    while not (over.is_set() and carts.empty()):
        with suppress(Empty):
            cart = carts.get(timeout=0.05)
            with town.app.app_context():
                town.checkout(cart=cart).insist()


def test_a_server_that_answers_before_it_has_written_is_caught(
    cluster: Cluster, figure: Figure
) -> None:
    cluster.crash()
    cluster.start(synchronous_commit="off")
    with town_on(cluster, "careless", workers=1) as (town, _):
        carts = [town.cart() for _ in range(5)]
        ((writer,),) = _run(
            cluster, "SELECT pid FROM pg_stat_activity WHERE backend_type = 'walwriter'"
        )
        os.kill(writer, signal.SIGSTOP)  # it would write a little later, as a rule
        for cart in carts:
            town.checkout(cart=cart).insist()
        os.kill(writer, signal.SIGKILL)
        end_server(cluster)
        findings = compare(town)
        figure("control: PostgreSQL, synchronous_commit=off", checkouts=5, **findings.numbers)
    assert findings.lost
