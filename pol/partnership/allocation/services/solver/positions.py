"""Where on its shelf each product stands, once it is decided what stands on which shelf.

Two steps, neither of which changes the objective. First, between shelves of one store with the
same level factor (so the same value, units and facings' sales), heavier products go to the shelf
that comes earlier in the file (files list a store's shelves from the floor up): a product moves
down alone, or changes places with a lighter one, while both shelves keep every rule. Second, on
each shelf the categories stand together, in the order of their names, and inside a category the
heaviest first; from the left end, with exactly `gap_mm` between neighbours.
"""

from pol.partnership.allocation.rules import formulas
from pol.partnership.allocation.rules.instance import Application, Instance, Shelf
from pol.partnership.allocation.rules.result import Placement

Boards = dict[str, list[tuple[Application, int]]]


def arrange(instance: Instance, boards: Boards) -> list[Placement]:
    """Return the placements of every shelf, in the file's order of shelves, left to right."""
    placements = []
    for shelf in instance.shelves:
        x = 0
        for application, facings in sorted(boards.get(shelf.id, ()), key=_order):
            placements.append(Placement(application.id, shelf.id, facings, x))
            x += facings * application.width_mm + instance.gap_mm
    return placements


def _order(stand: tuple[Application, int]) -> tuple[str, int, str]:
    application, _ = stand
    return application.category, -application.weight_g, application.id


def lowered(instance: Instance, boards: Boards) -> Boards:
    """Bring heavy products down until nothing more can go; each move lowers the weight's sum."""
    boards = {shelf: list(stands) for shelf, stands in boards.items()}
    levels: dict[tuple[str, int], list[Shelf]] = {}
    for shelf in instance.shelves:
        levels.setdefault((shelf.store, shelf.level_factor_bp), []).append(shelf)
    for shelves in levels.values():
        pairs = [(low, high) for at, high in enumerate(shelves) for low in shelves[:at]]
        while any(_lower_one(instance, boards, low, high) for low, high in pairs):
            pass
    return boards


def _lower_one(instance: Instance, boards: Boards, low: Shelf, high: Shelf) -> bool:
    below, above = boards.setdefault(low.id, []), boards.setdefault(high.id, [])
    for stand in above:
        lighter = [other for other in below if _weight(other) < _weight(stand)]
        for others in ([], *([other] for other in lighter)):
            new_below = [each for each in below if each not in others] + [stand]
            new_above = [each for each in above if each != stand] + others
            if (
                _weight(stand)
                and _holds(instance, low, new_below)
                and _holds(instance, high, new_above)
            ):
                boards[low.id], boards[high.id] = new_below, new_above
                return True
    return False


def _weight(stand: tuple[Application, int]) -> int:
    application, facings = stand
    return facings * application.weight_g


def _holds(instance: Instance, shelf: Shelf, stands: list[tuple[Application, int]]) -> bool:
    width = sum(facings * a.width_mm + instance.gap_mm for a, facings in stands)
    load = sum(formulas.load(a, shelf, facings) for a, facings in stands)
    fit = all(formulas.find_misfit(application, shelf) is None for application, _ in stands)
    return fit and width <= shelf.width_mm + instance.gap_mm and load <= shelf.load_g
