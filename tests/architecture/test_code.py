"""Rules about our own code that no off-the-shelf linter knows."""

import ast
import re
from pathlib import Path

import pytest
from sqlalchemy import inspect

from pol.kernel.db import Base
from tests.architecture import MIGRATIONS, PRODUCT, ROOT, TEMPLATES, TESTS, name_of, nodes, tree

MAX_LINES = 400
REFUSALS = {"PolError", "NotFound", "NotAllowed", "Refused"}
LEFT_BEHIND = re.compile(
    r"TO"
    r"DO|FIX"
    r"ME|XX"
    r"X\b|breakpoint\(|unittest\.mock|mark\.(skip|xfail)|pytest\.(skip|xfail)"
)


@pytest.mark.parametrize("path", [*PRODUCT, *TESTS, *TEMPLATES], ids=name_of)
def test_a_file_fits_in_one_sitting(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= MAX_LINES


def test_nothing_is_left_for_later_or_passed_over() -> None:
    files = [*PRODUCT, *TESTS, *TEMPLATES, *MIGRATIONS]
    assert [name_of(path) for path in files if LEFT_BEHIND.search(path.read_text())] == []


def test_only_the_kernel_ends_a_transaction() -> None:
    offenders = [
        place
        for path in PRODUCT
        if path.name != "transaction.py"
        for place, node in nodes([path])
        if isinstance(node, ast.Attribute) and node.attr in {"commit", "rollback"}
        if ast.unparse(node.value) not in _savepoints(path)
    ]
    assert offenders == []


def _savepoints(path: Path) -> set[str]:
    """Return the names that this file gives to savepoints, which end nothing."""
    return {
        ast.unparse(item.optional_vars)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.With)
        for item in node.items
        if item.optional_vars and ast.unparse(item.context_expr).endswith(".begin_nested()")
    }


def test_pages_never_load_rows_behind_our_back() -> None:
    lazy = [
        f"{mapper.class_.__name__}.{relation.key}"
        for mapper in Base.registry.mappers
        for relation in inspect(mapper).relationships
        if relation.lazy not in {"raise_on_sql", "selectin", "joined", "write_only"}
    ]
    assert lazy == []


def test_every_refusal_is_met_in_some_test() -> None:
    refusals = _refusals()
    met = {
        node.id if isinstance(node, ast.Name) else node.attr
        for _, node in nodes(TESTS)
        if isinstance(node, ast.Name | ast.Attribute)
    }
    assert sorted(refusals - met) == []


def _refusals() -> set[str]:
    """Return every class below `PolError`, however deep."""
    classes = [node for _, node in nodes(PRODUCT) if isinstance(node, ast.ClassDef)]
    found = set(REFUSALS)
    while more := {
        each.name
        for each in classes
        if each.name not in found
        and found & {ast.unparse(base).split(".")[-1] for base in each.bases}
    }:
        found |= more
    return found - REFUSALS


def test_every_test_can_fail() -> None:
    """A test asserts, expects a refusal, or calls a helper named `assert_...`."""
    idle = [
        f"{name_of(path)}::{test.name}"
        for path in TESTS
        for test in ast.walk(tree(path))
        if isinstance(test, ast.FunctionDef) and test.name.startswith("test_")
        if not any(_can_fail(node) for node in ast.walk(test))
    ]
    assert idle == []


def _can_fail(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        name = ast.unparse(node.func).split(".")[-1]
        return name == "raises" or name.startswith(("assert_", "expect"))
    return isinstance(node, ast.Assert)


def test_requirements_are_pinned_by_hash_and_name_no_host() -> None:
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        text = path.read_text()
        pins = re.findall(r"^[a-z0-9].*==.*(?:\n .*)*", text, re.MULTILINE | re.IGNORECASE)
        assert all("--hash=sha256:" in pin for pin in pins)
        assert not re.search(r"://|index-url|find-links|file:", text), path.name
