"""An instance as numbers: one column for each way to put a product on a shelf.

A column is (application, shelf, facings) that an empty shelf could take. Between columns stand
rows, each "sum of amounts <= limit": width and load of a shelf, one shelf per application and
store, the producer's limit in a store, the application's capacity over all stores. Rows that no
choice can break are left out. The floors of the kecamatan are kept apart, because they are soft.
"""

from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from pol.partnership.allocation.rules import formulas
from pol.partnership.allocation.rules.instance import Application, Instance, Shelf

Ints = NDArray[np.int64]
WIDTH, CHOICE, LOAD, ONE, PRODUCER, CAPACITY, LINK = range(7)
ON_BOARD = frozenset({WIDTH, CHOICE})
"""Rows that the filling of one shelf keeps by itself."""


@dataclass(frozen=True)
class Row:
    """`sum(amounts * chosen[columns]) <= limit`; `block` is the store's index, -1 for all."""

    kind: int
    limit: int
    columns: Ints
    amounts: Ints
    block: int


@dataclass(frozen=True)
class Problem:
    """The columns (parallel arrays), the rows between them, and the floors."""

    instance: Instance
    application: Ints
    shelf: Ints
    store: Ints
    facings: Ints
    width: Ints
    load: Ints
    units: Ints
    value: Ints
    kecamatan: Ints
    rows: tuple[Row, ...]
    entries: tuple[Ints, Ints, Ints]
    """The rows by column: where each column's entries start, their rows, their amounts."""
    targets: Ints
    by_shelf: tuple[tuple[int, tuple[tuple[int, ...], ...]], ...]
    """For each shelf with columns: its index, and the columns of each application on it."""

    @property
    def size(self) -> int:
        """Return the number of columns."""
        return len(self.value)

    @property
    def penalty(self) -> int:
        """Return the rupiah that one missing placement costs."""
        return self.instance.floor_penalty

    def room(self, shelf: int) -> int:
        """Return a shelf's width with one gap more, as each placement brings one gap."""
        return self.instance.shelves[shelf].width_mm + self.instance.gap_mm

    def usage(self, chosen: list[int]) -> Ints:
        """Return how much of each row a choice takes."""
        used = np.zeros(len(self.rows), dtype=np.int64)
        starts, rows, amounts = self.entries
        for column in chosen:
            part = slice(starts[column], starts[column + 1])
            used[rows[part]] += amounts[part]
        return used

    def objective(self, chosen: list[int]) -> int:
        """Return the exact objective of a choice of columns."""
        short = self.targets.copy()
        np.subtract.at(short, self.kecamatan[chosen], 1)
        lacking = int(np.maximum(short, 0).sum())
        return sum(int(self.value[column]) for column in chosen) - self.penalty * lacking


def build(instance: Instance) -> Problem:
    """Return the problem of an instance; the order of everything is the file's order."""
    columns = _columns(instance)
    arrays = np.array(columns, dtype=np.int64).reshape(-1, 9).T
    application, shelf, store, facings, width, load, units, value, kecamatan = arrays
    floors = np.array(list(formulas.floors(instance).values()), dtype=np.int64)
    problem = Problem(
        instance,
        *(application, shelf, store, facings, width, load, units, value, kecamatan),
        rows=(),
        entries=(facings, facings, facings),
        targets=floors if instance.floor_penalty else floors * 0,
        by_shelf=_by_shelf(columns),
    )
    return with_rows(problem, tuple(_rows(problem)))


def with_rows(problem: Problem, rows: tuple[Row, ...]) -> Problem:
    """Return the problem with other rows."""
    return replace(problem, rows=rows, entries=_entries(rows, problem.size))


def _entries(rows: tuple[Row, ...], size: int) -> tuple[Ints, Ints, Ints]:
    none = [np.empty(0, dtype=np.int64)]
    columns = np.concatenate([row.columns for row in rows] or none)
    row_of = np.repeat(np.arange(len(rows)), [len(row.columns) for row in rows])
    amounts = np.concatenate([row.amounts for row in rows] or none)
    order = np.argsort(columns, kind="stable")
    starts = np.searchsorted(columns[order], np.arange(size + 1))
    return starts, row_of[order], amounts[order]


