"""Making instances: of the families in the contract, and odd and harder ones.

`python -m tests.allocation.instances APPLICATIONS STORES SHELVES SEED` prints one as JSON.
"""

import json
import random
import sys
from typing import Any

CATEGORIES = (
    "kerajinan",
    "keripik",
    "kerupuk",
    "kopi_jahe",
    "kue_kering",
    "minuman",
    "olahan_ikan",
    "sambal_bumbu",
)
LEVELS = (8500, 10_000, 12_500, 11_000, 9000)
Json = dict[str, Any]


def make(applications: int, stores: int, shelves: int, seed: int, **changes: Any) -> Json:
    """Return an instance like those of the contract; `changes` are taken over at the end."""
    draw = random.Random(seed)  # noqa: S311 - repeatable, not secret
    codes = [f"S{at + 1:03}" for at in range(stores)]
    return {
        "name": f"rak-{applications}x{stores}x{shelves}-{seed}",
        "gap_mm": 5,
        "per_producer_per_store": 2,
        "kecamatan_floor": 2,
        "floor_penalty": 250_000,
        "stores": codes,
        "shelves": [_shelf(draw, code, level) for code in codes for level in range(shelves)],
        "applications": [_application(draw, at, codes, applications) for at in range(applications)],
    } | changes


def _shelf(draw: random.Random, store: str, level: int) -> Json:
    width, load = draw.choice(((600, 20_000), (900, 30_000), (1200, 45_000)))
    return {
        "id": f"{store}-{level + 1}",
        "store": store,
        "width_mm": width,
        "height_mm": draw.choice((220, 260, 300, 350)),
        "depth_mm": draw.choice((300, 400)),
        "load_g": load,
        "level_factor_bp": LEVELS[level % len(LEVELS)],
        "categories": sorted(draw.sample(CATEGORIES, draw.randint(3, 6))),
    }


def _application(draw: random.Random, at: int, stores: list[str], count: int) -> Json:
    most = draw.randint(2, 5)
    first = draw.randint(1000, 11_000)
    sold = [int(first * (facings + 1) ** draw.uniform(0.2, 0.4)) for facings in range(most)]
    wanted = min(len(stores), draw.choice((1, 2, 3, 5, 8, 12)))
    return {
        "id": f"A{at + 1:04}",
        "producer": f"P{draw.randrange(count // 2 + 1):04}",
        "kecamatan": f"35.24.{draw.randint(1, 27):02}",
        "category": draw.choice(CATEGORIES),
        "width_mm": draw.randint(60, 230),
        "height_mm": draw.randint(90, 320),
        "depth_mm": draw.randint(40, 210),
        "weight_g": draw.randint(80, 1200),
        "min_facings": 1,
        "max_facings": most,
        "capacity_milli_units": draw.randint(10, 400) * 1000,
        "unit_value": draw.choice((3200, 4800, 6400, 8000, 9600, 12_000, 14_400)),
        "milli_units": sorted(sold),
        "stores": draw.sample(stores, wanted),
    }


if __name__ == "__main__":
    made = make(*(int(number) for number in sys.argv[1:5]))
    sys.stdout.write(json.dumps(made, indent=1) + "\n")
