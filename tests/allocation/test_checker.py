"""The checker refuses every kind of corrupted result, and knows every reason that exists."""

import ast
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pol.partnership.allocation.rules import checker, instance, result
from pol.partnership.allocation.services.solver import solve

Json = dict[str, Any]
GIVEN: Json = {
    "name": "contoh",
    "gap_mm": 10,
    "per_producer_per_store": 1,
    "kecamatan_floor": 1,
    "floor_penalty": 1000,
    "stores": ["S1", "S2"],
    "shelves": [
        {
            "id": code,
            "store": code[:2],
            "width_mm": 300,
            "height_mm": height,
            "depth_mm": 300,
            "load_g": load,
            "level_factor_bp": 10_000,
            "categories": categories,
        }
        for code, height, load, categories in (
            ("S1-1", 300, 9000, ["keripik", "sambal"]),
            ("S1-2", 300, 400, ["keripik"]),
            ("S1-3", 100, 9000, ["keripik"]),
            ("S2-1", 300, 9000, ["keripik", "sambal"]),
        )
    ],
    "applications": [
        {
            "id": code,
            "producer": producer,
            "kecamatan": area,
            "category": category,
            "width_mm": 100,
            "height_mm": 200,
            "depth_mm": depth,
            "weight_g": 300,
            "min_facings": 1,
            "max_facings": 2,
            "capacity_milli_units": 5000,
            "unit_value": 5000,
            "milli_units": [2000, 3000],
            "stores": stores,
        }
        for code, producer, area, category, depth, stores in (
            ("A1", "P1", "35.24.01", "keripik", 200, ["S1", "S2"]),
            ("A2", "P1", "35.24.01", "keripik", 200, ["S1", "S2"]),
            ("A3", "P2", "35.24.02", "sambal", 200, ["S1"]),
            ("A4", "P3", "35.24.03", "sambal", 350, ["S2"]),
        )
    ],
}
DATA = json.dumps(GIVEN).encode()


@pytest.fixture(scope="module")
def sound() -> Json:
    found: Json = json.loads(result.write(solve(instance.read(DATA), seconds=5)))
    assert checker.check(DATA, json.dumps(found).encode()) == []
    return found


def place(application: str, shelf: str, facings: int = 1, x_mm: int = 0) -> Json:
    return {"application": application, "shelf": shelf, "facings": facings, "x_mm": x_mm}


PLACEMENTS = {
    "store": [place("A3", "S2-1")],
    "category": [place("A3", "S1-2")],
    "height": [place("A1", "S1-3")],
    "depth": [place("A4", "S2-1")],
    "facings": [place("A1", "S1-1", 3)],
    "width": [place("A1", "S1-1", 1, 201)],
    "overlap": [place("A1", "S1-1"), place("A3", "S1-1", 1, 109)],
    "load": [place("A1", "S1-2", 2)],
    "twice": [place("A1", "S1-1"), place("A1", "S1-2")],
    "producer": [place("A1", "S1-1"), place("A2", "S1-1", 1, 110)],
    "capacity": [place("A1", "S1-1", 2), place("A1", "S2-1", 2)],
    "unknown_application": [place("A9", "S1-1")],
    "unknown_shelf": [place("A1", "S9-1")],
}


@pytest.mark.parametrize("code", PLACEMENTS)
def test_placements_against_a_rule_are_found(code: str) -> None:
    codes = {each.code for each in checker.check_placements(GIVEN, PLACEMENTS[code])}

    assert code in codes


def test_negative_positions_are_outside_the_shelf() -> None:
    found = checker.check_placements(GIVEN, [place("A1", "S1-1", 1, -1)])

    assert [each.code for each in found] == ["width"]


def test_neighbours_at_exactly_the_gap_and_full_width_are_allowed() -> None:
    placements = [place("A1", "S1-1", 1, 0), place("A3", "S1-1", 1, 110)]

    assert checker.check_placements(GIVEN, placements) == []


def twisted(key: str, change: Callable[[Any], Any]) -> Callable[[Json], Json]:
    return lambda found: found | {key: change(found[key])}


RESULTS: dict[str, Callable[[Json], Json]] = {
    "objective": twisted("objective", lambda number: number + 1),
    "bound": twisted("bound", lambda _: 0),
    "input_sha256": twisted("input_sha256", lambda text: text[::-1]),
    "instance": twisted("instance", lambda text: text + "!"),
    "refusal_missing": twisted("refusals", lambda rows: rows[1:]),
    "refusal_twice": twisted("refusals", lambda rows: [*rows, rows[0]]),
    "refusal_extra": twisted("refusals", lambda rows: [*rows, rows[0] | {"store": "S9"}]),
    "reason": twisted("refusals", lambda rows: [rows[0] | {"reason": "nanti"}, *rows[1:]]),
    "message": twisted("refusals", lambda rows: [rows[0] | {"message": " "}, *rows[1:]]),
    "shape": twisted("placements", lambda rows: [row | {"facings": "2"} for row in rows]),
}


@pytest.mark.parametrize("code", RESULTS)
def test_a_corrupted_result_is_refused(sound: Json, code: str) -> None:
    twisted_result = RESULTS[code](sound)

    found = {each.code for each in checker.check(DATA, json.dumps(twisted_result).encode())}

    assert code in found


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"null", b'{"placements": 3}', b"[" * 99_999])
def test_what_is_no_result_is_said_to_be_none(data: bytes) -> None:
    assert checker.check(DATA, data)[0].code in {"unreadable", "shape"}


def test_the_floor_counts_only_applications_that_could_stand_somewhere() -> None:
    assert checker.objective(GIVEN, []) == -2000


def test_the_checker_knows_the_reasons_that_exist() -> None:
    after_a_hand = {result.Reason.LEFT_FREE}
    assert set(checker.REASONS) == {str(reason) for reason in set(result.Reason) - after_a_hand}


def test_the_checker_shares_no_code_with_the_solver() -> None:
    tree = ast.parse(Path(checker.__file__).read_text(encoding="utf-8"))
    modules = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]

    assert modules
    assert not [module for module in modules if module.startswith("pol")]
