"""What a function of the application may come to, read from its source: who calls whom.

Whatever a function names, it may call: steps that are handed on, tables of functions, listeners of
a signal. So the answer errs on the side of too much, never of too little.
"""

import ast
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from inspect import unwrap
from typing import Any

Name = tuple[str, str]
"""A module, and a name in it; a module itself has the empty name."""
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
        if isinstance(one, ast.Name):
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
    source = import_module(module).__file__
    assert source
    with open(source, encoding="utf-8") as file:
        return ast.parse(file.read())


@cache
def _is_module(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False


