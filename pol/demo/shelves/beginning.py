"""How a year on the shelves began: a call, its decision, and agreements that both sides signed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from pol.demo.shelves import calls, seasons
from pol.demo.shelves.calls import CallPlan
from pol.demo.shelves.plan import Habits
from pol.demo.shelves.stores import Goods, House
from pol.demo.world import World
from pol.kernel.localtime import business_day
from pol.partnership.allocation.services import offers
from pol.partnership.slots.services import call_life

TRIED_IN, TRIED = "Segoro Swalayan (contoh)", (3, 4, 5, 9, 11, 12, 13)
"""Who tried a shelf for some weeks first, and with what."""


def begin_year(world: World, house: House, sheets: list[Goods], at: datetime) -> None:
    """Open, fill and sign what stands on a retailer's shelves until soon after today."""
    habits, plan = _habits(house), plan_year(world, house, at)
    _go_through(world, house, plan, [sheets[index] for index in habits.sheets], at)
    if house.plan.name == TRIED_IN:
        first = plan.from_on + timedelta(days=28)
        trial = replace(
            plan,
            title="Rak percobaan dua bulan",
            from_on=first,
            until_on=first + timedelta(days=63),
            boards=(habits.boards, habits.boards + 1),
        )
        tried = [sheets[index] for index in TRIED]
        _go_through(world, house, trial, tried, at, least=2, silent=1)


def plan_year(world: World, house: House, at: datetime) -> CallPlan:
    """Return the call that a retailer opened a year ago."""
    habits, today = _habits(house), business_day(world.now)
    since = today - timedelta(days=7 * seasons.WEEKS)
    return CallPlan(
        title=f"Rak Lamongan {since.year}: setahun bersama UMKM",
        form=habits.form,
        from_on=since,
        until_on=today + timedelta(days=habits.ends_in_days),
        closes_at=at + timedelta(days=20),
        boards=(0, habits.boards),
        margin_bp=habits.margin_bp,
        payment_days=habits.payment_days,
        settle_every_days=7 * habits.settle_weeks,
        rent=habits.rent,
    )


def _habits(house: House) -> Habits:
    assert house.plan.habits is not None
    return house.plan.habits


def _go_through(
    world: World, house: House, plan: CallPlan, sheets: Sequence[Goods], at: datetime, *,
    least: int = 1, silent: int = 0,
) -> None:  # fmt: skip
    """Let these apply and pass, and all but the first silent ones sign what they are offered."""
    call = calls.draft(house, plan, at)
    calls.publish(house, call, at + timedelta(days=1))
    calls.pass_all(world, house, call, sheets, at + timedelta(days=3), least=least)
    closed = at + timedelta(days=19)
    call_life.close_call(call=call, actor_id=house.owner_id, now=closed)
    run = calls.compute(house, call, closed)
    calls.fix(house, call, run, closed + timedelta(days=1))
    calls.accept_all(house, sheets[silent:], closed + timedelta(days=2))
    for days in range(8, 8 * 6, 6):
        offers.lapse_offers(now=closed + timedelta(days=days))
    call_life.finish_call(call=call, actor_id=None, now=closed + timedelta(days=9))
