"""Every address says who may open it, and reading never changes anything."""

import ast
import inspect
import textwrap
from collections.abc import Callable
from typing import Any

from flask import Flask

from pol.api import access as programs
from pol.web import access as pages

LIBRARY_ROUTES = {"static"}
ASKS_BY_POST: set[str] = set()
"""Endpoints whose form is too long or too private for an address, yet changes nothing."""

GUARDS = {
    name for access in (pages, programs) for name in vars(access) if name.endswith("_only")
} | {"open_to_all"}
CHANGES = {"change", "transaction"}
"""What begins and ends a transaction: on a page, and behind a door for programs."""


def test_every_route_names_exactly_one_guard(plan: Flask) -> None:
    wrong = [
        endpoint
        for endpoint, view in plan.view_functions.items()
        if endpoint not in LIBRARY_ROUTES and len(_decorators(view) & GUARDS) != 1
    ]
    assert wrong == []


def test_only_posts_change_things(plan: Flask) -> None:
    wrong = [
        rule.endpoint
        for rule in plan.url_map.iter_rules()
        if rule.endpoint not in LIBRARY_ROUTES | ASKS_BY_POST
        if bool(CHANGES & _calls(plan.view_functions[rule.endpoint]))
        != ("POST" in (rule.methods or set()))
    ]
    assert wrong == []


def test_a_view_either_shows_or_changes(plan: Flask) -> None:
    both = [
        rule.endpoint
        for rule in plan.url_map.iter_rules()
        if {"GET", "POST"} <= (rule.methods or set())
    ]
    assert both == []


def _function(view: Callable[..., Any]) -> ast.FunctionDef:
    source = textwrap.dedent(inspect.getsource(inspect.unwrap(view)))
    function = ast.parse(source).body[0]
    assert isinstance(function, ast.FunctionDef)
    return function


def _decorators(view: Callable[..., Any]) -> set[str]:
    return {
        ast.unparse(node).split("(")[0].split(".")[-1] for node in _function(view).decorator_list
    }


def _calls(view: Callable[..., Any]) -> set[str]:
    return {ast.unparse(n.func) for n in ast.walk(_function(view)) if isinstance(n, ast.Call)}
