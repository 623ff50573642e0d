"""The input of an allocation, made from a call and the applications that passed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select

from pol.kernel.db import db
from pol.partnership.allocation.models import AllocationRun
from pol.partnership.allocation.queries.standing import list_standing
from pol.partnership.allocation.rules.instance import Application as Wish
from pol.partnership.allocation.rules.instance import Instance
from pol.partnership.allocation.rules.instance import Shelf as Board
from pol.partnership.allocation.rules.standing import most_at_once, widest_free
from pol.partnership.applications.models import Application, ApplicationStore
from pol.partnership.applications.rules import ApplicationStatus
from pol.partnership.applications.rules.demand import milli_units
from pol.partnership.slots.models import CallSpan, Fixture, Shelf, SlotCall, Store


def count_passed(*, call_id: int) -> int:
    """Return how many applications to a call have passed curation."""
    found = db.session.scalar(
        select(func.count())
        .select_from(Application)
        .where(Application.call_id == call_id, Application.status == ApplicationStatus.PASSED)
    )
    return found or 0


def build_instance(call: SlotCall) -> Instance:
    """Return a call as the solver wants it: codes are ids, names are words for people.

    A shelf is the free part of the span that the call offers of it; positions count from its left
    edge, and the shelves of a store come from the floor up. What stands beside, or is on offer
    there, weighs on the same board. One unit is worth what its producer gets of it: the price less
    the store's margin.
    """
    stores = db.session.execute(
        select(Store.id, Store.name)
        .join(Shelf, Shelf.store_id == Store.id)
        .join(CallSpan, CallSpan.shelf_id == Shelf.id)
        .where(CallSpan.call_id == call.id)
        .distinct()
        .order_by(Store.id)
    ).all()
    offered = _offered(call)
    return Instance(
        name=call.number,
        gap_mm=call.gap_mm,
        per_producer_per_store=call.per_producer_per_store,
        kecamatan_floor=call.kecamatan_floor,
        floor_penalty=call.floor_penalty.amount,
        stores=tuple(str(store_id) for store_id, _ in stores),
        shelves=tuple(each.board for each in offered),
        applications=_wishes(call, {store_id for store_id, _ in stores}),
        names={each.board.id: each.name for each in offered}
        | {str(store_id): name for store_id, name in stores},
        lefts={each.board.id: each.left for each in offered},
    )


def is_same_problem(one: Instance, other: Instance) -> bool:
    """Say whether two inputs ask the same, whatever their shelves and stores are called."""
    return replace(one, names={}, sha256="") == replace(other, names={}, sha256="")


@dataclass(frozen=True)
class Offered:
    """What a call offers of one shelf: a board from `left` millimetres on, and its name."""

    board: Board
    left: int
    name: str


def _offered(call: SlotCall) -> list[Offered]:
    rows = db.session.execute(
        select(CallSpan, Shelf, Fixture.code)
        .join(Shelf, Shelf.id == CallSpan.shelf_id)
        .join(Fixture, Fixture.id == Shelf.fixture_id)
        .where(CallSpan.call_id == call.id)
        .order_by(Shelf.store_id, Shelf.bottom_mm, Shelf.id)
    ).all()
    standing = list_standing(call)
    found = []
    for span, shelf, code in rows:
        here = standing.get(shelf.id, [])
        right = min(span.x_mm + span.width_mm, shelf.width_mm)
        left, width = widest_free(here, left=span.x_mm, right=right, gap_mm=call.gap_mm)
        if width > 0:
            board = _board(call, shelf, width, most_at_once(here))
            found.append(Offered(board, left, f"Ambalan {code}-{shelf.number}"))
    return found


def board_code(shelf_id: int) -> str:
    """Return what a shelf is called in an instance; stores are plain numbers there."""
    return f"R{shelf_id}"


def shelf_of(code: str) -> int:
    """Return the shelf that is called so in an instance."""
    return int(code[1:])


def list_lefts(*, call_id: int, lefts: Mapping[str, int]) -> dict[int, int]:
    """Return where on its board each shelf of an instance begins, in millimetres.

    An instance that does not say so was made of whole spans.
    """
    if lefts:
        return {shelf_of(code): left for code, left in lefts.items()}
    rows = db.session.execute(
        select(CallSpan.shelf_id, CallSpan.x_mm).where(CallSpan.call_id == call_id)
    )
    return {shelf_id: left for shelf_id, left in rows}  # noqa: C416 - rows are no pairs


def list_offered_parts(run: AllocationRun) -> dict[int, tuple[int, int]]:
    """Return from and until which millimetre a run could use each shelf that it knew."""
    given = json.loads(run.instance)
    lefts = list_lefts(call_id=run.call_id, lefts=given.get("lefts", {}))
    widths = {shelf_of(shelf["id"]): shelf["width_mm"] for shelf in given["shelves"]}
    return {key: (lefts[key], lefts[key] + width) for key, width in widths.items()}


def _board(call: SlotCall, shelf: Shelf, width_mm: int, standing_g: int) -> Board:
    kinds = shelf.categories or call.categories
    return Board(
        id=board_code(shelf.id),
        store=str(shelf.store_id),
        width_mm=width_mm,
        height_mm=shelf.height_mm,
        depth_mm=shelf.depth_mm,
        load_g=max(0, shelf.load_g - standing_g),
        level_factor_bp=shelf.level_factor_bp,
        categories=tuple(kind for kind in kinds if kind in call.categories),
    )


def _wishes(call: SlotCall, offered: set[int]) -> tuple[Wish, ...]:
    passed = db.session.scalars(
        select(Application)
        .where(Application.call_id == call.id, Application.status == ApplicationStatus.PASSED)
        .order_by(Application.number)
    ).all()
    wanted = _stores_of([one.id for one in passed])
    return tuple(
        _wish(call, one, [store for store in wanted.get(one.id, []) if store in offered])
        for one in passed
    )


def _stores_of(ids: Sequence[int]) -> dict[int, list[int]]:
    rows: Any = db.session.execute(
        select(ApplicationStore.application_id, ApplicationStore.store_id)
        .where(ApplicationStore.application_id.in_(ids))
        .order_by(ApplicationStore.application_id, ApplicationStore.wish)
    )
    found: dict[int, list[int]] = {}
    for application_id, store_id in rows:
        found.setdefault(application_id, []).append(store_id)
    return found


def _wish(call: SlotCall, one: Application, stores: Sequence[int]) -> Wish:
    return Wish(
        id=one.number,
        producer=str(one.stall_id),
        kecamatan=one.kecamatan_code,
        category=one.category.value,
        width_mm=one.width_mm,
        height_mm=one.height_mm,
        depth_mm=one.depth_mm,
        weight_g=one.weight_g,
        min_facings=one.min_facings,
        max_facings=one.max_facings,
        capacity_milli_units=one.capacity_week * 1_000,
        unit_value=(one.price - one.price.share(call.margin_bp)).amount,
        milli_units=tuple(milli_units(one.weekly_demand_milli or 0, one.max_facings)),
        stores=tuple(str(store) for store in stores),
    )
