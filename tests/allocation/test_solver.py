"""The solver finds allowed, proven, repeatable allocations, whatever the instance."""

import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pol.partnership.allocation.rules import checker, instance, result
from pol.partnership.allocation.services.solver import solve, work
from tests.allocation.brute import best_objective
from tests.allocation.instances import make

DATA = Path(__file__).parent / "data"
Json = dict[str, Any]
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def run(raw: Json | bytes, seconds: float = 10.0) -> result.Result:
    """Solve, and have the checker agree."""
    data = raw if isinstance(raw, bytes) else json.dumps(raw).encode()
    found = solve(instance.read(data), seconds=seconds)
    assert checker.check(data, result.write(found)) == []
    return found


@pytest.mark.parametrize(("name", "best"), [("store", 2_857_455), ("pair", 9_690_678)])
def test_small_instances_are_proven(name: str, best: int) -> None:
    found = run((DATA / f"{name}.json").read_bytes(), 60)

    assert found.proven
    assert found.objective == best


def test_a_town_comes_close_to_its_bound() -> None:
    found = run((DATA / "town.json").read_bytes(), 12)

    assert found.gap_ppm < 5000
    assert found.bound >= 27_200_692  # an allocation of this worth is known


def test_an_answer_comes_in_one_second_and_is_explained() -> None:
    began = time.process_time()
    found = run((DATA / "town.json").read_bytes(), 1)

    assert time.process_time() - began < 4
    assert found.log[0].note == "Susunan pertama"


SHAPES = ((3, 1, 1), (3, 1, 2), (4, 1, 2), (3, 2, 1), (2, 2, 2))
"""Applications, stores, shelves per store: at most some hundred choices to try."""


def tiny(shape: tuple[int, int, int], seed: int, **changes: Any) -> Json:
    """Return an instance of one of the shapes."""
    applications, stores, shelves = shape
    return make(applications, stores, shelves, seed, **changes)


small = st.builds(
    tiny,
    st.sampled_from(SHAPES),
    st.integers(0, 10_000),
    gap_mm=st.sampled_from((0, 5, 40)),
    per_producer_per_store=st.integers(0, 2),
    kecamatan_floor=st.integers(0, 3),
    floor_penalty=st.sampled_from((0, 1, 250_000, 10**12)),
)


def shrink(raw: Json) -> Json:
    """Keep few facings and shelves scarce, so that trying everything ends and is not trivial."""
    for shelf in raw["shelves"]:
        shelf |= {"width_mm": 240, "load_g": shelf["load_g"] // 8}
    for at, application in enumerate(raw["applications"]):
        application["max_facings"] = 2
        application["capacity_milli_units"] //= 4
        application["kecamatan"] = f"35.24.{at % 2}"
        application["producer"] = f"P{at % 2}"
    return raw


@SLOW
@given(small.map(shrink))
def test_tiny_instances_are_solved_as_if_everything_had_been_tried(raw: Json) -> None:
    found = run(raw)

    assert found.proven
    assert found.objective == best_objective(raw)


@settings(SLOW, max_examples=15)
@given(st.integers(5, 60), st.integers(1, 4), st.integers(1, 5), st.integers(0, 10_000))
def test_any_instance_of_the_family_gets_an_allowed_answer(
    applications: int, stores: int, shelves: int, seed: int
) -> None:
    found = run(make(applications, stores, shelves, seed), 0.5)

    assert found.bound >= found.objective
    assert len(found.refusals) + len(found.placements) >= applications


def test_the_same_instance_gives_the_same_answer() -> None:
    raw = make(40, 2, 4, 7)
    first, second = run(raw, 30), run(raw, 30)

    assert first.proven
    assert (first.placements, first.refusals) == (second.placements, second.refusals)
    assert [step.objective for step in first.log] == [step.objective for step in second.log]


@pytest.mark.parametrize(
    "changes",
    [
        {"applications": []},
        {"shelves": []},
        {"stores": [], "shelves": [], "applications": []},
        {"per_producer_per_store": 0},
        {"floor_penalty": 10**12},
        {"kecamatan_floor": 10**12},
        {"gap_mm": 100_000},
    ],
    ids=str,
)
def test_degenerate_instances_are_answered_with_proof(changes: Json) -> None:
    assert run(make(12, 2, 2, 3) | changes).proven


@pytest.mark.parametrize(
    ("field", "number"),
    [
        ("width_mm", 100_000),
        ("height_mm", 100_000),
        ("depth_mm", 100_000),
        ("weight_g", 10**12),
        ("capacity_milli_units", 0),
    ],
)
def test_applications_that_fit_nowhere_are_all_refused(field: str, number: int) -> None:
    raw = make(12, 2, 2, 3)
    for application in raw["applications"]:
        application[field] = number
    found = run(raw)

    assert found.proven
    assert found.placements == ()


def test_one_giant_store_is_answered_in_time() -> None:
    raw = make(150, 1, 40, 5)
    for shelf in raw["shelves"]:
        shelf |= {"width_mm": 4000, "load_g": 200_000}
    began = time.process_time()
    run(raw, 3)

    assert time.process_time() - began < 12


def answer(found: result.Result) -> bytes:
    """Return a result as a file, without what a clock measured."""
    log = tuple(replace(step, seconds=0.0) for step in found.log)
    return result.write(replace(found, seconds=0.0, log=log))


@pytest.mark.parametrize("sizes", [(60, 6, 6, 3), (100, 1, 12, 4)], ids=["many", "few"])
def test_a_slow_machine_gives_the_same_answer_byte_for_byte(sizes: tuple[int, ...]) -> None:
    """Many shelves are improved area by area, few are mixed at once; both end by their budget."""
    given_ = instance.read(json.dumps(make(*sizes)).encode())

    quick = solve(given_, seconds=1)
    slow = solve(given_, seconds=1, progress=lambda step: time.sleep(0.2))

    assert not quick.proven
    assert not quick.is_stopped_by_clock
    assert answer(slow) == answer(quick)


def test_the_clock_ends_only_what_takes_far_too_long_and_the_result_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(work, "GRACE", 0.0)
    given_ = instance.read((DATA / "town.json").read_bytes())

    found = solve(given_, seconds=60, patience=0.0)

    assert found.is_stopped_by_clock
    assert json.loads(result.write(found))["is_stopped_by_clock"] is True
    assert not checker.check((DATA / "town.json").read_bytes(), result.write(found))


def test_a_log_tells_how_much_of_the_work_was_done() -> None:
    found = run(make(60, 6, 6, 3), 1)

    done = [step.done_bp for step in found.log]
    assert done == sorted(done)
    assert 0 < done[-1] <= 10_000


def test_a_run_can_be_called_off_from_its_progress() -> None:
    def stop(step: result.Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        solve(instance.read(json.dumps(make(9, 1, 2, 1)).encode()), seconds=5, progress=stop)
