"""What a refusal says is true: tested against the result by sums of this test's own."""

import json
from typing import Any

import pytest

from pol.partnership.allocation.rules import checker, instance, result
from pol.partnership.allocation.rules.result import Reason
from pol.partnership.allocation.rules.sentences import explain, scene_of
from pol.partnership.allocation.services.solver import solve
from tests.allocation.instances import make

Json = dict[str, Any]
HARD = {"too_high", "too_deep", "too_wide", "too_heavy", "category_not_allowed", "no_shelf"}


def insertions(raw: Json, found: Json, refusal: Json) -> list[Json]:
    """Return each way to put a refused product somewhere free in that store, by the checker."""
    application = next(a for a in raw["applications"] if a["id"] == refusal["application"])
    ways = []
    for shelf in (s for s in raw["shelves"] if s["store"] == refusal["store"]):
        stands = [p for p in found["placements"] if p["shelf"] == shelf["id"]]
        widths = {a["id"]: a["width_mm"] for a in raw["applications"]}
        ends = [p["x_mm"] + p["facings"] * widths[p["application"]] for p in stands]
        x = max(ends, default=-raw["gap_mm"]) + raw["gap_mm"]
        for facings in range(application["min_facings"], application["max_facings"] + 1):
            way = {"application": application["id"], "shelf": shelf["id"]}
            way |= {"facings": facings, "x_mm": x}
            if not checker.check_placements(raw, [*found["placements"], way]):
                ways.append(way)
    return ways


@pytest.mark.parametrize("seed", range(6))
def test_no_refused_product_could_simply_be_put_in(seed: int) -> None:
    raw = make(50, 2, 3, seed)
    for application in raw["applications"][::7]:
        application["unit_value"] = 0
    raw["shelves"][0]["load_g"] //= 6
    data = json.dumps(raw).encode()
    found = json.loads(result.write(solve(instance.read(data), seconds=1)))

    for refusal in found["refusals"]:
        ways = insertions(raw, found, refusal)
        for way in ways:
            worth = checker.objective(raw, [*found["placements"], way])
            assert worth <= found["objective"]
        assert (refusal["reason"] == Reason.NO_VALUE) == bool(ways)
        empty = insertions(raw, found | {"placements": []}, refusal)
        assert bool(empty) != (refusal["reason"] in HARD)


def one(**changes: Any) -> tuple[str, str]:
    """Return reason and sentence for one product at one shelf, both changed by dotted names."""
    raw = make(1, 1, 1, 1)
    shelf = {"width_mm": 600, "height_mm": 300, "depth_mm": 300, "load_g": 9000}
    raw["shelves"][0] |= shelf | {"categories": ["keripik"], "level_factor_bp": 10_000}
    product = {"category": "keripik", "width_mm": 100, "height_mm": 200, "depth_mm": 150}
    product |= {"weight_g": 100, "capacity_milli_units": 90_000, "min_facings": 1}
    raw["applications"][0] |= product | changes
    refusal = solve(instance.read(json.dumps(raw).encode()), seconds=1).refusals[0]
    return refusal.reason, refusal.message


@pytest.mark.parametrize(
    ("changes", "reason", "words"),
    [
        ({"category": "minuman"}, "category_not_allowed", '"minuman"'),
        ({"height_mm": 301}, "too_high", "301 mm"),
        ({"depth_mm": 301}, "too_deep", "301 mm"),
        ({"width_mm": 601}, "too_wide", "601 mm"),
        ({"weight_g": 5000}, "too_heavy", "10 kg"),
        ({"capacity_milli_units": 10}, "capacity_used_up", "0,01 unit"),
        ({"unit_value": 0, "kecamatan": "35.24.01"}, None, None),
    ],
)
def test_the_sentence_names_the_measure(
    changes: Json, reason: str | None, words: str | None
) -> None:
    if reason is None or words is None:
        with pytest.raises(IndexError):  # placed: the floor wants it though it brings nothing
            one(**changes)
        return
    code, message = one(**changes)

    assert code == reason
    assert words in message


def test_shelf_full_compares_the_values() -> None:
    raw = make(2, 1, 1, 1, kecamatan_floor=0)
    raw["shelves"][0] |= {"width_mm": 150, "height_mm": 300, "categories": ["keripik"]}
    raw["shelves"][0] |= {"level_factor_bp": 10_000, "depth_mm": 300, "load_g": 9000}
    for at, application in enumerate(raw["applications"]):
        application |= {"category": "keripik", "width_mm": 100, "height_mm": 200, "depth_mm": 150}
        application |= {"capacity_milli_units": 9000, "max_facings": 1, "weight_g": 1}
        application |= {"milli_units": [1000], "unit_value": 61_000 + 3000 * at}
    raw["names"] = {"S001": "Toko Babat", "S001-1": "Rak 3"}
    refusal = solve(instance.read(json.dumps(raw).encode()), seconds=1).refusals[0]

    assert refusal.message == (
        "Rak 3 Toko Babat penuh: nilai Anda Rp61.000, nilai terendah yang masuk Rp64.000."
    )


def _three_for_two_places(**changes: Any) -> Json:
    """Return a shelf with room for two, and three products of equal size."""
    raw = make(3, 1, 1, 1, **changes)
    raw["shelves"][0] |= {"width_mm": 230, "height_mm": 300, "categories": ["keripik"]}
    raw["shelves"][0] |= {"level_factor_bp": 10_000, "depth_mm": 300, "load_g": 9000}
    raw |= {"per_producer_per_store": 3, "floor_penalty": 900_000}
    for at, application in enumerate(raw["applications"]):
        application |= {"category": "keripik", "width_mm": 100, "height_mm": 200, "depth_mm": 150}
        application |= {"capacity_milli_units": 9000, "max_facings": 1, "weight_g": 1}
        application |= {"milli_units": [1000], "unit_value": (10_000, 60_000, 50_000)[at]}
        application |= {"kecamatan": ("35.24.01", "35.24.02", "35.24.02")[at]}
    return raw


def test_what_a_floor_decided_is_said_to_be_the_floor() -> None:
    """The refused product is worth five times what stands there for its kecamatan."""
    data = json.dumps(_three_for_two_places(kecamatan_floor=1)).encode()
    (refusal,) = solve(instance.read(data), seconds=1).refusals
    assert (refusal.application, refusal.reason) == ("A0003", Reason.SHELF_FULL)
    assert "yang nilainya lebih rendah di situ memenuhi jatah kecamatannya" in refusal.message


@pytest.mark.parametrize(
    ("floor", "by_hand", "words"),
    [
        (1, frozenset[str](), "memenuhi jatah kecamatannya"),
        (0, frozenset[str](), "bernilai lebih tinggi di semua toko bersama."),
        (0, frozenset({"S001-1"}), "toko mengubah susunannya"),
        (0, frozenset({"S001-2"}), "bernilai lebih tinggi di semua toko bersama."),
    ],
)
def test_hands_explain_only_the_shelf_that_they_filled(
    floor: int, by_hand: frozenset[str], words: str
) -> None:
    data = json.dumps(_three_for_two_places(kecamatan_floor=floor)).encode()
    market = instance.read(data)
    first, second, third = market.applications
    stands = {"S001-1": [(first, 1), (second, 1)]}
    found = explain(scene_of(market, stands, by_hand=by_hand), third, "S001")
    assert words in found.message
