"""The shelf partnership in order: houses, a year of one chain, and calls in every other state."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from pol.demo.accounts import DINAS
from pol.demo.pictures import Album, Sketch
from pol.demo.shelves import calls
from pol.demo.shelves.calls import CallPlan
from pol.demo.shelves.plan import RETAILERS, SHEETS
from pol.demo.shelves.stores import Goods, House, open_houses, write_sheets
from pol.demo.shelves.year import Year
from pol.demo.world import World
from pol.kernel.localtime import business_day
from pol.partnership.applications.services import curation, screening
from pol.partnership.slots.models import SlotCall
from pol.partnership.slots.rules import CoopForm
from pol.partnership.slots.services import call_life
from pol.partnership.slots.services.calls import look_again

LONG_AGO = timedelta(days=410)
WEEKS = 50
STEPS = len(RETAILERS) + 1 + 1 + WEEKS + 1 + 7
PICTURES: tuple[Sketch, ...] = tuple(sorted({(plan.motif, 0) for plan in SHEETS}))


def play(world: World, album: Album) -> Iterator[int]:
    """Live through it all; yield 1 after each step."""
    at = world.now - LONG_AGO
    houses: list[House] = []
    for house in open_houses(world, at):
        houses.append(house)
        yield 1
    sheets = write_sheets(world, album, at + timedelta(days=1))
    yield 1
    since = business_day(world.now) - timedelta(days=7 * WEEKS)
    _begin_year(world, houses[0], sheets, at)
    yield 1
    year = Year(houses[0], sheets, since, world.now)
    yield from year.weeks()
    year.quarrel()
    yield 1
    yield from _today(world, houses, sheets)


def _plan(world: World, title: str, **other: object) -> CallPlan:
    today = business_day(world.now)
    values: dict[str, object] = {
        "form": CoopForm.CONSIGNMENT,
        "from_on": today + timedelta(days=50),
        "until_on": today + timedelta(days=230),
        "closes_at": world.now + timedelta(days=14),
        "boards": 1,
    }
    return CallPlan(title=title, **values | other)  # type: ignore[arg-type]


def _begin_year(world: World, house: House, sheets: list[Goods], at: datetime) -> None:
    """Open, fill and sign what stands on the first chain's shelves until soon after today."""
    today = business_day(world.now)
    plan = _plan(
        world,
        "Rak Lamongan: setahun bersama UMKM",
        from_on=today - timedelta(days=7 * WEEKS),
        until_on=today + timedelta(days=45),
        closes_at=at + timedelta(days=20),
        boards=3,
    )
    call = calls.draft(house, plan, at + timedelta(days=2))
    calls.publish(house, call, at + timedelta(days=3))
    _pass(world, house, call, sheets[:8], at + timedelta(days=5))
    closed = at + timedelta(days=21)
    call_life.close_call(call=call, actor_id=house.owner_id, now=closed)
    run = calls.compute(house, call, closed)
    calls.fix(house, call, run, closed + timedelta(days=1))
    calls.accept_all(house, sheets[:8], closed + timedelta(days=2))
    call_life.finish_call(call=call, actor_id=None, now=closed + timedelta(days=30))


def _pass(world: World, house: House, call: SlotCall, sheets: list[Goods], at: datetime) -> None:
    """Let these apply and pass."""
    for goods in sheets:
        application = calls.apply(house, call, goods, at)
        calls.screen(world, application, at + timedelta(days=1))
        calls.score(house, application, goods, at + timedelta(days=2))
        curation.let_pass(
            application=application, actor_id=house.owner_id, now=at + timedelta(days=3)
        )


def _today(world: World, houses: list[House], sheets: list[Goods]) -> Iterator[int]:
    """Leave calls in every state for visitors to try."""
    at = world.now - timedelta(days=12)
    open_call = calls.draft(houses[0], _plan(world, "Rak camilan dekat kasir"), at)
    calls.publish(houses[0], open_call, at)
    for goods in sheets[8:]:
        calls.apply(houses[0], open_call, goods, at + timedelta(days=2))
    yield 1
    _in_curation(world, houses[1], sheets, at)
    yield 1
    _offered(world, houses[2], sheets, at)
    yield 1
    _computed(world, houses[3], sheets, at)
    yield 1
    outright = _plan(world, "Beli putus oleh-oleh Lebaran", form=CoopForm.OUTRIGHT)
    calls.draft(houses[4], outright, at)
    yield 1
    cancelled = calls.draft(houses[5], _plan(world, "Rak minuman dingin"), at)
    calls.publish(houses[5], cancelled, at)
    call_life.cancel_call(
        call=cancelled,
        reason="Lemari pendinginnya rusak dan baru diganti bulan depan.",
        actor_id=houses[5].owner_id,
        now=at + timedelta(days=3),
    )
    yield 1
    rent = _plan(world, "Sewa rak pojok Deket", form=CoopForm.RENT)
    checked = calls.draft(houses[6], rent, at)
    look_again(checked, now=at)
    yield 1


def _in_curation(world: World, house: House, sheets: list[Goods], at: datetime) -> None:
    """Let applications stand at every step of curation."""
    call = calls.draft(house, _plan(world, "Rak pesisir utara"), at)
    calls.publish(house, call, at)
    found = [calls.apply(house, call, goods, at + timedelta(days=1)) for goods in sheets[:6]]
    officer, later = world.people[DINAS], at + timedelta(days=2)
    screening.take(application=found[1], actor_id=officer, now=later)
    for application in found[2:]:
        calls.screen(world, application, later)
    for application, goods in zip(found[3:], sheets[3:6], strict=True):
        calls.score(house, application, goods, later)
    curation.ask_repair(
        application=found[3],
        reason="Isinya bagus, labelnya belum lengkap.",
        items=["Tulis tanggal kedaluwarsa di kemasan", "Tambahkan berat bersih"],
        actor_id=house.owner_id,
        now=later,
    )
    curation.refuse(
        application=found[4],
        reason="Rasanya mirip dengan dua produk yang sudah ada di rak ini.",
        actor_id=house.owner_id,
        now=later,
    )
    curation.let_pass(application=found[5], actor_id=house.owner_id, now=later)


def _closed(world: World, house: House, sheets: list[Goods], title: str, at: datetime) -> SlotCall:
    plan = _plan(world, title, closes_at=at + timedelta(days=9))
    call = calls.draft(house, plan, at)
    calls.publish(house, call, at)
    _pass(world, house, call, sheets, at + timedelta(days=1))
    call_life.close_call(call=call, actor_id=house.owner_id, now=at + timedelta(days=10))
    return call


def _offered(world: World, house: House, sheets: list[Goods], at: datetime) -> None:
    """Leave offers that wait for an answer, and a waiting list."""
    call = _closed(world, house, sheets, "Rak selatan Lamongan", at)
    run = calls.compute(house, call, at + timedelta(days=11))
    calls.fix(house, call, run, at + timedelta(days=11))


def _computed(world: World, house: House, sheets: list[Goods], at: datetime) -> None:
    """Leave a computed result that its buyer has not looked at."""
    call = _closed(world, house, sheets[:6], "Rak ibu-ibu Lamongan", at)
    calls.compute(house, call, at + timedelta(days=11))
