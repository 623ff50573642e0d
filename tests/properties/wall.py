"""The shelves of a store beside our own arithmetic: both decide about each place, and must agree.

Ours goes day by day and millimetre by millimetre, as the database does not.
"""

from collections import Counter
from dataclasses import astuple, dataclass, replace
from datetime import date, timedelta
from random import Random

from sqlalchemy import select

from pol.kernel.db import db
from pol.kernel.errors import Refused
from pol.partnership.applications.models import Application
from pol.partnership.slots.models import Fixture, Placement, Shelf
from pol.partnership.slots.rules import HOLDS_SPACE, FixtureStatus, GoodsCategory
from pol.partnership.slots.rules.shelf import Measures
from pol.partnership.slots.services import placements, placing, shelves
from pol.partnership.slots.services.placing import Wanted
from tests.factories.partnership import (
    make_application,
    make_call,
    make_member,
    make_retailer,
    make_sheet,
    make_shelf,
    make_store,
)
from tests.partnership.consignment.stage import NOON, TODAY

GOODS = ((80, 150, 80, 150), (140, 220, 80, 400), (330, 280, 200, 2_500), (95, 310, 410, 900))
"""Width, height, depth and weight; the last one is larger than any shelf."""
DAYS = 90
STEPS = (
    *("reserve", "reserve", "reserve", "reserve", "move", "move", "resize", "end", "end"),
    *("renew", "measure", "refit", "remove"),
)
Day = tuple[date, date]


@dataclass(frozen=True)
class Box:
    """A place as we reckon it; `until` is the first day after the last."""

    shelf: int
    x: int
    width: int
    height: int
    depth: int
    load: int
    facings: int
    first: date
    until: date

    @property
    def days(self) -> set[int]:
        return set(range(self.first.toordinal(), self.until.toordinal()))

    @property
    def millimetres(self) -> set[int]:
        return set(range(self.x, self.x + self.width))


@dataclass
class Board:
    """A shelf as we reckon it, and on which days its fixture is away."""

    fixture: int
    measures: Measures
    is_there: bool = True


