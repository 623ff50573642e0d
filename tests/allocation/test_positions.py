"""Where things stand once it is decided what stands: kinds together, heavy goods low."""

import json
from itertools import groupby
from typing import Any

import pytest

from pol.partnership.allocation.rules import checker, instance, result
from pol.partnership.allocation.services.solver import solve
from tests.allocation.instances import make

Json = dict[str, Any]


def solved(raw: Json) -> Json:
    """Solve, have the checker agree, and return the file."""
    data = json.dumps(raw).encode()
    found = result.write(solve(instance.read(data), seconds=1))
    assert checker.check(data, found) == []
    answer: Json = json.loads(found)
    return answer


def family(seed: int) -> Json:
    """Return an instance whose shelves are alike in pairs, so that standing lower costs nothing."""
    raw = make(60, 2, 4, seed)
    for low, high in pairs_of(raw):
        high |= low | {"id": high["id"]}
    return raw


def pairs_of(raw: Json) -> list[tuple[Json, Json]]:
    """Return the shelves two by two, the lower one first."""
    return list(zip(raw["shelves"][::2], raw["shelves"][1::2], strict=True))


@pytest.mark.parametrize("seed", range(4))
def test_a_category_stands_together_on_its_shelf(seed: int) -> None:
    raw = family(seed)
    kind = {one["id"]: one["category"] for one in raw["applications"]}
    placements = solved(raw)["placements"]
    mixed = 0
    for shelf in raw["shelves"]:
        here = sorted((p for p in placements if p["shelf"] == shelf["id"]), key=lambda p: p["x_mm"])
        runs = [category for category, _ in groupby(here, key=lambda p: kind[p["application"]])]
        assert len(runs) == len(set(runs))
        mixed += len(runs) > 1
    assert mixed


def heavier_below(raw: Json, placements: list[Json]) -> list[tuple[str, str]]:
    """Return what could stand lower on a shelf with the same pull, alone or for a lighter one."""
    goods = {one["id"]: one for one in raw["applications"]}
    found = []
    for high in raw["shelves"]:
        for low in raw["shelves"]:
            if high is low:
                break  # files list the shelves of a store from the floor up
            if (low["store"], low["level_factor_bp"]) != (high["store"], high["level_factor_bp"]):
                continue
            for place in (p for p in placements if p["shelf"] == high["id"]):
                weight = place["facings"] * goods[place["application"]]["weight_g"]
                lighter = [
                    other
                    for other in placements
                    if other["shelf"] == low["id"]
                    and other["facings"] * goods[other["application"]]["weight_g"] < weight
                ]
                for others in ([], *([other] for other in lighter)):
                    moved = [p for p in placements if p is not place and p not in others]
                    moved.append(place | {"shelf": low["id"]})
                    moved += [other | {"shelf": high["id"]} for other in others]
                    if not checker.check_placements(raw, lay_out(raw, moved)):
                        found.append((place["application"], low["id"]))
    return found


def lay_out(raw: Json, placements: list[Json]) -> list[Json]:
    """Put what stands on each shelf side by side."""
    widths = {one["id"]: one["width_mm"] for one in raw["applications"]}
    ends: dict[str, int] = {}
    laid = []
    for place in placements:
        x = ends.get(place["shelf"], 0)
        laid.append(place | {"x_mm": x})
        ends[place["shelf"]] = x + place["facings"] * widths[place["application"]] + raw["gap_mm"]
    return laid


def test_heavy_goods_stand_low_where_it_costs_nothing() -> None:
    raw = make(2, 1, 2, 1, kecamatan_floor=0, per_producer_per_store=2)
    for shelf in raw["shelves"]:
        shelf |= {"width_mm": 150, "height_mm": 300, "depth_mm": 300, "load_g": 90_000}
        shelf |= {"level_factor_bp": 10_000, "categories": ["keripik"]}
    for application, weight in zip(raw["applications"], (200, 900), strict=True):
        application |= {"category": "keripik", "width_mm": 140, "height_mm": 200, "depth_mm": 200}
        application |= {"weight_g": weight, "min_facings": 1, "max_facings": 1}
        application |= {"capacity_milli_units": 90_000, "unit_value": 5_000}
    low, high = (shelf["id"] for shelf in raw["shelves"])
    stands = {p["application"]: p["shelf"] for p in solved(raw)["placements"]}
    assert stands == {"A0001": high, "A0002": low}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nothing_heavy_could_stand_lower_for_nothing(seed: int) -> None:
    """Here nothing that goes down opens room for somebody else, which would stop it."""
    raw = family(seed)
    assert heavier_below(raw, solved(raw)["placements"]) == []


def test_nothing_goes_down_that_would_leave_room_which_somebody_wants() -> None:
    """Of this instance a heavy product moved down would leave a refused one's place empty."""
    assert {refusal["reason"] for refusal in solved(family(0))["refusals"]} <= checker.REASONS


def test_the_control_sees_what_stands_too_high() -> None:
    raw = family(0)
    found = solved(raw)["placements"]
    pairs = [(low["id"], high["id"]) for low, high in pairs_of(raw)]
    swap = dict(pairs) | {high: low for low, high in pairs}
    turned = [place | {"shelf": swap[place["shelf"]]} for place in found]
    assert heavier_below(raw, lay_out(raw, turned))
