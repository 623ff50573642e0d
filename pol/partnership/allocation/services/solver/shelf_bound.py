"""A proven bound from shelves: every rule between shelves gets a price, each shelf is filled alone.

For any prices >= 0 (Lagrangian multipliers) the sum of the best fillings plus what the limits are
worth is an upper bound. Column generation over fillings finds good prices; the bound is then
evaluated in whole numbers, prices and all being multiples of 1/`scale` rupiah.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from pol.partnership.allocation.services.solver import knapsack, relaxation
from pol.partnership.allocation.services.solver.knapsack import Board
from pol.partnership.allocation.services.solver.master import Master
from pol.partnership.allocation.services.solver.problem import (
    CAPACITY,
    LINK,
    ON_BOARD,
    Ints,
    Problem,
)
from pol.partnership.allocation.services.solver.relaxation import Floats
from pol.partnership.allocation.services.solver.scarce import Handout, Product, hand_out, link
from pol.partnership.allocation.services.solver.work import Budget

ROUNDS = 150
STEP = 0.4
CLOSE = 1e-6


@dataclass
class Prices:
    """A price per row (0 for widths) and per floor, in 1/scale rupiah."""

    scale: int
    rows: Ints
    floors: Ints

    def gains(self, problem: Problem) -> Ints:
        """Return what each column brings after paying for the rules it touches, scaled."""
        gains = problem.value * self.scale + self.floors[problem.kecamatan]
        starts, rows, amounts = problem.entries
        owner = np.repeat(np.arange(problem.size), np.diff(starts))
        np.subtract.at(gains, owner, self.rows[rows] * amounts)
        return gains

    def constant(self, problem: Problem, kinds: frozenset[int]) -> int:
        """Return what the limits of some kinds of rows are worth, less the floors', scaled."""
        rows = self.rows.tolist()
        paid = sum(rows[at] * row.limit for at, row in enumerate(problem.rows) if row.kind in kinds)
        pairs = zip(self.floors.tolist(), problem.targets.tolist(), strict=True)
        return int(paid - sum(price * target for price, target in pairs))

    def towards(self, problem: Problem, rows: Floats, floors: Floats, step: float) -> "Prices":
        """Return prices a step from these towards others: a master's prices jump about."""
        mixed = [
            (1 - step) * old / self.scale + step * new
            for old, new in ((self.rows, rows), (self.floors, floors))
        ]
        return rounded(problem, self.scale, mixed[0], mixed[1])


@dataclass
class Evaluation:
    """A proven bound (scaled), the best filling of each board, and the gains it was made with."""

    bound: int
    best: list[int]
    chosen: list[list[int]]
    gains: list[int]
    tables: list[Ints] = field(repr=False)
    handouts: list[Handout] = field(default_factory=list)


