"""Stalls as traders open them and an officer sees them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from pol.demo.accounts import HELPER, OFFICER, TRADER
from pol.demo.goods.plan import StallPlan
from pol.demo.world import Shop, World
from pol.identity.rules.phones import phone_number
from pol.identity.services.accounts import register
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.stalls.models import Stall
from pol.stalls.rules import PermitKind
from pol.stalls.services import keepers, stalls

OPENED_BEFORE = timedelta(days=430)
WAITING, REFUSED, AWAY, SUSPENDED = (57, 58), (59,), (23, 41), (46,)
"""Which stalls of the plan wait for the officer, were sent back, rest, or may not sell."""

CLOSED = (*AWAY, *SUSPENDED)

WITH_PERMITS = 4  # every so many stalls show papers


def open_stalls(world: World) -> Iterator[int]:
    """Open every stall of the plan and bring it to where it stands today."""
    for index, plan in enumerate(world.plan.stalls):
        at = world.now - OPENED_BEFORE + timedelta(hours=index % 12, days=index % 6)
        if index in WAITING:
            at = world.now - timedelta(hours=5 + index % 7)
        owner_id, phone = _owner(world, plan, index, at)
        stall = _open(world, plan, owner_id, phone, at)
        _add_papers(stall, owner_id, index, at)
        _send_in(world, stall, owner_id, index, at)
        pickup = stall.pickup_at_stall
        shop = Shop(stall.id, stall.name, owner_id, stall.market_id, pickup)
        shop.is_selling = index not in (*WAITING, *REFUSED, *AWAY, *SUSPENDED)
        world.shops.append(shop)
        yield 1


def _owner(world: World, plan: StallPlan, index: int, at: datetime) -> tuple[int, str]:
    """Return id and phone of the owner; the demo trader owns the first stall."""
    if index == 0:
        return world.people[TRADER], TRADER.phone
    number = phone_number(plan.phone)
    owner_id = register(
        phone=number, name=plan.owner, hashed=world.hashed, now=at, village_code=plan.village_code
    )
    return owner_id, number


def _open(world: World, plan: StallPlan, owner_id: int, phone: str, at: datetime) -> Stall:
    stall = stalls.open_stall(
        market_id=world.markets[plan.market.slug],
        owner_id=owner_id,
        name=plan.name,
        phone=phone,
        now=at,
        block=plan.number[:1] if plan.number else None,
        number=plan.number[1:] if plan.number else None,
        village_code=plan.village_code,
        address=plan.address,
        about=plan.about,
    )
    stalls.set_hours(
        stall=stall,
        opens_minute=plan.opens_minute,
        closes_minute=plan.closes_minute,
        actor_id=owner_id,
        now=at,
    )
    return stall


def _add_papers(stall: Stall, owner_id: int, index: int, at: datetime) -> None:
    if index % WITH_PERMITS:
        return
    year = timedelta(days=365)
    for kind, number, lasts in (
        (PermitKind.NIB, f"00000000{index:05}", None),
        (PermitKind.P_IRT, f"2.06.3524.01.{index:04}-30", business_day(at) + 4 * year),
        (PermitKind.HALAL, f"ID35410000{index:06}", business_day(at) + 3 * year),
    )[: 1 + index % 3]:
        keepers.add_permit(
            stall_id=stall.id, kind=kind, number=number, expires_on=lasts, actor_id=owner_id, now=at
        )


def _send_in(world: World, stall: Stall, owner_id: int, index: int, at: datetime) -> None:
    officer_id = world.people[OFFICER]
    stalls.submit_stall(stall=stall, actor_id=owner_id, now=at)
    seen_at = at + timedelta(hours=3)
    if index in WAITING:
        return
    if index in REFUSED:
        reason = "Nomor lapak tidak cocok dengan denah pasar. Tulis nomor yang tertera di tiang."
        stalls.refuse_stall(stall=stall, officer_id=officer_id, reason=reason, now=seen_at)
        return
    stalls.verify_stall(stall=stall, officer_id=officer_id, now=seen_at)
    if index == 0:
        keepers.add_helper(stall=stall, phone=HELPER.phone, actor_id=owner_id, now=seen_at)


def close_some(world: World) -> Iterator[int]:
    """Let some stalls rest and one be suspended, as an officer finds them today."""
    for index in AWAY:
        _rest(world, index)
        yield 1
    for index in SUSPENDED:
        stalls.suspend_stall(
            stall=_stall(world, index),
            officer_id=world.people[OFFICER],
            reason="Timbangan belum ditera ulang. Buka lagi setelah ditera.",
            now=world.now - timedelta(days=1),
        )
        yield 1


def _rest(world: World, index: int) -> None:
    today = business_day(world.now)
    stalls.set_vacation(
        stall=_stall(world, index),
        vacation_from=today - timedelta(days=1),
        vacation_until=today + timedelta(days=4),
        actor_id=world.shops[index].owner_id,
        now=world.now - timedelta(days=2),
    )


def _stall(world: World, index: int) -> Stall:
    return db.session.get_one(Stall, world.shops[index].id)
