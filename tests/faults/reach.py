"""What a function of the application may come to, read from its source: who calls whom.

Whatever a function names, it may call: steps that are handed on, tables of functions, listeners of
a signal. So the answer errs on the side of too much, never of too little.
"""

import ast
from collections.abc import Callable, Iterator
from functools import cache
from inspect import unwrap
from pathlib import Path
from typing import Any

Name = tuple[str, str]
"""A module, and a name in it; a module itself has the empty name."""
ROOT = Path(__file__).parents[2]
WIRING = "pol.wiring"
OF_MONEY_OR_GOODS = (
    "pol.ledger.models",
    "pol.payments.models",
    "pol.orders.models",
    "pol.partnership.allocation.models",
    "pol.partnership.agreements.models",
    "pol.partnership.consignment.models",
    "pol.partnership.settlement.models",
)
ALSO = {("pol.catalogue.models", "Stock"), ("pol.partnership.slots.models.placement", "Placement")}
"""Tables that hold who has which money, goods or place, and papers that say so."""


def name_of(function: Callable[..., Any]) -> Name:
    """Return where a function is written down."""
    honest = unwrap(function)
    return honest.__module__, honest.__qualname__.split(".")[0]


def may_move(start: Name) -> bool:
    """Answer whether a service that this comes to knows a table of money, goods or places."""
    return any(
        named in ALSO or (named[0].startswith(OF_MONEY_OR_GOODS) and named[1][0].isupper())
        for reached in reached_from(start)
        if ".services" in reached[0]
        for named in _named_in(reached)
    )


def parts_of(module: str, table: str) -> dict[str, list[Name]]:
    """Return what each entry of a table of calls names, by its first argument."""
    written = _written(module)[table]
    calls = [one for one in ast.iter_child_nodes(written) if isinstance(one, ast.Call)]
    return {
        call.args[0].value: [
            found for parts in _chains(call) if (found := _resolve(module, parts)) is not None
        ]
        for call in calls
        if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    }


@cache
def reached_from(start: Name) -> frozenset[Name]:
    """Return everything that this may come to."""
    found, waiting = {start}, [start]
    while waiting:
        new = set(_named_in(waiting.pop())) - found
        found |= new
        waiting += new
    return frozenset(found)


@cache
def _named_in(name: Name) -> frozenset[Name]:
    module, inside = name
    written = _written(module).get(inside)
    heard = frozenset(_listeners().get(name, ()))
    if written is None:
        return heard
    named = (_resolve(module, parts) for parts in _chains(written))
    return heard | {one for one in named if one is not None}


@cache
def _written(module: str) -> dict[str, ast.AST]:
    """Return what a module defines by itself: functions, classes and tables."""
    found: dict[str, ast.AST] = {}
    for node in _tree(module).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found[node.name] = node
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {target.id: node.value for target in targets if isinstance(target, ast.Name)}
    return found


@cache
def _imported(module: str) -> dict[str, Name]:
    """Return what a module borrows from others of ours, by the name that it has here."""
    found: dict[str, Name] = {}
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "pol":
            source = str(node.module)
            for one in node.names:
                inner = f"{source}.{one.name}"
                found[one.asname or one.name] = (
                    (inner, "") if _is_module(inner) else (source, one.name)
                )
    return found


def _resolve(module: str, parts: list[str]) -> Name | None:
    """Follow `parts`, as in `goods.shrink`, to the place where it is written."""
    first, *rest = parts
    if first in _written(module):
        return module, first
    there = _imported(module).get(first)
    if there is None:
        return None
    source, inside = there
    if not inside:
        return _resolve(source, rest) if rest else None
    return _resolve(source, [inside])


def _chains(node: ast.AST) -> Iterator[list[str]]:
    for one in ast.walk(node):
        parts: list[str] = []
        while isinstance(one, ast.Attribute):
            parts.insert(0, one.attr)
            one = one.value
        if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load):
            yield [one.id, *parts]


@cache
def _listeners() -> dict[Name, list[Name]]:
    """Return who hears of a signal."""
    found: dict[Name, list[Name]] = {}
    for node in ast.walk(_tree(WIRING)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "subscribe":
            fact, listener = (_resolve(WIRING, ast.unparse(one).split(".")) for one in node.args)
            assert fact, ast.unparse(node)
            assert listener, ast.unparse(node)
            found.setdefault(fact, []).append(listener)
    return found


@cache
def _tree(module: str) -> ast.Module:
    path = ROOT.joinpath(*module.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return ast.parse(file.read_text(encoding="utf-8"))


@cache
def _is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").exists()
