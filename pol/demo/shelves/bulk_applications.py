"""Products of the regency's market on sheets, and their applications, each through to a pass."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import select

from pol.catalogue.models import Product
from pol.demo.accounts import DINAS
from pol.demo.shelves.bulk_rows import Rows
from pol.demo.shelves.calls import NOTES
from pol.demo.shelves.goods import SheetPlan
from pol.demo.shelves.stores import House, permits_of
from pol.demo.world import World
from pol.kernel.bulk import moment_text
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.partnership.applications.models import (
    Application,
    ApplicationStep,
    ApplicationStore,
    CurationScore,
    ProductSheet,
    SheetPermit,
    StoreCode,
)
from pol.partnership.applications.queries.calls import list_criteria
from pol.partnership.applications.rules import ApplicationStatus
from pol.partnership.applications.rules.gtin import own_number
from pol.partnership.applications.rules.scores import Criterion, weighted_mean
from pol.partnership.slots.models import SlotCall
from pol.regions.rules import kecamatan_of

A = ApplicationStatus
PATH = (A.DRAFT, A.SUBMITTED, A.SCREENING, A.CURATION, A.PASSED)
WISHES = (1, 2, 3, 5, 8, 12)
FIRST_PERMIT = 1_000
NARROW_MM = 140
"""Nobody asks for a single facing of something narrower."""


@dataclass(frozen=True)
class Ware:
    """A product sheet with its producer."""

    sheet_id: int
    stall_id: int
    owner_id: int
    plan: SheetPlan


def write_sheets(
    world: World, rows: Rows, found: Iterable[tuple[int, SheetPlan]], owners: dict[int, int],
    at: datetime,
) -> list[Ware]:  # fmt: skip
    """Write a sheet with its permits for each of these products."""
    found_keys = db.session.execute(select(Product.id, Product.picture_key))
    pictures = {product_id: key for product_id, key in found_keys}  # noqa: C416 - Rows
    wares, today, moment = [], business_day(world.now), moment_text(at)
    for number, plan in found:
        sheet_id, stall_id = rows.next(ProductSheet), plan.shop + 1
        wares.append(Ware(sheet_id, stall_id, owners[stall_id], plan))
        rows.add(
            ProductSheet,
            *(sheet_id, rows.number("LP", business_day(at)), stall_id, number, plan.name, ""),
            *(plan.category.value, *plan.size, plan.weight_g, plan.life_days),
            *(plan.capacity_week, plan.price, pictures[number], True, moment, moment),
        )
        for permit in permits_of(plan, FIRST_PERMIT + sheet_id, today):
            ends = permit.expires_on.isoformat() if permit.expires_on else None
            rows.add(SheetPermit, sheet_id, permit.kind.value, permit.number, ends, moment)
    return wares


def apply_all(
    world: World, rows: Rows, house: House, call: SlotCall, wares: Sequence[Ware], at: datetime
) -> None:
    """Let these apply for some stores each, be screened, scored and passed."""
    criteria, buyer_id = list_criteria(call_id=call.id), house.buyer_id
    officer_id = world.people[DINAS]
    moments = [at + timedelta(days=days) for days in range(len(PATH))]
    for ware in wares:
        rng = Random(f"{house.plan.name} {ware.sheet_id}")  # noqa: S311 - a play
        application_id = rows.next(Application)
        actors = (ware.owner_id, ware.owner_id, officer_id, officer_id, buyer_id)
        steps = list(zip(PATH, moments, actors, strict=True))
        points = {one.criterion_id: rng.randint(60, 97) for one in criteria}
        score = weighted_mean(criteria, points)
        rows.add(
            Application,
            *_application(world, rows, ware, call, application_id, at),
            *(ware.plan.demand * 1_000, score),
            *(moment_text(moments[place]) for place in (0, 1, 3)),
            *(officer_id, moment_text(moments[4]), buyer_id),
        )
        _wish(rows, house, application_id, rng)
        before: str | None = None
        for status, moment, actor_id in steps:
            rows.add(
                ApplicationStep, application_id, moment_text(moment), actor_id, before, status.value
            )
            before = status.value
        _score(rows, application_id, criteria, points, moments[3], buyer_id)
        rows.add(
            StoreCode, house.retailer.id, own_number(ware.sheet_id), ware.sheet_id,
            moment_text(moments[4]),
        )  # fmt: skip


def _application(
    world: World, rows: Rows, ware: Ware, call: SlotCall, application_id: int, at: datetime
) -> tuple[str | int, ...]:
    plan, village = ware.plan, world.plan.stalls[ware.stall_id - 1].village_code
    least = 2 if plan.size[0] < NARROW_MM else 1
    return (
        *(application_id, rows.number("PJ", business_day(at)), call.id, ware.sheet_id),
        *(ware.stall_id, kecamatan_of(village), A.PASSED.value, plan.category.value),
        *(*plan.size, plan.weight_g, plan.life_days, least, least + ware.sheet_id % 2),
        *(plan.capacity_week, plan.price, ""),
    )


def _wish(rows: Rows, house: House, application_id: int, rng: Random) -> None:
    """Wish for some stores, near ones first: their neighbours in the list are near."""
    count = min(rng.choice(WISHES), len(house.stores))
    for wish, store in enumerate(rng.sample(house.stores, count), 1):
        rows.add(ApplicationStore, application_id, store.id, wish)


def _score(
    rows: Rows, application_id: int, criteria: Sequence[Criterion], points: dict[int, int],
    at: datetime, buyer_id: int,
) -> None:  # fmt: skip
    for one in criteria:
        rows.add(
            CurationScore, application_id, one.criterion_id, points[one.criterion_id],
            NOTES[one.name], moment_text(at), buyer_id,
        )  # fmt: skip
