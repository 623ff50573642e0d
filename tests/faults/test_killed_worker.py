"""kill -9 of the jobs worker amidst a till file, a closing and a count: each effect comes once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from pol.cli.jobs import alone
from pol.kernel import clock
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.kernel.transaction import transaction
from pol.partnership.applications.models import ProductSheet
from pol.partnership.consignment.queries.stores import Reach, get_store
from pol.partnership.consignment.rules.counting import ANSWER_WITHIN
from pol.partnership.consignment.services import counts
from pol.partnership.consignment.services.pos import imports, taking_in
from pol.partnership.settlement.services import closing
from tests.faults import planted
from tests.faults.supermarket import OWED, SOLD, STOCK, look_at_goods, look_at_money, make_goods
from tests.faults.town import dice
from tests.faults.worker import Duty, Plant, Worker
from tests.partnership.settlement.goods import sell
from tests.properties.identities import find_all_violations
from tests.rig.figures import Figure

ROWS = 9


@dataclass(frozen=True)
class Work:
    """Something that waits for the worker, and how to see that it was done once."""

    duty: Duty
    look: Callable[[], object]
    before: object
    after: object


def _file() -> Work:
    """Let a till file wait whose last row is wrong."""
    with transaction():
        goods, now = make_goods(), clock.now()
        code = db.session.get_one(ProductSheet, goods.batch.sheet_id).number
        rows = [f"{business_day(now):%d/%m/%Y};{code};1" for _ in range(ROWS)]
        content = "\n".join(["Tanggal;Kode;Jumlah", *rows, "kapan;0;0"]).encode()
        store = get_store(Reach(goods.retailer.id), slug=goods.store.slug)
        by = {"actor_id": goods.owner.id, "now": now}
        found, _ = imports.upload(store=store, file=imports.open_file("kasir.csv", content), **by)  # type: ignore[arg-type]
        imports.map_columns(found=found, columns={"day": 0, "code": 1, "quantity": 2}, now=now)
        imports.start(found=found, **by)  # type: ignore[arg-type]
    return Work(
        lambda: taking_in.run_imports(now=clock.now(), alone=alone),
        lambda: look_at_goods(goods),
        (1, STOCK, 0),
        (1, STOCK - ROWS, ROWS),
    )


def _period() -> Work:
    """Let a week be over whose sales nobody has billed."""
    with transaction():
        goods, now = make_goods(), clock.now()
        sell(goods.batch, SOLD, business_day(now) - timedelta(days=9))

    def close() -> None:
        """Do what the clock does for one retailer, so that others add no points."""
        with transaction():
            closing._close_due(goods.retailer.id, clock.now())  # noqa: SLF001

    return Work(
        close,
        lambda: look_at_money(goods),
        (0, 0, 0, 0, 0),
        (1, 1, OWED, 0, OWED),
    )


def _count() -> Work:
    """Let a count wait to which its producer has said nothing."""
    with transaction():
        goods, now = make_goods(), clock.now() - ANSWER_WITHIN - timedelta(hours=1)
        by = {"actor_id": goods.owner.id, "now": now}
        count = counts.open_count(store_id=goods.store.id, **by)  # type: ignore[arg-type]
        counts.enter_count(count=count, counted={goods.batch.id: STOCK - 1}, **by)  # type: ignore[arg-type]

    def agree() -> None:
        with transaction():
            counts.agree_for_silent(now=clock.now())

    return Work(agree, lambda: look_at_goods(goods), (1, STOCK, 0), (1, STOCK - 1, 0))


WAITING: dict[str, Callable[[], Work]] = {
    "till file": _file,
    "period": _period,
    "count": _count,
}
AMIDST = {
    "till file": {"DELETE sale_import_row", "UPDATE sale_import"},
    "period": {"INSERT settlement_period", "INSERT settled_event"},
    "count": {"INSERT stock_event", "UPDATE count_line", "UPDATE stock_count"},
}


def _see(work: Work) -> object:
    db.session.rollback()
    db.session.expire_all()
    return work.look()


@pytest.mark.parametrize("what", WAITING)
def test_a_worker_killed_at_any_point_does_each_thing_once(
    app: Flask, session: Session, rounds: Callable[[int, int], int], figure: Figure, what: str
) -> None:
    worker, prepare, chance = Worker(app), WAITING[what], dice(5)
    names = worker.learn(prepare().duty)
    assert AMIDST[what] <= set(names), names
    ends = [at for at, name in enumerate(names, 1) if name.endswith("COMMIT")]
    others = [chance.randrange(len(names)) + 1 for _ in range(rounds(4, 100))]
    for at in ends + others:
        work = prepare()
        assert worker.dies_at(work.duty, at), (at, names)
        assert _see(work) in (work.before, work.after), names[at - 1]
        assert not worker.dies_at(work.duty, len(names) * 9)
        assert _see(work) == work.after, names[at - 1]
    assert find_all_violations() == []
    figure(f"worker killed amidst a {what}", kills=len(ends + others), points=len(names),
           lost=0, doubled=0)  # fmt: skip


def test_a_planted_bug_is_found_in_the_same_way(app: Flask, session: Session) -> None:
    """The control: a period that is shut before its bills are written."""
    bug: Plant = planted.commit_the_period_alone
    worker = Worker(app, bug)
    names = worker.learn(_period().duty)
    work = _period()
    assert worker.dies_at(work.duty, names.index("after COMMIT") + 1)
    assert _see(work) not in (work.before, work.after)
    assert find_all_violations()
