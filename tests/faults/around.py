"""Killing a process on both sides of its commits, and what must be there each time."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sqlalchemy import select

from pol.kernel.db import db
from pol.orders.models import OrderGroup
from tests.faults import state
from tests.faults.state import State, changed
from tests.faults.worker import Duty, Worker
from tests.orders.checks import check_group, check_stock
from tests.properties.identities import find_all_violations
from tests.rig.databases import Database

YES = ("303", "200", "did")
"""How the answer begins of what was done."""
COMMIT = ("before COMMIT", "after COMMIT")
MOST = 4
"""So many sides of commits of one thing in a short run: the first two and the last two."""
TRACES = frozenset({"audit_entry", "login_attempt", "picture"})
"""What a press that comes too late may leave: that it was refused, and the picture it sent."""


class HalfDoneError(AssertionError):
    """What a killed process left behind is neither nothing nor all."""


@dataclass(frozen=True)
class Killer:
    """Kills what is done in a town, which stands again after each."""

    worker: Worker
    database: Database
    before: State
    everywhere: bool = False
    """At every point, or only on both sides of commits."""

    def kill(self, act: Duty, may_add: AbstractSet[str] = frozenset()) -> int:
        """Kill an act at one point after the other; return how often.

        Before the first commit nothing has happened, after the last one everything, and doing it
        once more always ends where it ends undisturbed.
        """
        life = self.worker.live(act)
        assert life.answer.startswith(YES), life.answer
        after = state.see()
        assert changed(self.before, after)
        self.database.reset()
        ends = _sides(life.points)
        chosen = self._choose(life.points, ends)
        for at in chosen:
            assert self.worker.dies_at(act, at), (at, life.points)
            found = state.see()
            if at <= ends[0]:
                _must_be(self.before, found)
                continue
            if at >= ends[-1]:
                _must_be(after, found)
            self._again(act, after, may_add)
            if at != chosen[-1]:
                self.database.reset()
        return len(chosen)

    def _choose(self, points: Sequence[str], ends: list[int]) -> list[int]:
        if self.everywhere:
            return list(range(1, len(points) + 1))
        return ends if len(ends) <= MOST else ends[: MOST // 2] + ends[-MOST // 2 :]

    def _again(self, act: Duty, after: State, may_add: AbstractSet[str]) -> None:
        check_sums()
        answer = str(act())  # by this process, which lives on
        assert not answer.startswith("5"), answer
        _must_be(after, state.see(), TRACES | may_add)


def _sides(points: Sequence[str]) -> list[int]:
    """Return both sides of each commit; the end of a savepoint is none."""
    before, after = COMMIT
    commits = [at for at, name in enumerate(points, 1) if name == before]
    assert all(points[at] == after for at in commits), points
    return [side for at in commits for side in (at, at + 1)]


def _must_be(wanted: State, found: State, beside: AbstractSet[str] = frozenset()) -> None:
    gap = changed(wanted, found)
    if gap.keys() - beside:
        raise HalfDoneError(gap)


def check_sums() -> None:
    """Assert what holds at every moment: I1 to I3, I8, I11 to I15."""
    try:
        assert find_all_violations() == []
        check_stock()
        for group in db.session.scalars(select(OrderGroup)):
            check_group(group)
    except AssertionError as gap:
        raise HalfDoneError from gap