class Wall:
    """One store with three shelves in two fixtures, and what we know of it."""

    def __init__(self, dice: Random) -> None:
        self.dice, self.tally = dice, Counter[str]()
        retailer = make_retailer()
        self.buyer, store = make_member(retailer), make_store(retailer)
        self.shelves = _hang(store_id=store.id, first=make_shelf(store), second=make_shelf(store))
        self.call = make_call(retailer, shelves=self.shelves, by=self.buyer)
        self.goods = [self._apply(store, *size) for size in GOODS]
        self.boards = {
            shelf.id: Board(
                shelf.fixture_id,
                Measures(
                    shelf.bottom_mm, shelf.width_mm, shelf.height_mm, shelf.depth_mm, shelf.load_g
                ),
            )
            for shelf in self.shelves
        }
        self.away: dict[int, Day] = {}
        self.boxes: dict[int, Box] = {}

    def _apply(
        self, store: object, width: int, height: int, depth: int, weight: int
    ) -> Application:
        sheet = make_sheet(width_mm=width, height_mm=height, depth_mm=depth, weight_g=weight)
        return make_application(self.call, sheet, stores=[store], max_facings=9)  # type: ignore[list-item]

    def step(self) -> None:
        """Do something at random, and compare."""
        what = self.dice.choice(STEPS)
        self.tally[what if getattr(self, what)() else f"{what}, refused"] += 1
        self.compare()

    def reserve(self) -> bool:
        one = self.dice.choices(self.goods, (6, 6, 3, 1))[0]
        facings = self.dice.randint(1, 3)
        shelf, first = self.dice.choice(self.shelves), self._day()
        box = Box(
            shelf.id, self._spot(), facings * one.width_mm, one.height_mm, one.depth_mm,
            facings * max(1, shelf.depth_mm // one.depth_mm) * one.weight_g, facings,
            first, first + timedelta(days=self.dice.randint(1, 30)),
        )  # fmt: skip
        return self._hold(one, box)

    def _hold(self, one: Application, box: Box) -> bool:
        wanted = Wanted(
            self.call.id, one.id, one.sheet_id, one.stall_id, self.shelves[0].store_id,
            *astuple(box),
        )  # fmt: skip
        fits = self._fits(box)
        try:
            place = placing.reserve(wanted, now=NOON)
        except Refused:
            assert not fits, box
            return False
        assert fits, f"a place that is not there was given (I11): {box}"
        self.boxes[place.id] = box
        return True

    def move(self) -> bool:
        if not (place := self._some()):
            return False
        old, shelf = self.boxes[place.id], self.dice.choice(self.shelves)
        box = replace(old, shelf=shelf.id, x=self._spot())
        is_there = self.boards[shelf.id].is_there
        fits = self._fits(box, but=place.id)
        if not is_there:
            return False  # pages lock only shelves that are there
        try:
            placements.move_placement(
                placement=place, shelf=shelf, x_mm=box.x, category=GoodsCategory.KERIPIK,
                actor_id=self.buyer.id, now=NOON,
            )  # fmt: skip
        except Refused:
            assert not fits, (old, box)
            return False
        assert fits, f"goods were moved where they do not fit (I11): {box}"
        self.boxes[place.id] = box
        return True

    def resize(self) -> bool:
        if not (place := self._some()):
            return False
        old, facings = self.boxes[place.id], self.dice.randint(1, 6)
        box = replace(
            old, facings=facings, width=old.width // old.facings * facings,
            load=old.load // old.facings * facings,
        )  # fmt: skip
        fits = self._fits(box, but=place.id)
        try:
            placing.resize(placement=place, facings=facings, actor_id=self.buyer.id, now=NOON)
        except Refused:
            assert not fits, (old, box)
            return False
        assert fits, f"a place grew into others (I11): {box}"
        self.boxes[place.id] = box
        return True

    def end(self) -> bool:
        if not (place := self._some()):
            return False
        placing.end(placement=place, reason="Uji", actor_id=self.buyer.id, now=NOON)
        db.session.flush()
        del self.boxes[place.id]
        return True

    def renew(self) -> bool:
        if not (place := self._some()):
            return False
        old = self.boxes[place.id]
        until = old.until + timedelta(days=self.dice.randint(1, 20))
        one = next(one for one in self.goods if one.id == place.application_id)
        return self._hold(one, replace(old, first=old.until, until=until))

    def measure(self) -> bool:
        shelf = self.dice.choice(self.shelves)
        board = self.boards[shelf.id]
        if not board.is_there:
            return False
        new = Measures(
            shelf.bottom_mm, self.dice.choice((500, 700, 900)), self.dice.choice((230, 300)),
            self.dice.choice((150, 400)), self.dice.choice((8_000, 30_000)),
        )  # fmt: skip
        held = [box for box in self.boxes.values() if box.shelf == shelf.id]
        fits = all(_inside(box, new) and _load(box, held) <= new.load_g for box in held)
        try:
            shelves.change_shelf(
                fixture=db.session.get_one(Fixture, shelf.fixture_id), shelf=shelf,
                facts=shelves.ShelfFacts(new, 10_000), reason="Uji", actor_id=self.buyer.id,
                now=NOON,
            )  # fmt: skip
        except Refused:
            assert not fits, (new, held)
            return False
        assert fits, f"a shelf shrank beneath its goods (I11): {new}"
        board.measures = new
        return True

    def refit(self) -> bool:
        board = self.dice.choice(list(self.boards.values()))
        first, comes_back = self._day(), self.dice.random() < 0.5
        span = (first, first + timedelta(days=self.dice.randint(1, 15)))
        mine = {key for key, other in self.boards.items() if other.fixture == board.fixture}
        days = set(range(span[0].toordinal(), span[1].toordinal()))
        met = any(box.days & days for box in self.boxes.values() if box.shelf in mine)
        try:
            shelves.set_fixture_status(
                fixture=db.session.get_one(Fixture, board.fixture),
                status=FixtureStatus.ACTIVE if comes_back else FixtureStatus.REFIT,
                from_on=span[0], until_on=span[1], reason="Uji", actor_id=self.buyer.id, now=NOON,
            )  # fmt: skip
            db.session.flush()
        except Refused:
            assert met
            assert not comes_back
            return False
        assert comes_back or not met, "a fixture was taken away beneath its goods"
        self.away.pop(board.fixture, None)
        if not comes_back:
            self.away[board.fixture] = span
        return True

    def remove(self) -> bool:
        shelf = self.shelves[-1]
        board = self.boards[shelf.id]
        if not board.is_there or self.dice.random() < 0.8:
            return False
        used = any(box.shelf == shelf.id for box in self.boxes.values())
        try:
            shelves.remove_shelf(
                fixture=db.session.get_one(Fixture, shelf.fixture_id), shelf=shelf, reason="Uji",
                actor_id=self.buyer.id, now=NOON,
            )  # fmt: skip
        except Refused:
            assert used
            return False
        assert not used
        board.is_there = False
        return True

    def _some(self) -> Placement | None:
        if not self.boxes:
            return None
        return db.session.get_one(Placement, self.dice.choice(sorted(self.boxes)))

    def _day(self) -> date:
        return TODAY + timedelta(days=self.dice.randrange(DAYS))

    def _spot(self) -> int:
        return self.dice.choice((0, 80, 140, 280, 330, 420, 475, 610, 899))

    def _fits(self, box: Box, but: int | None = None) -> bool:
        """Answer by going through every day and every millimetre."""
        board = self.boards[box.shelf]
        away = self.away.get(board.fixture)
        if not board.is_there or not _inside(box, board.measures):
            return False
        if away and box.days & set(range(away[0].toordinal(), away[1].toordinal())):
            return False
        others = [b for key, b in self.boxes.items() if key != but and b.shelf == box.shelf]
        if any(box.days & b.days and box.millimetres & b.millimetres for b in others):
            return False
        return _load(box, [*others, box]) <= board.measures.load_g

    def compare(self) -> None:
        """Compare what the table holds with what we gave out, and that with the shelves (I11)."""
        rows = db.session.execute(
            select(
                *(Placement.id, Placement.shelf_id, Placement.x_mm, Placement.width_mm),
                *(Placement.height_mm, Placement.depth_mm, Placement.load_g, Placement.facings),
                *(Placement.from_on, Placement.until_on),
            ).where(Placement.call_id == self.call.id, Placement.status.in_(HOLDS_SPACE))
        )
        assert {row[0]: tuple(row[1:]) for row in rows} == {
            key: astuple(box) for key, box in self.boxes.items()
        }
        assert all(self._fits(box, but=key) for key, box in self.boxes.items())


def _hang(*, store_id: int, first: Shelf, second: Shelf) -> list[Shelf]:
    fixture = db.session.get_one(Fixture, second.fixture_id)
    third = make_shelf(
        fixture=fixture, number=second.number + 1, bottom_mm=1_000, width_mm=700, load_g=12_000
    )
    assert {first.store_id, second.store_id, third.store_id} == {store_id}
    return [first, second, third]


def _inside(box: Box, board: Measures) -> bool:
    return (
        box.x + box.width <= board.width_mm
        and box.height <= board.height_mm
        and box.depth <= board.depth_mm
    )


def _load(box: Box, standing: list[Box]) -> int:
    """Return the most that stands on a shelf on any day of a place."""
    return max(sum(one.load for one in standing if day in one.days) for day in box.days)
