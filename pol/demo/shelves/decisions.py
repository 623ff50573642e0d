"""What both sides and the Dinas decide these days: renewals, notices, reminders to stores."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta

from sqlalchemy import select

from pol.demo.accounts import DINAS
from pol.demo.shelves import by_hand, calls
from pol.demo.shelves.stores import House
from pol.demo.shelves.year import Lived
from pol.demo.world import World
from pol.kernel.db import db
from pol.kernel.errors import Refused
from pol.kernel.localtime import business_day
from pol.partnership.agreements.models import Agreement
from pol.partnership.agreements.services import ending, following
from pol.partnership.settlement.models import Renewal
from pol.partnership.settlement.rules import RenewalKind as Kind
from pol.partnership.settlement.services import letters, renewing
from pol.partnership.settlement.services.renewing import Wish
from pol.partnership.slots.models import Fixture, Placement, Store
from pol.partnership.slots.rules import Bearer, FixtureStatus, PlacementStatus
from pol.partnership.slots.services import follow_ups, shelves

STEPS = 3
ROUND = "Penjualannya naik terus sejak Lebaran, kami ingin lanjut setahun lagi."
WIDER = "Rak kosong tiap akhir pekan; minta satu muka lagi."
NARROWER = "Produksi kami sedang dikurangi; satu muka lebih sedikit sudah cukup."
FREED = "Produknya berhenti dibuat, jadi ruangnya kami kembalikan."


def play(world: World, years: Sequence[Lived], houses: list[House]) -> Iterator[int]:
    """Leave proposals and reminders in every state; yield 1 after each kind."""
    for year in years:
        year.purse.quarrel(world.people[DINAS])
    yield 1
    _renewals(years)
    yield 1
    _reminders(world, houses)
    if houses[0].spare:
        _rebuild(houses[0], world.now)
    yield 1


def _places(year: Lived) -> list[Placement]:
    return list(
        db.session.scalars(
            select(Placement)
            .join(Store, Store.id == Placement.store_id)
            .where(
                Store.retailer_id == year.house.retailer.id,
                Placement.status == PlacementStatus.LIVE,
                Placement.until_on > business_day(year.now),
            )
            .order_by(Placement.id)
        )
    )


def _one_of_each(year: Lived, until_on: date) -> list[Placement]:
    """Return a place of each product that was promised to nobody else before that day."""
    free = [place for place in _places(year) if _may_go_on(place, until_on)]
    return list({place.sheet_id: place for place in reversed(free)}.values())


def _may_go_on(place: Placement, until_on: date) -> bool:
    try:
        following.check_renewable(placement=place, until_on=until_on)
    except Refused:
        return False
    return True


def _other_size(place: Placement, now: datetime) -> int | None:
    """Return how many facings a place may have instead: one more, or else one less."""
    for facings in (place.facings + 1, place.facings - 1):
        with suppress(Refused):
            following.check_resizable(placement=place, facings=facings, now=now)
            return facings
    return None


def _ask_for_size(year: Lived, place: Placement) -> None:
    facings = _other_size(place, year.now)
    if facings is not None:
        words = WIDER if facings > place.facings else NARROWER
        _ask(year, place, Wish(Kind.RESIZE, words, facings=facings), Bearer.PRODUCER, 2)


def _renewals(years: Sequence[Lived]) -> None:
    """Let places be held on, resized, moved or given back, and some questions go unanswered."""
    first, second, *_ = years
    now, next_year = first.now, business_day(first.now) + timedelta(days=365)
    places = sorted(_places(first), key=lambda place: not _may_go_on(place, next_year))
    _ask(first, places[0], Wish(Kind.RENEW, ROUND, until_on=next_year), Bearer.RETAILER, 1)
    no = _ask(first, places[1], Wish(Kind.RENEW, ROUND, until_on=next_year), Bearer.PRODUCER, 6)
    rest = sorted(places[2:], key=lambda place: _other_size(place, now) is None)
    _ask_for_size(first, rest[0])
    late = _ask(first, rest[1], Wish(Kind.FREE, FREED), Bearer.PRODUCER, 30)
    by_hand.move_one(first, rest[2:])
    renewing.lapse_renewals(now=now)
    assert late.answered_at is not None
    renewing.decline(
        renewal=no,
        placement=places[1],
        by=Bearer.RETAILER,
        words="Ambalan ini kami tata ulang. Silakan ikut pembukaan “Rak Lamongan tahun kedua”.",
        actor_id=first.house.owner_id,
        now=now - timedelta(days=2),
    )
    drafts = [_hold_on(second, place, next_year) for place in _one_of_each(second, next_year)]
    _sign_some(second, drafts)
    for place in _one_of_each(years[-1], next_year):
        _hold_on(years[-1], place, next_year)
    _give_notice(years[2])
    letters.write_vacating_letters(now=now - timedelta(days=2))


def _ask(year: Lived, place: Placement, wish: Wish, by: Bearer, days: int) -> Renewal:
    actor_id = year.owners[place.stall_id] if by is Bearer.PRODUCER else year.house.owner_id
    at = year.now - timedelta(days=days)
    return renewing.ask(placement=place, wish=wish, by=by, actor_id=actor_id, now=at)


def _hold_on(year: Lived, place: Placement, until_on: date) -> Agreement:
    """Agree on more time; return the draft of what follows."""
    wish = Wish(Kind.RENEW, ROUND, until_on=until_on)
    renewal = _ask(year, place, wish, Bearer.PRODUCER, 8)
    renewing.agree(
        renewal=renewal,
        placement=place,
        by=Bearer.RETAILER,
        actor_id=year.house.owner_id,
        now=year.now - timedelta(days=4),
    )
    return db.session.scalars(
        select(Agreement).where(Agreement.follows_id == place.agreement_id)
    ).one()


def _sign_some(year: Lived, drafts: Sequence[Agreement]) -> None:
    """Let both sides sign what follows, but for one that is called off and one that waits."""
    off, _waits, *rest = drafts
    ending.call_off(
        agreement=off,
        reason="Kapasitas produksi kami tahun depan tidak cukup untuk toko ini.",
        actor_id=year.owners[off.stall_id],
        now=year.now - timedelta(days=3),
    )
    for draft in rest:
        owner_id = year.owners[draft.stall_id]
        calls.sign_both(year.house, draft.number, owner_id, year.now - timedelta(days=3))


def _give_notice(year: Lived) -> None:
    """Let a producer end an agreement before its time."""
    place = _places(year)[0]
    ending.give_notice(
        agreement=db.session.get_one(Agreement, place.agreement_id),
        last_day=business_day(year.now) + timedelta(days=32),
        reason="Bahan bakunya naik, harga lama tidak menutup ongkos.",
        actor_id=year.owners[place.stall_id],
        now=year.now - timedelta(days=1),
    )


def _reminders(world: World, houses: list[House]) -> None:
    """Ask two stores for a place: one has answered and may be closed, one was closed long ago."""
    officer_id, now = world.people[DINAS], world.now
    waits, was = houses[-2].stores[0], houses[2].stores[0]
    asked = follow_ups.follow_up(
        store=waits,
        text="Toko Anda belum memberi ruang bagi produk UMKM Lamongan. Mohon dibuka paling sedikit "
        "satu ambalan setinggi mata.",
        due_on=business_day(now) + timedelta(days=5),
        officer_id=officer_id,
        now=now - timedelta(days=9),
    )
    follow_ups.answer_follow_up(
        asked=asked,
        text="Syarat sewa raknya sedang kami susun, minggu depan kami umumkan.",
        actor_id=houses[-2].owner_id,
        now=now - timedelta(days=4),
    )
    done = follow_ups.follow_up(
        store=was,
        text="Kapan rak UMKM di toko ini dibuka?",
        due_on=business_day(now) - timedelta(days=380),
        officer_id=officer_id,
        now=now - timedelta(days=400),
    )
    follow_ups.close_follow_up(asked=done, officer_id=officer_id, now=now - timedelta(days=350))


def _rebuild(house: House, now: datetime) -> None:
    """Take away a gondola for two weeks."""
    rebuilt = db.session.scalars(
        select(Fixture)
        .where(Fixture.store_id == house.stores[1].id)
        .order_by(Fixture.position.desc())
    ).first()
    assert rebuilt is not None
    shelves.set_fixture_status(
        fixture=rebuilt,
        status=FixtureStatus.REFIT,
        from_on=business_day(now) - timedelta(days=3),
        until_on=business_day(now) + timedelta(days=11),
        reason="Papan ambalan diganti dengan yang lebih kuat.",
        actor_id=house.owner_id,
        now=now - timedelta(days=5),
    )
