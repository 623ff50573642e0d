"""Checking a result against its instance, without a line of the solver's code.

Written from the contract alone: it reads both files as plain JSON, does its own sums and answers
with everything that is wrong. `check` is for whole results; `check_placements` is for a change
made by hand, before it is kept.
"""

import json
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import Any

REASONS = frozenset(
    {
        "no_shelf",
        "category_not_allowed",
        "too_high",
        "too_deep",
        "too_wide",
        "too_heavy",
        "capacity_used_up",
        "producer_limit",
        "shelf_full",
        "load_full",
        "no_value",
    }
)
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that is wrong: a stable code and a sentence with the particulars."""

    code: str
    message: str


def check(instance_json: bytes, result_json: bytes) -> list[Violation]:
    """Return everything that is wrong with a result; an empty list means that it holds.

    The instance must be one that `instance.read` accepts; the result may be anything.
    """
    instance: Json = json.loads(instance_json)
    try:
        result = json.loads(result_json)
    except (ValueError, RecursionError):
        return [Violation("unreadable", "Hasil bukan JSON yang utuh.")]
    if wrong := _shape(result):
        return [Violation("shape", wrong)]
    violations = check_placements(instance, result["placements"])
    digest = sha256(instance_json).hexdigest()
    if result["input_sha256"] != digest:
        violations.append(Violation("input_sha256", f"Hasil ini bukan dari masukan {digest}."))
    if result["instance"] != instance["name"]:
        violations.append(Violation("instance", f'Nama masukan adalah "{instance["name"]}".'))
    violations += _check_refusals(instance, result)
    if not any(each.code.startswith("unknown") for each in violations):
        violations += _check_objective(instance, result)
    return violations


def check_placements(instance: Json, placements: list[Json]) -> list[Violation]:
    """Return what constraints 1 to 6 and the positions have against some placements."""
    applications = {a["id"]: a for a in instance["applications"]}
    shelves = {s["id"]: s for s in instance["shelves"]}
    violations = []
    known = []
    for placement in placements:
        if placement["application"] not in applications:
            violations.append(Violation("unknown_application", f"{placement}"))
        elif placement["shelf"] not in shelves:
            violations.append(Violation("unknown_shelf", f"{placement}"))
        else:
            application = applications[placement["application"]]
            known.append((application, shelves[placement["shelf"]], placement))
    for application, shelf, placement in known:
        violations += _check_fit(application, shelf, placement)
    violations += _check_shelves(instance, known)
    violations += _check_counts(instance, known)
    violations += _check_capacity(instance, known)
    return violations


def objective(instance: Json, placements: list[Json]) -> int:
    """Return the objective of placements whose facings are among those applied for."""
    applications = {a["id"]: a for a in instance["applications"]}
    shelves = {s["id"]: s for s in instance["shelves"]}
    total = 0
    placed: dict[str, int] = {}
    for placement in placements:
        application = applications[placement["application"]]
        sold = application["milli_units"][placement["facings"] - 1]
        pull = shelves[placement["shelf"]]["level_factor_bp"]
        total += sold * pull * application["unit_value"] // 10_000_000
        area = application["kecamatan"]
        placed[area] = placed.get(area, 0) + 1
    fitting: dict[str, int] = {}
    for application in applications.values():
        if any(_stands(application, shelf) for shelf in shelves.values()):
            fitting[application["kecamatan"]] = fitting.get(application["kecamatan"], 0) + 1
    for area, count in fitting.items():
        wanted = min(instance["kecamatan_floor"], count)
        total -= instance["floor_penalty"] * max(0, wanted - placed.get(area, 0))
    return total


FIELDS: dict[str, type | tuple[type, ...]] = {
    "instance": str,
    "objective": int,
    "bound": int,
    "seconds": (int, float),
    "input_sha256": str,
    "placements": list,
    "refusals": list,
}
ROWS: dict[str, dict[str, type | tuple[type, ...]]] = {
    "placements": {"application": str, "shelf": str, "facings": int, "x_mm": int},
    "refusals": {"application": str, "store": str, "reason": str, "message": str},
}


def _shape(result: object) -> str | None:
    """Return what is wrong with the result's form."""
    wrong = _wrong_field(result, FIELDS)
    if wrong or not isinstance(result, dict):
        return wrong and f"Hasil: {wrong}."
    for name, fields in ROWS.items():
        for at, row in enumerate(result[name]):
            if wrong := _wrong_field(row, fields):
                return f"Hasil: {name}[{at}]: {wrong}."
    return None


def _wrong_field(row: object, fields: dict[str, type | tuple[type, ...]]) -> str | None:
    if not isinstance(row, dict):
        return "harus objek JSON"
    for key, kind in fields.items():
        if not isinstance(row.get(key), kind) or isinstance(row[key], bool):
            return f'"{key}" tidak ada atau salah jenis'
    return None


def _stands(application: Json, shelf: Json) -> bool:
    return (
        shelf["store"] in application["stores"]
        and application["category"] in shelf["categories"]
        and application["height_mm"] <= shelf["height_mm"]
        and application["depth_mm"] <= shelf["depth_mm"]
    )


