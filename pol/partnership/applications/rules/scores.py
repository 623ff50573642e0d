"""Points of criteria, and what they come to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pol.kernel.errors import Refused
from pol.kernel.money import round_half_up


class ScoresMissing(Refused):
    message = "Beri nilai untuk setiap kriteria dulu: masih ada %(count)s yang kosong."


class DemandMissing(Refused):
    message = "Perkirakan dulu berapa yang terjual seminggu dari satu muka."


class CriterionUnknown(Refused):
    message = "Kriteria ini bukan bagian dari pembukaan slot ini. Muat ulang halaman."


@dataclass(frozen=True)
class Criterion:
    """Something that applicants are scored for."""

    criterion_id: int
    name: str
    weight: int


def weighted_mean(criteria: Sequence[Criterion], points: Mapping[int, int]) -> int:
    """Return the mean of points (0 to 100) by weight, in hundredths of a point.

    :raises ScoresMissing: a criterion has no points
    """
    missing = sum(criterion.criterion_id not in points for criterion in criteria)
    if missing or not criteria:
        raise ScoresMissing(count=missing)
    whole = sum(criterion.weight for criterion in criteria)
    reached = sum(criterion.weight * points[criterion.criterion_id] for criterion in criteria)
    return round_half_up(reached * 100, whole)
