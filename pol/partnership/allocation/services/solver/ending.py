"""From chosen columns to what people read: positions, and refusals with their reasons."""

from pol.partnership.allocation.rules.instance import Instance
from pol.partnership.allocation.rules.result import Placement, Reason, Refusal
from pol.partnership.allocation.rules.sentences import explain, scene_of
from pol.partnership.allocation.services.solver.positions import Boards, arrange, lowered
from pol.partnership.allocation.services.solver.problem import Problem


def finish(problem: Problem, chosen: list[int]) -> tuple[list[Placement], list[Refusal]]:
    """Return the placements in order, and one refusal for every wanted place not given.

    Heavy goods of a store stay where they are if lower they would leave room that somebody wants.
    """
    instance = problem.instance
    boards: Boards = {}
    for column in chosen:
        shelf = instance.shelves[int(problem.shelf[column])]
        application = instance.applications[int(problem.application[column])]
        boards.setdefault(shelf.id, []).append((application, int(problem.facings[column])))
    low = lowered(instance, boards)
    refusals = _refuse_rest(instance, low)
    stores = {refusal.store for refusal in refusals if refusal.reason is Reason.LEFT_FREE}
    if stores:
        stay = {shelf.id: boards.get(shelf.id, []) for shelf in instance.shelves
                if shelf.store in stores}  # fmt: skip
        low |= stay
        refusals = _refuse_rest(instance, low)
    return arrange(instance, low), refusals


def _refuse_rest(instance: Instance, boards: Boards) -> list[Refusal]:
    scene = scene_of(instance, boards)
    return [
        explain(scene, application, store)
        for application in instance.applications
        for store in application.stores
        if (application.id, store) not in scene.placed
    ]
