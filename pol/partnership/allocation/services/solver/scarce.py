"""Products whose capacity runs out: each one's units are handed out as a problem of its own.

A price on the capacity alone lets a product stand in a third of a place. Here the shelves pay for
each single column of a scarce product (rows of kind LINK), and a hand-out may take any columns, one
per store, that the capacity really holds: the bound then knows that units come in whole placements.
"""

from dataclasses import dataclass

import numpy as np

from pol.partnership.allocation.services.solver.problem import (
    LINK,
    Ints,
    Problem,
    Row,
    with_rows,
)

MOST_STATES = 3000


@dataclass(frozen=True)
class Product:
    """One scarce product: its capacity and, store by store, its columns and their units."""

    capacity: int
    stores: tuple[tuple[Ints, Ints], ...]


def link(problem: Problem, scarce: list[int]) -> tuple[Problem, list[Product], list[int]]:
    """Return the problem with some capacity rows taken apart, and the products they belong to.

    The third answer says for each new row which row it was: its number, or for links -1 - column.
    """
    rows: list[Row] = []
    origin: list[int] = []
    products = []
    for at, row in enumerate(problem.rows):
        if at not in scarce:
            rows.append(row)
            origin.append(at)
            continue
        products.append(_product(problem, row))
        for column in row.columns.tolist():
            rows.append(Row(LINK, 0, np.array([column]), np.array([1]), -1))
            origin.append(-1 - column)
    return with_rows(problem, tuple(rows)), products, origin


def _product(problem: Problem, row: Row) -> Product:
    stores = problem.store[row.columns]
    return Product(
        row.limit,
        tuple(
            (row.columns[stores == store], row.amounts[stores == store])
            for store in np.unique(stores)
        ),
    )


@dataclass(frozen=True)
class Handout:
    """The most that the shelves would pay, and the columns that bring it (None when coarse).

    `states` counts what was looked at.
    """

    worth: int
    columns: list[int] | None
    states: int


def hand_out(product: Product, paid: Ints) -> Handout:
    """Return the best way to use a product's capacity at what each column is paid."""
    units, worth = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64)
    steps: list[tuple[Ints, Ints]] = []
    coarse, looked_at = False, 0
    for columns, amounts in product.stores:
        asked = paid[columns] > 0
        own, more = np.append(-1, columns[asked]), np.append(0, amounts[asked])
        all_units = (more[:, None] + units[None, :]).ravel()
        all_worth = (np.append(0, paid[columns[asked]])[:, None] + worth[None, :]).ravel()
        looked_at += len(all_units)
        kept = _frontier(all_units, all_worth, product.capacity)
        steps.append((kept % len(units), own[kept // len(units)]))
        units, worth = all_units[kept], all_worth[kept]
        if len(units) > MOST_STATES:
            units, worth = _coarsen(units, worth)
            coarse = True
    return Handout(int(worth[-1]), None if coarse else _trace(steps), looked_at)


def _frontier(units: Ints, worth: Ints, capacity: int) -> Ints:
    """Return which states no other beats, by units; ordered runs make the sorting cheap."""
    allowed = np.flatnonzero(units <= capacity)
    order = allowed[np.argsort(units[allowed], kind="stable")]
    highest = np.maximum.accumulate(worth[order])
    better = np.ones(len(order), dtype=bool)
    better[1:] = highest[1:] > highest[:-1]
    return order[better]


def _coarsen(units: Ints, worth: Ints) -> tuple[Ints, Ints]:
    """Put neighbouring states together as one with the fewest units and the most worth."""
    step = -(-len(units) // (MOST_STATES // 2))
    last = np.minimum(np.arange(step - 1, len(units) + step - 1, step), len(units) - 1)
    return units[::step], worth[last]


def _trace(steps: list[tuple[Ints, Ints]]) -> list[int]:
    chosen = []
    at = len(steps[-1][0]) - 1 if steps else -1
    for parents, columns in reversed(steps):
        if columns[at] >= 0:
            chosen.append(int(columns[at]))
        at = int(parents[at])
    return sorted(chosen)