def _check_fit(application: Json, shelf: Json, placement: Json) -> list[Violation]:
    where = f"{application['id']} di rak {shelf['id']}"
    found = []
    if shelf["store"] not in application["stores"]:
        found.append(Violation("store", f"{where}: toko ini tidak diminta."))
    if application["category"] not in shelf["categories"]:
        found.append(Violation("category", f"{where}: kategorinya tidak boleh di rak ini."))
    if application["height_mm"] > shelf["height_mm"]:
        found.append(Violation("height", f"{where}: terlalu tinggi."))
    if application["depth_mm"] > shelf["depth_mm"]:
        found.append(Violation("depth", f"{where}: terlalu dalam."))
    if not application["min_facings"] <= placement["facings"] <= application["max_facings"]:
        found.append(Violation("facings", f"{where}: {placement['facings']} muka tidak diminta."))
    return found


Known = list[tuple[Json, Json, Json]]


def _check_shelves(instance: Json, known: Known) -> list[Violation]:
    """Check positions and load of every shelf."""
    found = []
    by_shelf: dict[str, Known] = {}
    for each in known:
        by_shelf.setdefault(each[1]["id"], []).append(each)
    for code, stands in by_shelf.items():
        shelf = stands[0][1]
        spans = sorted((p["x_mm"], p["x_mm"] + p["facings"] * a["width_mm"]) for a, _, p in stands)
        if spans[0][0] < 0 or max(end for _, end in spans) > shelf["width_mm"]:
            found.append(Violation("width", f"Rak {code}: ada yang keluar dari lebar rak."))
        if any(left[1] + instance["gap_mm"] > right[0] for left, right in pairwise(spans)):
            found.append(
                Violation("overlap", f"Rak {code}: ada yang bertumpuk atau terlalu rapat.")
            )
        load = sum(
            p["facings"] * (shelf["depth_mm"] // a["depth_mm"]) * a["weight_g"]
            for a, _, p in stands
        )
        if load > shelf["load_g"]:
            found.append(
                Violation("load", f"Rak {code}: beban {load} g, batas {shelf['load_g']} g.")
            )
    return found


def _check_counts(instance: Json, known: Known) -> list[Violation]:
    """Check one shelf per application and store, and the producers' limit."""
    pairs = Counter((application["id"], shelf["store"]) for application, shelf, _ in known)
    producers = Counter(
        (application["producer"], shelf["store"]) for application, shelf, _ in known
    )
    return [
        *(
            Violation("twice", f"{code} ada di {count} tempat di toko {store}.")
            for (code, store), count in pairs.items()
            if count > 1
        ),
        *(
            Violation("producer", f"{producer}: {count} produk di toko {store}.")
            for (producer, store), count in producers.items()
            if count > instance["per_producer_per_store"]
        ),
    ]


def _check_capacity(instance: Json, known: Known) -> list[Violation]:
    """Check that nobody has to make more than they can."""
    units: Counter[str] = Counter()
    for application, shelf, placement in known:
        if 1 <= placement["facings"] <= len(application["milli_units"]):
            sold = application["milli_units"][placement["facings"] - 1]
            units[application["id"]] += sold * shelf["level_factor_bp"] // 10_000
    return [
        Violation("capacity", f"{each['id']}: melebihi kapasitas produksi.")
        for each in instance["applications"]
        if units[each["id"]] > each["capacity_milli_units"]
    ]


def _check_refusals(instance: Json, result: Json) -> list[Violation]:
    """Check that each wanted place not given is refused once, with a reason, and none other."""
    store_of = {s["id"]: s["store"] for s in instance["shelves"]}
    placed = {(p["application"], store_of.get(p["shelf"])) for p in result["placements"]}
    wanted = {(a["id"], store) for a in instance["applications"] for store in a["stores"]}
    due = wanted - placed
    found = []
    seen: set[tuple[str, str]] = set()
    for refusal in result["refusals"]:
        key = (refusal["application"], refusal["store"])
        if key not in due:
            found.append(Violation("refusal_extra", f"{key[0]} di {key[1]}: tidak perlu ditolak."))
        if key in seen:
            found.append(Violation("refusal_twice", f"{key[0]} di {key[1]}: ditolak dua kali."))
        seen.add(key)
        if refusal["reason"] not in REASONS:
            found.append(
                Violation("reason", f'{key[0]} di {key[1]}: alasan "{refusal["reason"]}".')
            )
        if not refusal["message"].strip():
            found.append(Violation("message", f"{key[0]} di {key[1]}: tanpa penjelasan."))
    for code, store in sorted(due - seen):
        found.append(
            Violation("refusal_missing", f"{code} di {store}: tidak ditempatkan, tanpa alasan.")
        )
    return found


def _check_objective(instance: Json, result: Json) -> list[Violation]:
    known = {a["id"]: len(a["milli_units"]) for a in instance["applications"]}
    found = []
    if all(1 <= p["facings"] <= known[p["application"]] for p in result["placements"]):
        total = objective(instance, result["placements"])
        if result["objective"] != total:
            message = f"Nilai tertulis {result['objective']}, terhitung {total}."
            found.append(Violation("objective", message))
    if result["bound"] < result["objective"]:
        found.append(Violation("bound", "Batas lebih kecil dari nilai."))
    return found
