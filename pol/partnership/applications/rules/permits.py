"""Permits of a product: what their numbers look like, and whether they last.

Only the shape of a number is checked; whether it was ever issued is for the Dinas to see.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pol.kernel.errors import Refused
from pol.partnership.applications.rules import SheetPermitKind as Kind

SHAPES: dict[Kind, str] = {
    Kind.NIB: r"\d{13}",
    Kind.P_IRT: r"\d{15}|\d{17}",
    Kind.HALAL: r"ID\d{17}|\d{14}",
    Kind.BPOM: r"(?:MD|ML|TR|SD)\d{9,15}",
}
SERVES_AS: dict[Kind, frozenset[Kind]] = {
    **{kind: frozenset({kind}) for kind in Kind},
    Kind.P_IRT: frozenset({Kind.P_IRT, Kind.BPOM}),  # who has the stricter needs not the other
}
STAGES = (7, 30, 90)
"""Days before the end of a permit at which its people are told, the nearest first."""

FURTHEST = STAGES[-1]


class NibUnreadable(Refused):
    message = "NIB terdiri dari 13 angka, tertulis di surat dari OSS."


class PirtUnreadable(Refused):
    message = "Nomor P-IRT terdiri dari 15 atau 17 angka, misalnya 2063524010123-30."


class HalalUnreadable(Refused):
    message = "Nomor halal berupa ID dan 17 angka, atau 14 angka pada surat lama."


class BpomUnreadable(Refused):
    message = "Nomor BPOM berupa MD, ML, TR, atau SD dan angkanya, misalnya MD 265213001234."


class PermitLapsed(Refused):
    message = "Izin ini sudah habis masa berlakunya. Perpanjang dulu, lalu catat yang baru."


class PermitTwice(Refused):
    message = "Izin dengan nomor ini sudah tercatat untuk produk ini."


UNREADABLE: dict[Kind, type[Refused]] = {
    Kind.NIB: NibUnreadable,
    Kind.P_IRT: PirtUnreadable,
    Kind.HALAL: HalalUnreadable,
    Kind.BPOM: BpomUnreadable,
}


@dataclass(frozen=True)
class Paper:
    """A permit that a product has; without `expires_on` it stays valid."""

    kind: Kind
    expires_on: date | None

    def is_valid_until(self, until_on: date) -> bool:
        """Answer whether it still holds on the last day before this one."""
        return self.expires_on is None or self.expires_on >= until_on - timedelta(days=1)


def read_number(kind: Kind, text: str) -> str:
    """Return a permit's number in capitals, without spaces, dots and hyphens.

    :raises NibUnreadable, PirtUnreadable, HalalUnreadable, BpomUnreadable: it has another shape
    """
    number = re.sub(r"[\s./-]", "", text).upper()
    if not re.fullmatch(SHAPES[kind], number, re.ASCII):
        raise UNREADABLE[kind]
    return number


def check_not_lapsed(expires_on: date | None, today: date) -> None:
    """Refuse a paper whose last day is past.

    :raises PermitLapsed: it is
    """
    if expires_on is not None and expires_on < today:
        raise PermitLapsed


def longest_lasting(kind: Kind, papers: Iterable[Paper]) -> Paper | None:
    """Return the paper that serves as this kind of permit for longest, or nothing."""
    fitting = [paper for paper in papers if paper.kind in SERVES_AS[kind]]
    return max(fitting, key=lambda paper: paper.expires_on or date.max, default=None)


def last_days(wanted: Iterable[Kind], papers: Iterable[Paper]) -> dict[Kind, date]:
    """Return the last day of each permit that is asked for, `date.max` for one that stays valid.

    One that is not there, or not any more, has never held: `date.min`.
    """
    papers = list(papers)
    found = {}
    for kind in wanted:
        paper = longest_lasting(kind, papers)
        found[kind] = date.min if paper is None else paper.expires_on or date.max
    return found


def stage_of(days_left: int) -> int | None:
    """Return which warning is due: 0 once it has lapsed, 7, 30 or 90; None before."""
    if days_left < 0:
        return 0
    return next((stage for stage in STAGES if days_left <= stage), None)
