"""Offers of places: when they may be answered, and who is next for a span that came free.

Lengths in millimetres from the shelf's left edge, loads in grams, demand in thousandths of a unit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pol.kernel.errors import Refused
from pol.kernel.localtime import at_local, business_day, limit_words
from pol.partnership.allocation.rules.statuses import OfferStatus
from pol.partnership.applications.rules.demand import milli_units


class OfferNotYet(Refused):
    message = "Pengajuan ini masih di daftar tunggu, jadi belum ada tempat yang bisa dijawab."


class OfferAnswered(Refused):
    message = "Tawaran ini sudah dijawab. Muat ulang halamannya untuk melihat jawabannya."


class OfferLapsed(Refused):
    message = (
        "Batas waktu tawaran ini lewat pada %(when)s, jadi tempatnya ditawarkan ke pengajuan "
        "berikutnya."
    )


class RunNotFixed(Refused):
    message = "Penetapan ini belum disahkan, jadi belum ada yang bisa ditawarkan."


def check_may_answer(*, status: OfferStatus, lapses_at: datetime | None, now: datetime) -> None:
    """Check that a producer may say yes or no.

    :raises OfferNotYet: there is no place to answer for
    :raises OfferLapsed: it is too late, whether or not the clock has said so already
    :raises OfferAnswered: it is settled
    """
    if status is OfferStatus.WAITING:
        raise OfferNotYet
    late = lapses_at is not None and now >= lapses_at
    if status is OfferStatus.LAPSED or (status is OfferStatus.OFFERED and late):
        raise OfferLapsed(when=limit_words(lapses_at or now))
    if status is not OfferStatus.OFFERED:
        raise OfferAnswered


def lapses_at(*, offered_at: datetime, days: int, until_on: date) -> datetime:
    """Return the end of the last local day for an answer, while goods could still stand there."""
    end = at_local(business_day(offered_at) + timedelta(days=days), 24 * 60)
    return min(end, at_local(until_on, 0))


@dataclass(frozen=True)
class Board:
    """A shelf as far as a call offers it."""

    from_mm: int
    width_mm: int
    height_mm: int
    depth_mm: int
    load_g: int
    level_factor_bp: int
    categories: frozenset[str]


@dataclass(frozen=True)
class Held:
    """What already stands, or is offered, on a board."""

    x_mm: int
    width_mm: int
    load_g: int


@dataclass(frozen=True)
class Waiting:
    """An application in the queue; `capacity_left_milli` is what no other place has claimed."""

    offer_id: int
    category: str
    width_mm: int
    height_mm: int
    depth_mm: int
    weight_g: int
    min_facings: int
    max_facings: int
    weekly_demand_milli: int
    capacity_left_milli: int
    places_left: int


@dataclass(frozen=True)
class Found:
    """The place for the next in the queue."""

    offer_id: int
    x_mm: int
    facings: int


def find_next(
    queue: Sequence[Waiting], board: Board, held: Sequence[Held], *, gap_mm: int
) -> Found | None:
    """Return the first in the queue who fits, as wide as it goes; facings shrink to their least.

    Nobody is passed over who would have fitted; of several gaps the roomiest is taken.
    """
    spans = list(free_spans(board, held, gap_mm=gap_mm))
    load_left = board.load_g - sum(each.load_g for each in held)
    for one in queue:
        most = _most_facings(one, board, load_left)
        places = [(min(most, width // one.width_mm), -x) for x, width in spans]
        facings, left = max(places, default=(0, 0))
        if facings >= one.min_facings:
            return Found(one.offer_id, -left, facings)
    return None


def free_spans(board: Board, held: Sequence[Held], *, gap_mm: int) -> Iterator[tuple[int, int]]:
    """Yield (x, width) of what is free between goods, a gap kept from each neighbour."""
    x, end = board.from_mm, board.from_mm + board.width_mm
    for each in sorted(held, key=lambda one: one.x_mm):
        if each.x_mm - gap_mm > x:
            yield x, min(each.x_mm - gap_mm, end) - x
        x = max(x, each.x_mm + each.width_mm + gap_mm)
    if x < end:
        yield x, end - x


def load_of(*, facings: int, board_depth_mm: int, depth_mm: int, weight_g: int) -> int:
    """Return the grams on the board; behind each facing stand as many as the depth takes."""
    return facings * (board_depth_mm // depth_mm) * weight_g


def _most_facings(one: Waiting, board: Board, load_left: int) -> int:
    """Return how many facings shape, strength, capacity and quota allow on an empty board."""
    fits = one.height_mm <= board.height_mm and one.depth_mm <= board.depth_mm
    welcome = not board.categories or one.category in board.categories
    if not (fits and welcome and one.places_left > 0):
        return 0
    weight = load_of(
        facings=1, board_depth_mm=board.depth_mm, depth_mm=one.depth_mm, weight_g=one.weight_g
    )
    most = min(one.max_facings, load_left // weight) if weight else one.max_facings
    sold = milli_units(one.weekly_demand_milli, max(most, 0))
    able = sum(s * board.level_factor_bp // 10_000 <= one.capacity_left_milli for s in sold)
    return min(most, able)
