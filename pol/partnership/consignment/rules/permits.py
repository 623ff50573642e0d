"""Permits of goods in a store: what a call asks for must hold as long as they are sold."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pol.partnership.applications.rules import SheetPermitKind as Kind

PERMIT_WORDS = {Kind.NIB: "NIB", Kind.P_IRT: "P-IRT", Kind.HALAL: "Halal", Kind.BPOM: "BPOM"}
LastDays = tuple[tuple[Kind, date], ...]
"""Kinds of permits with the last day on which each holds."""


def lapsed_permits(permits: LastDays, *, day: date) -> list[Kind]:
    """Return what does not hold on a day any more."""
    return [kind for kind, last_on in permits if last_on < day]


def named(kinds: Iterable[Kind]) -> str:
    """Return permits as people call them."""
    return ", ".join(sorted(PERMIT_WORDS[kind] for kind in kinds))


@dataclass(frozen=True)
class Permits:
    """What the call of an agreement asks of its product, and until when that holds."""

    sheet_id: int
    sheet_number: str
    stall_id: int
    name: str
    wanted: LastDays

    def lapsed_on(self, day: date) -> list[Kind]:
        """Return what does not hold on a day any more."""
        return lapsed_permits(self.wanted, day=day)