def scale_of(problem: Problem) -> int:
    """Return how finely prices may be measured so that no sum leaves 63 bits."""
    most = int(problem.value.sum()) + problem.penalty * int(problem.targets.sum() + problem.size)
    return max(1, min(2**20, 2**60 // (most + 1)))


def evaluate(
    problem: Problem,
    boards: list[Board],
    prices: Prices,
    budget: Budget,
    products: Sequence[Product] = (),
) -> Evaluation:
    """Return the bound at some prices."""
    gains = prices.gains(problem).tolist()
    fillings = [knapsack.fill(board, gains) for board in boards]
    kinds = frozenset(row.kind for row in problem.rows) - ON_BOARD
    handouts = _hand_out(problem, prices, products)
    bound = prices.constant(problem, kinds) + sum(filling[0] for filling in fillings)
    bound += sum(handout.worth for handout in handouts)
    cells = sum(board.cells for board in boards)
    states = sum(handout.states for handout in handouts)
    budget.charge({"column": problem.size, "cell": cells, "state": states})
    return Evaluation(
        bound,
        [filling[0] for filling in fillings],
        [filling[1] for filling in fillings],
        gains,
        [filling[2] for filling in fillings],
        handouts,
    )


def _hand_out(problem: Problem, prices: Prices, products: Sequence[Product]) -> list[Handout]:
    paid = np.zeros(problem.size, dtype=np.int64)
    for at, row in enumerate(problem.rows):
        if row.kind == LINK:
            paid[row.columns] = prices.rows[at]
    return [hand_out(product, paid) for product in products]


def rounded(problem: Problem, scale: int, rows: Floats, floors: Floats) -> Prices:
    """Return floating prices as allowed whole ones: >= 0, and no floor's above the penalty."""
    most = float(2**61 // max(1, scale))
    exact = np.rint(np.clip(rows, 0.0, most) * scale).astype(np.int64)
    exact[[row.kind in ON_BOARD for row in problem.rows]] = 0
    soft = np.rint(np.clip(floors, 0.0, problem.penalty) * scale).astype(np.int64)
    return Prices(scale, exact, np.minimum(soft, problem.penalty * scale))


def first_prices(problem: Problem, budget: Budget, share: float) -> Prices:
    """Return the prices of the linear relaxation; all 0 when it costs more than a share."""
    prices = relaxation.relax(problem, budget, round(budget.left * share))
    rows, floors = prices or (np.zeros(len(problem.rows)), np.zeros(len(problem.targets)))
    return rounded(problem, scale_of(problem), rows, floors)


class Search:
    """Column generation over shelf fillings; `best` is the tightest evaluation so far."""

    def __init__(
        self, problem: Problem, prices: Prices, budget: Budget, products: Sequence[Product] = ()
    ) -> None:
        self.problem, self.boards, self.prices = problem, knapsack.boards(problem), prices
        self.products, self._budget = products, budget
        self.best = evaluate(problem, self.boards, prices, budget, products)
        between = [at for at, row in enumerate(problem.rows) if row.kind not in ON_BOARD]
        self._rows = np.array(between, dtype=np.int64)
        self.master = Master(problem, self._rows, len(self.boards) + len(products), budget)
        self._add(self.best)

    @property
    def bound(self) -> int:
        """Return the proven bound in whole rupiah."""
        return self.best.bound // self.prices.scale

    def run(self, share: float) -> None:
        """Improve the prices until they are as good as they get, or a share of work is done."""
        until = self._budget.part(share)
        for _ in range(ROUNDS):
            if self._budget.is_over(until) or not self._round():
                return

    def _round(self) -> bool:
        relaxed = self.master.relax()
        if relaxed is None:
            return False
        value, rows, floors = relaxed
        if self.best.bound / self.prices.scale - value <= CLOSE * abs(value):
            return False
        prices = np.zeros(len(self.problem.rows))
        prices[self._rows] = rows
        here = self.prices.towards(self.problem, prices, floors, STEP)
        evaluation = evaluate(self.problem, self.boards, here, self._budget, self.products)
        self._add(evaluation)
        if evaluation.bound < self.best.bound:
            self.best, self.prices = evaluation, here
        return True

    def _add(self, evaluation: Evaluation) -> None:
        for at, chosen in enumerate(evaluation.chosen):
            self.master.add(at, chosen)
        for at, handout in enumerate(evaluation.handouts, start=len(self.boards)):
            self.master.add_handout(at, handout.columns or [])

    def tightened(self) -> "Search | None":
        """Return a search that knows what whole placements scarce products allow; None if none is.

        Its first prices are worth the same: a column costs what its units did.
        """
        priced = enumerate(zip(self.problem.rows, self.prices.rows.tolist(), strict=True))
        scarce = [at for at, (row, price) in priced if row.kind == CAPACITY and price > 0]
        if not scarce:
            return None
        problem, products, origin = link(self.problem, scarce)
        known = self.prices.rows.tolist()
        of_product = {
            int(self.problem.application[self.problem.rows[at].columns[0]]): known[at]
            for at in scarce
        }
        product_of, units = self.problem.application.tolist(), self.problem.units.tolist()
        prices = [
            known[at] if at >= 0 else of_product[product_of[-1 - at]] * units[-1 - at]
            for at in origin
        ]
        start = Prices(self.prices.scale, np.array(prices, dtype=np.int64), self.prices.floors)
        search = Search(problem, start, self._budget, [*self.products, *products])
        search.master.learn(self.master)
        return search


def global_gains(problem: Problem, prices: Prices) -> Ints:
    """Return the columns' gains after paying for what stores share, in rupiah."""
    shared = np.array([row.kind in {CAPACITY, LINK} for row in problem.rows], dtype=bool)
    rows = np.where(shared, prices.rows, 0)
    return Prices(prices.scale, rows, prices.floors).gains(problem) // prices.scale