def _columns(instance: Instance) -> list[tuple[int, ...]]:
    if instance.per_producer_per_store == 0:
        return []
    stores = {store: at for at, store in enumerate(instance.stores)}
    shelves: dict[str, list[tuple[int, Shelf]]] = {}
    for at, shelf in enumerate(instance.shelves):
        shelves.setdefault(shelf.store, []).append((at, shelf))
    kecamatan = {code: at for at, code in enumerate(formulas.floors(instance))}
    return [
        (at, shelf_at, stores[store], *choice, kecamatan[application.kecamatan])
        for at, application in enumerate(instance.applications)
        for store in application.stores
        for shelf_at, shelf in shelves.get(store, ())
        for choice in _choices(instance, application, shelf)
    ]


def _choices(
    instance: Instance, application: Application, shelf: Shelf
) -> list[tuple[int, int, int, int, int]]:
    """Return (facings, width with gap, load, units, value), without what another one beats."""
    found: list[tuple[int, int, int, int, int]] = []
    if formulas.find_misfit(application, shelf):
        return found
    for facings in formulas.facings_range(application):
        width = facings * application.width_mm
        load = formulas.load(application, shelf, facings)
        units = formulas.units(application, shelf, facings)
        value = formulas.value(application, shelf, facings)
        if width > shelf.width_mm or load > shelf.load_g:
            break
        beaten = any(less[3] <= units and less[4] >= value for less in found)
        if units <= application.capacity_milli_units and not beaten:
            found.append((facings, width + instance.gap_mm, load, units, value))
    return found


def _by_shelf(
    columns: list[tuple[int, ...]],
) -> tuple[tuple[int, tuple[tuple[int, ...], ...]], ...]:
    order = sorted(range(len(columns)), key=lambda column: (columns[column][1], column))
    return tuple(
        (
            shelf,
            tuple(tuple(same) for _, same in groupby(group, key=lambda column: columns[column][0])),
        )
        for shelf, group in groupby(order, key=lambda column: columns[column][1])
    )


def _rows(problem: Problem) -> list[Row]:
    """Return every row that some choice could break."""
    instance = problem.instance
    producers = {a.producer: at for at, a in enumerate(instance.applications)}
    producer = np.array([producers[a.producer] for a in instance.applications], dtype=np.int64)
    ones = np.ones(problem.size, dtype=np.int64)
    many = len(instance.applications) + 1
    limits_one = {int(key): 1 for key in np.unique(problem.store * many + problem.application)}
    of_producer = problem.store * many + producer[problem.application] if problem.size else ones
    per_store = instance.per_producer_per_store
    shelf_ids = range(len(instance.shelves))
    return [
        *_group(
            problem, WIDTH, problem.shelf, problem.width, {s: problem.room(s) for s in shelf_ids}
        ),
        *_group(
            problem,
            LOAD,
            problem.shelf,
            problem.load,
            {s: instance.shelves[s].load_g for s in shelf_ids},
        ),
        *_group(problem, ONE, problem.store * many + problem.application, ones, limits_one),
        *_group(
            problem,
            PRODUCER,
            of_producer,
            ones,
            {int(k): per_store for k in np.unique(of_producer)},
        ),
        *_group(
            problem,
            CAPACITY,
            problem.application,
            problem.units,
            {at: a.capacity_milli_units for at, a in enumerate(instance.applications)},
        ),
    ]


def _group(
    problem: Problem, kind: int, keys: Ints, amounts: Ints, limits: dict[int, int]
) -> list[Row]:
    order = np.argsort(keys, kind="stable")
    starts = np.flatnonzero(np.diff(keys[order], prepend=-1))
    rows = []
    for columns in np.split(order, starts[1:]) if problem.size else ():
        limit = limits[int(keys[columns[0]])]
        if _most(problem, kind, columns, amounts) > limit:
            block = -1 if kind == CAPACITY else int(problem.store[columns[0]])
            alone = kind == ONE and len(set(problem.shelf[columns].tolist())) == 1
            rows.append(Row(CHOICE if alone else kind, limit, columns, amounts[columns], block))
    return rows


def _most(problem: Problem, kind: int, columns: Ints, amounts: Ints) -> int:
    """Return the most that a choice could add up to, given one place per application and store."""
    if kind == ONE:
        return len(columns)
    best: dict[tuple[int, int], int] = {}
    for column in columns.tolist():
        key = (int(problem.application[column]), int(problem.store[column]))
        best[key] = max(best.get(key, 0), int(amounts[column]))
    return sum(best.values())
