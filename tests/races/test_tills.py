"""A till that sends again before its first answer came, and the file of the same day beside it."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pol.partnership.consignment.models import SaleLine, TillKey
from pol.partnership.consignment.queries.stores import Reach, get_store
from pol.partnership.consignment.services.pos import imports
from tests.factories.partnership import Partnership, make_partnership
from tests.partnership.consignment.tillside import make_key, sold
from tests.properties.identities import find_violations
from tests.races import goods_jobs, till_jobs
from tests.races.call_jobs import STOPPED
from tests.races.conftest import SIZE
from tests.races.crew import Crew
from tests.rig.figures import Figure

Rounds = Callable[[int, int], int]
STOCK, RECEIPTS = 40, 12


def assert_sold_once(session: Session, p: Partnership, pieces: int) -> None:
    session.rollback()
    session.refresh(p.batch)
    assert (p.batch.sold, p.batch.on_shelf) == (pieces, STOCK - pieces)
    lines = select(func.count()).where(SaleLine.store_id == p.store.id)
    assert session.scalars(lines).one() == RECEIPTS
    assert find_violations() == []


def test_one_message_sent_three_times_at_once_is_sold_once(
    session: Session, crew: Crew, now: datetime, rounds: Rounds, figure: Figure
) -> None:
    turns = rounds(6, 100)
    for _ in range(turns):
        p = make_partnership(quantity=STOCK)
        key = make_key(p)
        sales = [sold(p, 2, f"R{at}") for at in range(RECEIPTS)]
        session.commit()
        outcomes = crew.together([(till_jobs.send, (key, sales, now))] * SIZE)
        assert [outcome.answer for outcome in outcomes] == [["recorded"] * RECEIPTS] * SIZE
        assert_sold_once(session, p, 2 * RECEIPTS)
        uses = select(TillKey.uses).where(TillKey.store_id == p.store.id)
        assert session.scalars(uses).one() == SIZE
    figure("one message of a till sent three times", turns=turns, sold_twice=0)


def test_looking_first_and_writing_then_is_stopped_by_the_database(
    session: Session, crew: Crew, now: datetime
) -> None:
    """The control: who does not hold the store meets the unique key, if not worse."""
    seen: Counter[str] = Counter()
    for _ in range(10):
        p = make_partnership(quantity=STOCK)
        session.commit()
        receipts = [f"R{at}" for at in range(RECEIPTS)]
        outcomes = crew.together([(till_jobs.send_naively, (p.batch.id, receipts, now))] * SIZE)
        for outcome in outcomes:
            seen.update(outcome.answer)
        session.rollback()
        session.refresh(p.batch)
        assert p.batch.sold == RECEIPTS
        if seen[STOPPED]:
            break
    assert seen[STOPPED]


def test_a_till_and_the_file_of_its_day_at_once_sell_each_receipt_once(
    session: Session, crew: Crew, now: datetime, rounds: Rounds
) -> None:
    for _ in range(rounds(4, 60)):
        p = make_partnership(quantity=STOCK)
        key = make_key(p)
        store = get_store(Reach(p.retailer.id), slug=p.store.slug)
        rows = [f"02/03/2026;{p.sheet.number};2;R{at}" for at in range(RECEIPTS)]
        content = "\n".join(["Tanggal;Kode;Jumlah;Struk", *rows]).encode()
        file = imports.open_file("kasir.csv", content)
        found, _ = imports.upload(store=store, file=file, actor_id=p.owner.id, now=now)
        columns = {"day": 0, "code": 1, "quantity": 2, "receipt": 3}
        imports.map_columns(found=found, columns=columns, now=now)
        imports.start(found=found, actor_id=p.owner.id, now=now)
        session.commit()
        sales = [sold(p, 2, f"R{at}") for at in range(RECEIPTS)]
        sending = (till_jobs.send, (key, sales, now))
        first, _, again = crew.together([sending, (goods_jobs.take_in, (now,)), sending])
        assert first.answer == again.answer == ["recorded"] * RECEIPTS
        assert_sold_once(session, p, 2 * RECEIPTS)
