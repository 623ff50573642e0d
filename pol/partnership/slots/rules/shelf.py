"""What a fixture and its shelves may be, and what may stand where. Whole millimetres and grams."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pol.kernel.errors import Refused
from pol.partnership.slots.rules import FixtureStatus

BOARD_MM = 20
"""How thick a board is taken to be where shelves are laid out evenly."""

LONGEST_MM, HIGHEST_MM, DEEPEST_MM, HEAVIEST_G = 20_000, 4_000, 2_000, 2_000_000
MOST_SHELVES = 12
LEVELS = ((500, 8_000), (900, 10_000), (1_500, 12_000), (HIGHEST_MM, 9_000))
"""How well a height sells, until which millimetre: knees, waist, eyes and hands, above."""


@dataclass(frozen=True)
class Measures:
    """The room above one board, and what the board bears."""

    bottom_mm: int
    width_mm: int
    height_mm: int
    depth_mm: int
    load_g: int

    @property
    def top_mm(self) -> int:
        """Return how high goods may reach."""
        return self.bottom_mm + self.height_mm


@dataclass(frozen=True)
class Neighbour:
    """Another shelf of the same fixture."""

    number: int
    bottom_mm: int
    height_mm: int


@dataclass(frozen=True)
class Standing:
    """A placement that holds space; `until_on` is the day after its last.

    One that is overdue was not given back by then, so it stands there until it is.
    """

    placement_id: int
    number: str
    x_mm: int
    width_mm: int
    height_mm: int
    depth_mm: int
    load_g: int
    from_on: date
    until_on: date
    is_overdue: bool = False

    @property
    def right_mm(self) -> int:
        """Return where it ends."""
        return self.x_mm + self.width_mm

    def meets(self, from_on: date, until_on: date | None) -> bool:
        """Answer whether it stands on a day from one until another (None: for good)."""
        goes_on = self.is_overdue or from_on < self.until_on
        return goes_on and (until_on is None or self.from_on < until_on)

    @property
    def last_day(self) -> str:
        """Return until when it stands there, in words."""
        day = f"{self.until_on - timedelta(days=1):%d-%m-%Y}"
        return f"{day} (belum dilepas)" if self.is_overdue else day


class ShelfTooWide(Refused):
    message = "Ambalan lebih lebar dari raknya: paling lebar %(most)s mm."


class ShelfTooDeep(Refused):
    message = "Ambalan lebih dalam dari raknya: paling dalam %(most)s mm."


class ShelfTooHigh(Refused):
    message = "Ambalan ini sampai %(top)s mm, padahal tinggi raknya %(most)s mm."


class ShelvesOverlap(Refused):
    message = (
        "Ruangnya bertumpuk dengan ambalan %(number)s, yang mengisi %(low)s sampai %(high)s mm."
    )


class TooManyShelves(Refused):
    message = "Satu rak paling banyak 12 ambalan."


class ShelfInUse(Refused):
    message = (
        "Belum bisa: %(number)s masih berdiri di sini sampai %(until)s dan tidak muat lagi. "
        "Pindahkan dulu, atau tunggu sampai selesai."
    )


class FixtureInUse(Refused):
    message = (
        "Belum bisa: %(number)s masih berdiri di rak ini sampai %(until)s. "
        "Pindahkan dulu, atau pilih tanggal sesudahnya."
    )


class FixtureTooSmall(Refused):
    message = "Ambalan %(number)s tidak muat lagi di rak sebesar itu. Ubah ambalannya dulu."


class FixtureDatesBackwards(Refused):
    message = "Tanggal selesai harus setelah tanggal mulai."


class ShelfReasonMissing(Refused):
    message = "Tulis alasannya, supaya rekan Anda tahu mengapa ukurannya berubah."


def check_reason(reason: str) -> None:
    """Ask for a reason.

    :raises ShelfReasonMissing: there is none
    """
    if not reason.strip():
        raise ShelfReasonMissing


def check_inside(shelf: Measures, *, width_mm: int, height_mm: int, depth_mm: int) -> None:
    """Accept a shelf that stays inside its fixture.

    :raises ShelfTooWide, ShelfTooDeep, ShelfTooHigh: it does not
    """
    if shelf.width_mm > width_mm:
        raise ShelfTooWide(most=width_mm)
    if shelf.depth_mm > depth_mm:
        raise ShelfTooDeep(most=depth_mm)
    if shelf.top_mm > height_mm:
        raise ShelfTooHigh(top=shelf.top_mm, most=height_mm)


def check_apart(shelf: Measures, others: Iterable[Neighbour]) -> None:
    """Accept a shelf whose room is nobody else's.

    :raises ShelvesOverlap: two share a height
    """
    for other in others:
        high = other.bottom_mm + other.height_mm
        if shelf.bottom_mm < high and other.bottom_mm < shelf.top_mm:
            raise ShelvesOverlap(number=other.number, low=other.bottom_mm, high=high)


def check_holds(shelf: Measures | None, standing: Sequence[Standing]) -> None:
    """Accept new measures (None: the shelf goes away) when everything that stands still fits.

    :raises ShelfInUse: names the placement that stays longest of those that no longer fit
    """
    broken = [one for one in standing if shelf is None or not _fits(one, shelf, standing)]
    if broken:
        last = max(broken, key=lambda one: (one.until_on, one.number))
        raise ShelfInUse(number=last.number, until=last.last_day)


def _fits(one: Standing, shelf: Measures, standing: Sequence[Standing]) -> bool:
    return (
        one.right_mm <= shelf.width_mm
        and one.height_mm <= shelf.height_mm
        and one.depth_mm <= shelf.depth_mm
        and load_on(one.from_on, standing) <= shelf.load_g
    )


def load_on(day: date, standing: Iterable[Standing]) -> int:
    """Return how many grams stand on a shelf on a day."""
    return sum(one.load_g for one in standing if one.meets(day, day + timedelta(days=1)))


def heaviest(first: date, standing: Sequence[Standing]) -> int:
    """Return the most grams that stand on a shelf on any day from the first on."""
    days = [first, *(one.from_on for one in standing if one.from_on > first)]
    return max(load_on(day, standing) for day in days)


def check_status(
    status: FixtureStatus,
    *,
    from_on: date,
    until_on: date | None,
    standing: Iterable[Standing],
) -> None:
    """Accept that a fixture is away for a while, or for good, when nothing stands there then.

    :raises FixtureDatesBackwards: it ends before it begins
    :raises FixtureInUse: names the placement that stays longest
    """
    if until_on is not None and until_on <= from_on:
        raise FixtureDatesBackwards
    if status is FixtureStatus.ACTIVE:
        return
    away = [one for one in standing if one.meets(from_on, until_on)]
    if away:
        last = max(away, key=lambda one: (one.until_on, one.number))
        raise FixtureInUse(number=last.number, until=last.last_day)


def check_fixture(
    shelves: Iterable[tuple[int, Measures]], *, width_mm: int, height_mm: int, depth_mm: int
) -> None:
    """Accept measures of a fixture in which every shelf still fits.

    :raises FixtureTooSmall: names the shelf
    """
    for number, shelf in shelves:
        try:
            check_inside(shelf, width_mm=width_mm, height_mm=height_mm, depth_mm=depth_mm)
        except Refused:
            raise FixtureTooSmall(number=number) from None


def lay_evenly(*, width_mm: int, height_mm: int, depth_mm: int, load_g: int,
               count: int) -> list[Measures]:  # fmt: skip
    """Return boards that share a fixture's height, the lowest first."""
    step = height_mm // count
    clear = max(step - BOARD_MM, 1)
    lowest = Measures(min(BOARD_MM, step - clear), width_mm, clear, depth_mm, load_g)
    return [replace(lowest, bottom_mm=lowest.bottom_mm + step * n) for n in range(count)]


def level_factor(bottom_mm: int) -> int:
    """Return how well a height sells in basis points, 10,000 being average."""
    return next((factor for most, factor in LEVELS if bottom_mm < most), LEVELS[-1][1])
