"""From chosen columns to what people read: positions, and refusals with their reasons."""

from pol.partnership.allocation.rules.formulas import units
from pol.partnership.allocation.rules.instance import Shelf
from pol.partnership.allocation.rules.result import Placement, Refusal
from pol.partnership.allocation.rules.sentences import Scene, explain
from pol.partnership.allocation.services.solver.positions import Boards, arrange
from pol.partnership.allocation.services.solver.problem import Problem


def finish(problem: Problem, chosen: list[int]) -> tuple[list[Placement], list[Refusal]]:
    """Return the placements in order, and one refusal for every wanted place not given."""
    instance = problem.instance
    boards: Boards = {}
    for column in chosen:
        shelf = instance.shelves[int(problem.shelf[column])]
        application = instance.applications[int(problem.application[column])]
        boards.setdefault(shelf.id, []).append((application, int(problem.facings[column])))
    placements = arrange(instance, boards)
    scene, placed = _scene(problem, boards)
    refusals = [
        explain(scene, application, store)
        for application in instance.applications
        for store in application.stores
        if (application.id, store) not in placed
    ]
    return placements, refusals


def _scene(problem: Problem, boards: Boards) -> tuple[Scene, set[tuple[str, str]]]:
    instance = problem.instance
    shelves: dict[str, list[Shelf]] = {}
    scene = Scene(instance, shelves, boards, {}, {})
    placed = set()
    for shelf in instance.shelves:
        shelves.setdefault(shelf.store, []).append(shelf)
        for application, facings in boards.get(shelf.id, ()):
            made = units(application, shelf, facings)
            scene.used[application.id] = scene.used.get(application.id, 0) + made
            key = (shelf.store, application.producer)
            scene.producers[key] = scene.producers.get(key, 0) + 1
            placed.add((application.id, shelf.store))
    return scene, placed
