"""What a placement brings, makes and weighs: the contract's formulas, all in whole numbers."""

from collections.abc import Iterator
from enum import StrEnum

from pol.partnership.allocation.rules.instance import Application, Instance, Shelf


class Misfit(StrEnum):
    """Why a product cannot stand on one shelf at all, the first that holds."""

    CATEGORY = "category"
    HEIGHT = "height"
    DEPTH = "depth"
    WIDTH = "width"
    LOAD = "load"


def value(application: Application, shelf: Shelf, facings: int) -> int:
    """Return the rupiah a week that the producer gains."""
    sold = application.milli_units[facings - 1]
    return sold * shelf.level_factor_bp * application.unit_value // 10_000_000


def units(application: Application, shelf: Shelf, facings: int) -> int:
    """Return the thousandths of a unit that a week sells."""
    return application.milli_units[facings - 1] * shelf.level_factor_bp // 10_000


def load(application: Application, shelf: Shelf, facings: int) -> int:
    """Return the grams on the board; behind each facing stand as many as the depth takes."""
    return facings * (shelf.depth_mm // application.depth_mm) * application.weight_g


def may_stand(application: Application, shelf: Shelf) -> bool:
    """Say whether store, category, height and depth allow it: constraint 1, "fit"."""
    return shelf.store in application.stores and find_misfit(application, shelf) not in {
        Misfit.CATEGORY,
        Misfit.HEIGHT,
        Misfit.DEPTH,
    }


def find_misfit(application: Application, shelf: Shelf) -> Misfit | None:
    """Return why the fewest facings do not fit an empty shelf, or None."""
    least = application.min_facings
    for misfit, is_so in (
        (Misfit.CATEGORY, application.category not in shelf.categories),
        (Misfit.HEIGHT, application.height_mm > shelf.height_mm),
        (Misfit.DEPTH, application.depth_mm > shelf.depth_mm),
        (Misfit.WIDTH, least * application.width_mm > shelf.width_mm),
        (Misfit.LOAD, load(application, shelf, least) > shelf.load_g),
    ):
        if is_so:
            return misfit
    return None


def facings_range(application: Application) -> range:
    """Return the numbers of facings that the applicant would take."""
    return range(application.min_facings, application.max_facings + 1)


def floors(instance: Instance) -> dict[str, int]:
    """Return the placements that each kecamatan ought to get: constraint 7."""
    shelves: dict[str, list[Shelf]] = {}
    for shelf in instance.shelves:
        shelves.setdefault(shelf.store, []).append(shelf)
    fitting: dict[str, int] = {}
    for application in instance.applications:
        wanted = (shelf for store in application.stores for shelf in shelves.get(store, ()))
        stands = any(may_stand(application, shelf) for shelf in wanted)
        fitting[application.kecamatan] = fitting.get(application.kecamatan, 0) + stands
    return {kecamatan: min(instance.kecamatan_floor, count) for kecamatan, count in fitting.items()}


def missing(instance: Instance, placed: Iterator[Application]) -> int:
    """Return how many placements the kecamatan lack together."""
    short = floors(instance)
    for application in placed:
        short[application.kecamatan] -= 1
    return sum(max(0, count) for count in short.values())
