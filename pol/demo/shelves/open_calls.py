"""Calls in every state that a visitor can try, with applications at every step."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from pol.demo.accounts import DINAS
from pol.demo.shelves import by_hand, calls
from pol.demo.shelves.calls import CallPlan
from pol.demo.shelves.stores import Goods, House
from pol.demo.world import World
from pol.kernel.localtime import business_day
from pol.partnership.agreements.services.drafting import accept_offer
from pol.partnership.allocation.models import Offer
from pol.partnership.allocation.queries.offers import list_offers_of_stall, lock_offer_of_stall
from pol.partnership.allocation.rules.statuses import OfferStatus
from pol.partnership.allocation.services import offers
from pol.partnership.applications.services import applying, curation, screening
from pol.partnership.slots.models import SlotCall
from pol.partnership.slots.rules import CoopForm
from pol.partnership.slots.rules import GoodsCategory as G
from pol.partnership.slots.services import call_life
from pol.partnership.slots.services.calls import look_again

STEPS = 8
LASTING = (0, 2, 4, 5, 9, 10, 12)
"""Food whose permits hold until the end of the new calls."""

FINED = (
    "Pesanan tenun sering berhenti di tengah musim, jadi denda kurang kirim kami naikkan dulu. "
    "Ditinjau lagi sesudah tiga bulan berjalan."
)
"""Why a fine is larger than the rules allow."""


def play(world: World, houses: list[House], sheets: list[Goods]) -> Iterator[int]:
    """Leave calls in every state; yield 1 after each."""
    at = world.now - timedelta(days=12)
    _open(world, houses[0], sheets, at)
    yield 1
    _for_crafts(world, houses[3], sheets, at)
    yield 1
    _in_curation(world, houses[1], sheets, world.now - timedelta(days=4))
    yield 1
    _offered(world, houses[2], sheets, at)
    yield 1
    _computed(world, houses[0], sheets, at)
    yield 1
    outright = plan(world, "Beli putus oleh-oleh Lebaran", form=CoopForm.OUTRIGHT)
    calls.begin(houses[4], outright, at)
    yield 1
    _cancelled(world, houses[5], at)
    yield 1
    rent = plan(world, "Sewa rak pojok Karangbinangun", form=CoopForm.RENT, rent=50_000)
    look_again(calls.draft(houses[6], rent, at), now=at)
    yield 1


def plan(world: World, title: str, **other: Any) -> CallPlan:
    """Return a call for the months after next, in a few stores, on a board that is empty then."""
    today = business_day(world.now)
    values: dict[str, Any] = {
        "from_on": today + timedelta(days=50),
        "until_on": today + timedelta(days=230),
        "closes_at": world.now + timedelta(days=14),
        "most_stores": 3,
    }
    return CallPlan(title=title, **values | other)


def _open(world: World, house: House, sheets: list[Goods], at: datetime) -> None:
    """Take applications: some sent, one still being written, one taken back."""
    call = calls.draft(house, plan(world, "Rak camilan dekat kasir"), at)
    calls.publish(house, call, at)
    for days, goods in enumerate((sheets[5], sheets[4], sheets[12])):
        calls.apply(call, goods, world.now - timedelta(days=days, hours=5))
    calls.write(call, sheets[10], world.now - timedelta(hours=3))
    back = calls.apply(call, sheets[9], at + timedelta(days=1))
    owner_id = sheets[9].shop.owner_id
    applying.withdraw(application=back, actor_id=owner_id, now=at + timedelta(days=4))


def _for_crafts(world: World, house: House, sheets: list[Goods], at: datetime) -> None:
    """Look for crafts only, so that most products do not fit, and say why one rule is not kept."""
    crafts = plan(
        world,
        "Pojok tenun dan anyaman",
        kinds=(G.KERAJINAN,),
        permits=("nib",),
        margin_bp=2_000,
        short_fine_bp=200,
    )
    call = calls.draft(house, crafts, at)
    calls.publish(house, call, at + timedelta(days=3), reason=FINED)
    calls.apply(call, sheets[8], world.now - timedelta(hours=30))


def _in_curation(world: World, house: House, sheets: list[Goods], at: datetime) -> None:
    """Let applications stand at every step of curation."""
    call = calls.draft(house, plan(world, "Rak pesisir utara"), at)
    calls.publish(house, call, at)
    chosen = [sheets[index] for index in LASTING]
    found = [calls.apply(call, goods, at + timedelta(days=1)) for goods in chosen]
    officer, later = world.people[DINAS], at + timedelta(days=2)
    screening.take(application=found[1], actor_id=officer, now=later)
    for application in found[2:]:
        calls.screen(world, application, later)
    for application, goods in zip(found[3:], chosen[3:], strict=True):
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
    for application in found[5:]:
        curation.let_pass(application=application, actor_id=house.owner_id, now=later)


def _closed(
    world: World, house: House, sheets: list[Goods], title: str, at: datetime, **other: Any
) -> SlotCall:
    details = plan(world, title, closes_at=at + timedelta(days=9), **other)
    call = calls.draft(house, details, at)
    calls.publish(house, call, at)
    calls.pass_all(world, house, call, sheets, at + timedelta(days=1), least=2)
    call_life.close_call(call=call, actor_id=house.owner_id, now=at + timedelta(days=10))
    return call


def _offered(world: World, house: House, sheets: list[Goods], at: datetime) -> None:
    """Leave offers that wait for an answer, were taken or turned down, and a queue."""
    chosen = [sheets[index] for index in LASTING]
    call = _closed(world, house, chosen, "Rak selatan Lamongan", at)
    run = calls.compute(house, call, at + timedelta(days=11))
    calls.fix(house, call, run, at + timedelta(days=11))
    for goods, answer in ((chosen[1], accept_offer), (chosen[2], offers.decline)):
        for offer in _offers_of(goods):
            answer(offer=offer, actor_id=goods.shop.owner_id, now=at + timedelta(days=11, hours=9))


def _offers_of(goods: Goods) -> list[Offer]:
    return [
        lock_offer_of_stall(number=row.number, stall_id=goods.shop.id)
        for row in list_offers_of_stall(stall_id=goods.shop.id)
        if row.status is OfferStatus.OFFERED and row.product == goods.plan.name
    ]


def _computed(world: World, house: House, sheets: list[Goods], at: datetime) -> None:
    """Leave a computed result in which one thing was moved by hand; it waits for a look again."""
    chosen = [sheets[index] for index in LASTING]
    call = _closed(world, house, chosen, "Rak Lamongan tahun kedua", at, board=1)
    run = calls.compute(house, call, at + timedelta(days=11))
    by_hand.change_one(house, run, at + timedelta(days=11, hours=5))


def _cancelled(world: World, house: House, at: datetime) -> None:
    call = calls.draft(house, plan(world, "Rak minuman dingin"), at)
    calls.publish(house, call, at)
    call_life.cancel_call(
        call=call,
        reason="Lemari pendinginnya rusak dan baru diganti bulan depan.",
        actor_id=house.owner_id,
        now=at + timedelta(days=3),
    )
