"""Goods of one store in many hands at once: sold once, taken in once, counted once (I12)."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pol.kernel.text import readable_code
from pol.partnership.consignment.models import (
    Batch,
    CountLine,
    DeliveryLine,
    DeliveryNote,
    ReturnNote,
    SaleImport,
    SaleLine,
    StockCount,
    StockEvent,
)
from pol.partnership.consignment.queries.recalls import list_recalls
from pol.partnership.consignment.queries.stores import Reach, get_store
from pol.partnership.consignment.rules import CountStatus, StockEventKind
from pol.partnership.consignment.services import counts
from pol.partnership.consignment.services.deliveries import send_delivery
from pol.partnership.consignment.services.pos import imports
from tests.factories.partnership import Partnership, make_member, make_partnership
from tests.factories.traders import make_keeper
from tests.partnership.consignment.stage import prepare
from tests.properties.identities import find_violations
from tests.races import goods_jobs
from tests.races.call_jobs import STOPPED
from tests.races.conftest import SIZE
from tests.races.crew import Crew
from tests.rig.figures import Figure

Rounds = Callable[[int, int], int]
STOCK = 40


def _people(p: Partnership, now: datetime) -> list[tuple[int, datetime]]:
    return [(make_member(p.retailer).id, now) for _ in range(SIZE)]


def test_the_last_pieces_of_a_batch_are_sold_once(
    session: Session, crew: Crew, now: datetime, rounds: Rounds, figure: Figure
) -> None:
    turns = rounds(2, 60)
    for turn in range(turns):
        p = make_partnership(quantity=STOCK)
        clerks = _people(p, now)
        session.commit()
        goods = (p.store.id, p.sheet.id)
        outcomes = crew.together(
            [
                (goods_jobs.sell_pieces, (goods, STOCK, f"rebut-{turn}-{at}", by))
                for at, by in enumerate(clerks)
            ]
        )
        session.rollback()
        session.refresh(p.batch)
        assert sum(outcome.answer for outcome in outcomes) == STOCK
        assert (p.batch.sold, p.batch.on_shelf) == (STOCK, 0)
        assert find_violations() == []
    figure("last pieces of a batch", tries=turns * STOCK * SIZE, sold=turns * STOCK, too_many=0)


def test_looking_first_and_selling_then_is_stopped_by_the_database(
    session: Session, crew: Crew, now: datetime
) -> None:
    """The control: who does not hold the store finds out from the last guard, if at all."""
    seen: Counter[str] = Counter()
    for chance in range(10):
        p = make_partnership(quantity=STOCK)
        session.commit()
        outcomes = crew.together(
            [
                (goods_jobs.sell_pieces_naively, (p.batch.id, STOCK, f"naif-{chance}-{at}", now))
                for at in range(SIZE)
            ]
        )
        for outcome in outcomes:
            seen.update(outcome.answer)
        session.rollback()
        session.refresh(p.batch)
        assert p.batch.on_shelf == 0
        if seen[STOPPED]:
            break
    assert seen[STOPPED]


def test_one_till_file_sent_three_times_at_once_is_one_import(
    session: Session, crew: Crew, now: datetime, rounds: Rounds, figure: Figure
) -> None:
    turns = rounds(6, 100)
    for _ in range(turns):
        p = make_partnership(quantity=STOCK)
        clerks = _people(p, now)
        session.commit()
        content = f"Tanggal;Kode;Jumlah\n02/03/2026;{p.sheet.number};3\n".encode()
        where = (p.retailer.id, p.store.slug, content)
        outcomes = crew.together([(goods_jobs.upload, (*where, by)) for by in clerks])
        answers = [outcome.answer for outcome in outcomes]
        assert len({number for number, _ in answers}) == 1, outcomes
        assert sorted(is_new for _, is_new in answers) == [False, False, True]
        session.rollback()
        mine = select(func.count()).where(SaleImport.store_id == p.store.id)
        assert session.scalar(mine) == 1
    figure("one till file sent three times", turns=turns, imports=turns)


def test_two_files_with_the_same_receipts_are_taken_in_once(
    session: Session, crew: Crew, now: datetime, rounds: Rounds
) -> None:
    """Three workers at once, two files: each receipt counts once, whichever file was first."""
    for _ in range(rounds(4, 60)):
        p = make_partnership(quantity=STOCK)
        store = get_store(Reach(p.retailer.id), slug=p.store.slug)
        rows = [f"02/03/2026;{p.sheet.number};1;R{at}" for at in range(20)]
        for more in ("", "02/03/2026;0;1;X"):
            content = "\n".join(["Tanggal;Kode;Jumlah;Struk", *rows, more]).encode()
            by = {"actor_id": p.owner.id, "now": now}
            found, _ = imports.upload(store=store, file=imports.open_file("k", content), **by)  # type: ignore[arg-type]
            columns = {"day": 0, "code": 1, "quantity": 2, "receipt": 3}
            imports.map_columns(found=found, columns=columns, now=now)
            imports.start(found=found, **by)  # type: ignore[arg-type]
        session.commit()
        crew.together([(goods_jobs.take_in, (now,))] * SIZE)
        session.rollback()
        session.refresh(p.batch)
        assert p.batch.sold == 20
        sold = select(func.count()).where(SaleLine.store_id == p.store.id)
        assert session.scalar(sold) == 20
        assert find_violations() == []


def test_goods_at_the_door_are_taken_in_by_one_of_three(
    session: Session, crew: Crew, now: datetime, rounds: Rounds
) -> None:
    for _ in range(rounds(6, 100)):
        p = make_partnership(quantity=1)
        producer = make_keeper(p.stall)
        note = prepare(p, by=producer, quantity=12, now=now)
        send_delivery(note=note, actor_id=producer.id, now=now)
        line = session.scalars(select(DeliveryLine.id).where(DeliveryLine.note_id == note.id)).one()
        clerks = _people(p, now)
        session.commit()
        outcomes = crew.together(
            [
                (goods_jobs.receive, (p.retailer.id, note.number, {line: 12 - at}, by))
                for at, by in enumerate(clerks)
            ]
        )
        assert sum(outcome.refusal is None for outcome in outcomes) == 1, outcomes
        session.rollback()
        received = select(StockEvent.quantity).join(Batch).where(
            Batch.line_id == line, StockEvent.kind == StockEventKind.RECEIVED
        )  # fmt: skip
        won = next(at for at, outcome in enumerate(outcomes) if outcome.refusal is None)
        assert session.scalars(received).all() == [12 - won]


def test_goods_recalled_at_the_door_are_never_sold_as_sound(
    session: Session, crew: Crew, now: datetime, rounds: Rounds, figure: Figure
) -> None:
    """Whoever comes first: the door refuses them, or the recall finds them on the shelf."""
    came = Counter[str]()
    for turn in range(turns := rounds(4, 60)):
        p = make_partnership(quantity=STOCK)
        keeper = make_keeper(p.stall)
        note = prepare(p, by=keeper, now=now)
        send_delivery(note=note, actor_id=keeper.id, now=now)
        session.commit()
        line = session.scalars(select(DeliveryLine).where(DeliveryLine.note_id == note.id)).one()
        door, key = (p.retailer.id, note.number, {line.id: line.sent}), readable_code(16)
        clerk, other, _ = _people(p, now)
        back = (p.stall.id, line.id, key, (keeper.id, now))
        session.commit()
        outcomes = crew.together(
            [
                (goods_jobs.receive, (*door, clerk)),
                (goods_jobs.receive, (*door, other)),
                (goods_jobs.recall, back),
            ]
        )
        session.expire_all()
        batch = session.scalars(select(Batch).where(Batch.line_id == line.id)).one_or_none()
        recalled = [each.batch_id for each in list_recalls(store_id=p.store.id)]
        assert (batch is None) == (line.accepted is None), outcomes
        assert (line.reject_reason or "").startswith("Ditarik") == (batch is None), outcomes
        assert recalled == ([] if batch is None else [batch.id]), (turn, outcomes)
        came["refused" if batch is None else "asked back"] += 1
    figure("goods recalled at the door", turns=turns, **came)


def test_one_press_for_a_delivery_sent_three_times_is_one_note(
    session: Session, crew: Crew, now: datetime
) -> None:
    for turn in range(6):
        p = make_partnership(quantity=1)
        by = (make_keeper(p.stall).id, now)
        session.commit()
        job = (p.stall.id, p.store.slug, p.placement.id, f"kirim-sekali-{turn}", by)
        outcomes = crew.together([(goods_jobs.prepare, job)] * SIZE)
        assert len({outcome.answer for outcome in outcomes}) == 1, outcomes
        session.rollback()
        notes = select(func.count()).where(DeliveryNote.key == f"kirim-sekali-{turn}")
        assert session.scalar(notes) == 1


def test_one_press_for_a_return_sent_three_times_is_one_note(
    session: Session, crew: Crew, now: datetime
) -> None:
    for turn in range(6):
        p = make_partnership(quantity=1)
        clerks = _people(p, now)
        session.commit()
        job = (p.store.id, p.batch.id, f"retur-sekali-{turn}")
        outcomes = crew.together([(goods_jobs.ask_return, (*job, by)) for by in clerks])
        assert len({outcome.answer for outcome in outcomes}) == 1, outcomes
        session.rollback()
        notes = select(func.count()).where(ReturnNote.store_id == p.store.id)
        assert session.scalar(notes) == 1


def test_a_store_is_counted_by_one_at_a_time(
    session: Session, crew: Crew, now: datetime, rounds: Rounds, figure: Figure
) -> None:
    turns = rounds(8, 200)
    for _ in range(turns):
        p = make_partnership()
        clerks = _people(p, now)
        session.commit()
        outcomes = crew.together([(goods_jobs.begin_count, (p.store.id, by)) for by in clerks])
        refusals = sorted(outcome.refusal or "" for outcome in outcomes)
        assert refusals == ["", "CountOpen", "CountOpen"]
    figure("three counts of one batch", turns=turns, counted_twice=0)


def test_looking_first_and_counting_then_opens_two(
    session: Session, crew: Crew, now: datetime
) -> None:
    most = 0
    for _ in range(20):
        p = make_partnership()
        clerks = _people(p, now)
        session.commit()
        jobs = [(p.store.id, f"SO-{readable_code(8)}", by) for by in clerks]
        outcomes = crew.together([(goods_jobs.begin_count_naively, job) for job in jobs])
        most = max(most, sum(outcome.answer for outcome in outcomes))
        if most > 1:
            break
    assert most > 1


def test_a_count_is_written_once(session: Session, crew: Crew, now: datetime) -> None:
    for _ in range(6):
        p = make_partnership()
        count = counts.open_count(store_id=p.store.id, actor_id=p.owner.id, now=now)
        clerks = _people(p, now)
        session.commit()
        outcomes = crew.together(
            [
                (goods_jobs.enter_count, (p.retailer.id, count.number, {p.batch.id: 20 + at}, by))
                for at, by in enumerate(clerks)
            ]
        )
        assert sum(outcome.refusal is None for outcome in outcomes) == 1, outcomes
        won = next(at for at, outcome in enumerate(outcomes) if outcome.refusal is None)
        session.rollback()
        line = session.scalars(select(CountLine.counted).where(CountLine.count_id == count.id))
        assert line.all() == [20 + won]


def test_yes_no_and_the_silence_of_a_producer_at_once(
    session: Session, crew: Crew, now: datetime, rounds: Rounds
) -> None:
    """One answer counts: what was disputed is not lost, what was lost is lost once."""
    later = now + timedelta(days=9)
    for _ in range(rounds(12, 200)):
        p = make_partnership()
        producer = make_keeper(p.stall)
        count = counts.open_count(store_id=p.store.id, actor_id=p.owner.id, now=now)
        counts.enter_count(count=count, counted={p.batch.id: 20}, actor_id=p.owner.id, now=now)
        session.commit()
        mine = (count.number, p.stall.id)
        yes, no, _silence = crew.together(
            [
                (goods_jobs.answer_count, (*mine, "agree", (producer.id, later))),
                (goods_jobs.answer_count, (*mine, "dispute", (producer.id, later))),
                (goods_jobs.agree_for_silent, (later,)),
            ]
        )
        session.rollback()
        session.expire_all()
        found = session.get_one(StockCount, count.id)
        disputed = found.status is CountStatus.DISPUTED
        assert disputed == (no.refusal is None), (yes, no)
        assert not (disputed and yes.refusal is None), (yes, no)
        assert session.get_one(Batch, p.batch.id).lost == (0 if disputed else 4)
        assert find_violations() == []
