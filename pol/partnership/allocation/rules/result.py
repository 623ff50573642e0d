"""The output of an allocation: what goes where, and why not.

The file is one JSON object: `instance, objective, bound, seconds, input_sha256,
placements[{application, shelf, facings, x_mm}], refusals[{application, store, reason, message}]`,
with one refusal for every wanted (application, store) that is not placed. It also carries
`gap_ppm`, `rounds`, `proven`, `is_stopped_by_clock` and `log`, which the checker does not need.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum


class Reason(StrEnum):
    """The stable codes of a refusal."""

    NO_SHELF = "no_shelf"
    CATEGORY = "category_not_allowed"
    TOO_HIGH = "too_high"
    TOO_DEEP = "too_deep"
    TOO_WIDE = "too_wide"
    TOO_HEAVY = "too_heavy"
    CAPACITY = "capacity_used_up"
    PRODUCER = "producer_limit"
    SHELF_FULL = "shelf_full"
    LOAD_FULL = "load_full"
    NO_VALUE = "no_value"
    LEFT_FREE = "left_free"
    """Only after a change by hand; a result of the solver leaves nothing free that is worth it."""


@dataclass(frozen=True, slots=True)
class Placement:
    """One product on one shelf, its left edge `x_mm` from the shelf's left end."""

    application: str
    shelf: str
    facings: int
    x_mm: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why one wanted place was not given."""

    application: str
    store: str
    reason: Reason
    message: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: best objective and proven bound so far, rupiah a week.

    `done_bp` is the part of its work that is done, in hundredths of a percent.
    """

    seconds: float
    done_bp: int
    objective: int
    bound: int
    note: str


@dataclass(frozen=True, slots=True)
class Result:
    """What a run found; `bound` is proven, `rounds` counts finished steps of the search.

    Unless it `is_stopped_by_clock`, the same input and seconds give the same again.
    """

    instance: str
    objective: int
    bound: int
    seconds: float
    input_sha256: str
    placements: tuple[Placement, ...]
    refusals: tuple[Refusal, ...]
    rounds: int
    is_stopped_by_clock: bool
    log: tuple[Progress, ...]

    @property
    def proven(self) -> bool:
        """Say whether nothing better exists."""
        return self.objective == self.bound

    @property
    def gap_ppm(self) -> int:
        """Return the distance to the bound in millionths of the objective, rounded up."""
        return -(-(self.bound - self.objective) * 1_000_000 // max(1, abs(self.objective)))


Listener = Callable[[Progress], None]


def write(result: Result) -> bytes:
    """Return a result as the bytes of a file."""
    raw = asdict(result) | {"proven": result.proven, "gap_ppm": result.gap_ppm}
    return json.dumps(raw, ensure_ascii=False, indent=1).encode() + b"\n"
