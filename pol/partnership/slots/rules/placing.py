"""Whether a product may stand at a place of a shelf, and where there is room otherwise."""

from collections.abc import Sequence

from pol.kernel.errors import Refused
from pol.kernel.text import decimal
from pol.partnership.slots.rules import HOLDS_SPACE, PlacementStatus
from pol.partnership.slots.rules.shelf import Measures, Standing, heaviest


class PlacementOver(Refused):
    message = "Penempatan ini sudah selesai, jadi tidak bisa dipindah lagi."


class PlaceOutside(Refused):
    message = "Produk ini keluar dari ambalan: paling kanan mulai %(most)s mm."


class PlaceTooWide(Refused):
    message = "Produk ini selebar %(width)s mm, padahal ambalannya %(most)s mm."


class PlaceTooHigh(Refused):
    message = "Produk ini setinggi %(height)s mm, padahal ruangnya %(most)s mm."


class PlaceTooDeep(Refused):
    message = "Produk ini sedalam %(depth)s mm, padahal ambalannya %(most)s mm."


class PlaceTooHeavy(Refused):
    message = "Ambalan itu menjadi %(load)s kg, padahal kuatnya %(most)s kg."


class KindNotHere(Refused):
    message = "Ambalan itu tidak untuk produk jenis ini. Pilih ambalan lain."


class FixtureAway(Refused):
    message = "Rak %(code)s tidak dipakai pada sebagian tanggalnya. Pilih rak lain."


class PlaceTaken(Refused):
    message = (
        "Di situ sudah berdiri %(number)s, dari %(low)s sampai %(high)s mm, sampai %(until)s. "
        "Tempat kosong terdekat mulai %(free)s mm."
    )


class ShelfFull(Refused):
    message = (
        "Di situ sudah berdiri %(number)s sampai %(until)s, dan ambalan ini tidak punya tempat "
        "kosong selebar %(width)s mm lagi."
    )


def check_movable(status: PlacementStatus) -> None:
    """Accept what holds space.

    :raises PlacementOver: it has ended
    """
    if status not in HOLDS_SPACE:
        raise PlacementOver


def check_place(
    one: Standing, shelf: Measures, others: Sequence[Standing], *, gap_mm: int = 0
) -> None:
    """Accept a product at its `x_mm` of a shelf on which the others stand.

    :raises PlaceTooWide, PlaceTooHigh, PlaceTooDeep, PlaceOutside: the shelf is too small there
    :raises PlaceTaken, ShelfFull: another stands there on one of its days
    :raises PlaceTooHeavy: the shelf would bear too much on one of its days
    """
    _check_size(one, shelf)
    until_on = None if one.is_overdue else one.until_on
    met = [other for other in others if other.meets(one.from_on, until_on)]
    _check_free(one, shelf, met, gap_mm)
    load = one.load_g + heaviest(one.from_on, met)
    if load > shelf.load_g:
        raise PlaceTooHeavy(load=decimal(load), most=decimal(shelf.load_g))


def _check_size(one: Standing, shelf: Measures) -> None:
    if one.width_mm > shelf.width_mm:
        raise PlaceTooWide(width=one.width_mm, most=shelf.width_mm)
    if one.height_mm > shelf.height_mm:
        raise PlaceTooHigh(height=one.height_mm, most=shelf.height_mm)
    if one.depth_mm > shelf.depth_mm:
        raise PlaceTooDeep(depth=one.depth_mm, most=shelf.depth_mm)
    if one.right_mm > shelf.width_mm:
        raise PlaceOutside(most=shelf.width_mm - one.width_mm)


def _check_free(one: Standing, shelf: Measures, met: Sequence[Standing], gap_mm: int) -> None:
    taken = next((o for o in met if o.x_mm < one.right_mm and one.x_mm < o.right_mm), None)
    if taken is None:
        return
    until = taken.last_day
    free = nearest_free(one.x_mm, one.width_mm, shelf.width_mm, met, gap_mm=gap_mm)
    if free is None:
        raise ShelfFull(number=taken.number, until=until, width=one.width_mm)
    raise PlaceTaken(
        number=taken.number, low=taken.x_mm, high=taken.right_mm, until=until, free=free
    )


def nearest_free(
    x_mm: int, width_mm: int, shelf_mm: int, met: Sequence[Standing], *, gap_mm: int = 0
) -> int | None:
    """Return the place nearest to `x_mm` where so much is free, with a gap if there is room."""
    for gap in dict.fromkeys((gap_mm, 0)):
        starts = [0, shelf_mm - width_mm]
        starts += [other.right_mm + gap for other in met]
        starts += [other.x_mm - width_mm - gap for other in met]
        fits = [
            x
            for x in starts
            if 0 <= x <= shelf_mm - width_mm
            and all(o.right_mm <= x or x + width_mm <= o.x_mm for o in met)
        ]
        if fits:
            return min(fits, key=lambda x: (abs(x - x_mm), x))
    return None
