"""The best filling of one shelf when only its width counts: an exact table over millimetres.

Everything is a whole number, so what the table says is a proof.
"""

from dataclasses import dataclass

import numpy as np

from pol.partnership.allocation.services.solver.problem import Ints, Problem

MOST_CELLS = 12_000_000
NEVER = -(2**62)


@dataclass(frozen=True)
class Board:
    """One shelf: its room, and for each application on it the (width, column) to choose from.

    Very long boards are measured in coarser steps, widths rounded down: still a bound.
    """

    shelf: int
    room: int
    groups: tuple[tuple[tuple[int, int], ...], ...]

    @property
    def cells(self) -> int:
        """Return how many cells of a table one filling writes at most."""
        return (self.room + 1) * sum(1 + len(group) for group in self.groups)


def boards(problem: Problem) -> list[Board]:
    """Return every shelf that could take something."""
    found = []
    for shelf, groups in problem.by_shelf:
        room = problem.room(shelf)
        step = 1 + (len(groups) + 1) * (room + 1) // MOST_CELLS
        widths = (problem.width // step).tolist()
        options = tuple(tuple((widths[column], column) for column in group) for group in groups)
        found.append(Board(shelf, room // step, options))
    return found


def fill(board: Board, gains: list[int]) -> tuple[int, list[int], Ints]:
    """Return the best sum of gains, its columns, and the table to ask further questions of.

    `table[i, w]` is the best with the first i applications in width w.
    """
    room = board.room
    table = np.zeros((len(board.groups) + 1, room + 1), dtype=np.int64)
    for at, group in enumerate(board.groups):
        before, after = table[at], table[at + 1]
        after[:] = before
        for width, column in group:
            if gains[column] > 0:
                np.maximum(
                    after[width:], before[: room + 1 - width] + gains[column], out=after[width:]
                )
    return int(table[-1, room]), _trace(board, gains, table), table


def _trace(board: Board, gains: list[int], table: Ints) -> list[int]:
    left, chosen = board.room, []
    for at in range(len(board.groups) - 1, -1, -1):
        here = table[at + 1, left]
        if here == table[at, left]:
            continue
        for width, column in board.groups[at]:
            fits = width <= left and gains[column] > 0
            if fits and table[at, left - width] + gains[column] == here:
                chosen.append(column)
                left -= width
                break
    return chosen[::-1]
