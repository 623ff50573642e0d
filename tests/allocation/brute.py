"""The best allocation by trying everything; for tiny instances only."""

from itertools import product
from typing import Any

from pol.partnership.allocation.rules import checker

Json = dict[str, Any]


def best_objective(instance: Json) -> int:
    """Return the best objective over every allowed choice, judged by the checker alone."""
    best = None
    for choice in product(*_choices(instance)):
        placements = _lay_out(instance, [place for place in choice if place])
        if not checker.check_placements(instance, placements):
            worth = checker.objective(instance, placements)
            best = worth if best is None else max(best, worth)
    assert best is not None
    return best


def _choices(instance: Json) -> list[list[tuple[str, str, int] | None]]:
    """Return for each wanted (application, store) nothing, or a shelf and facings."""
    return [
        [
            None,
            *(
                (application["id"], shelf["id"], facings)
                for shelf in instance["shelves"]
                if shelf["store"] == store
                for facings in range(application["min_facings"], application["max_facings"] + 1)
            ),
        ]
        for application in instance["applications"]
        for store in application["stores"]
    ]


def _lay_out(instance: Json, places: list[tuple[str, str, int]]) -> list[Json]:
    widths = {a["id"]: a["width_mm"] for a in instance["applications"]}
    ends: dict[str, int] = {}
    placements = []
    for application, shelf, facings in places:
        x = ends.get(shelf, 0)
        placements.append(
            {"application": application, "shelf": shelf, "facings": facings, "x_mm": x}
        )
        ends[shelf] = x + facings * widths[application] + instance["gap_mm"]
    return placements
