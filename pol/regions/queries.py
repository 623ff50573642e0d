"""Finding villages; their names repeat, so each comes with its kecamatan."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, case, or_, select
from sqlalchemy.orm import aliased

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.regions.models import Region
from pol.regions.rules import RegionKind, split_place

VILLAGES = (RegionKind.DESA, RegionKind.KELURAHAN)
Kecamatan = aliased(Region)


@dataclass(frozen=True)
class VillageRow:
    """A desa or kelurahan and where it lies."""

    code: str
    name: str
    kind: RegionKind
    kecamatan_code: str
    kecamatan: str
    postal_code: str | None

    @property
    def label(self) -> str:
        """Return the words that name no other village: "Sumberagung (Brondong)"."""
        return f"{self.name} ({self.kecamatan})"


@dataclass(frozen=True)
class KecamatanRow:
    """A kecamatan and its code."""

    code: str
    name: str


def find_village(code: str) -> VillageRow | None:
    """Return the village with this code, or nothing."""
    return next(iter(_read(_villages().where(Region.code == code))), None)


def get_village(code: str) -> VillageRow:
    """Return the village with this code.

    :raises NotFound: no village of Lamongan has it
    """
    village = find_village(code)
    if village is None:
        raise NotFound
    return village


def match_villages(text: str) -> list[VillageRow]:
    """Return the villages that these words name exactly: a code, a name, or "name (kecamatan)"."""
    if village := find_village(text.strip()):
        return [village]
    name, kecamatan = split_place(text)
    named = _villages().where(Region.search_name == name)
    if kecamatan:
        named = named.where(Kecamatan.search_name == kecamatan)
    return _read(named.order_by(Kecamatan.name))


def search_villages(text: str, *, limit: int = 30) -> list[VillageRow]:
    """Return villages whose name or kecamatan holds the words, best match first."""
    name, kecamatan = split_place(text)
    if not name:
        return []
    found: ColumnElement[bool] = Region.search_name.contains(name, autoescape=True)
    if kecamatan:
        found = found & Kecamatan.search_name.startswith(kecamatan, autoescape=True)
    else:
        found = or_(found, Kecamatan.search_name == name)
    rank = case(
        (Region.search_name == name, 0),
        (Region.search_name.startswith(name, autoescape=True), 1),
        (Region.search_name.contains(name, autoescape=True), 2),
        else_=3,
    )
    ranked = _villages().where(found).order_by(rank, Region.search_name, Region.code)
    return _read(ranked.limit(limit))


def list_kecamatan() -> list[KecamatanRow]:
    """Return the kecamatan of Lamongan by name."""
    rows = db.session.execute(
        select(Region.code, Region.name)
        .where(Region.kind == RegionKind.KECAMATAN)
        .order_by(Region.name)
    )
    return [KecamatanRow(*row) for row in rows]


def list_villages(kecamatan_code: str) -> list[VillageRow]:
    """Return the villages of one kecamatan by name."""
    inside = _villages().where(Region.parent_code == kecamatan_code)
    return _read(inside.order_by(Region.name, Region.code))


Villages = Select[str, str, RegionKind, str, str, str | None]


def _villages() -> Villages:
    columns = (Region.code, Region.name, Region.kind)
    return (
        select(*columns, Kecamatan.code, Kecamatan.name, Region.postal_code)
        .join(Kecamatan, Kecamatan.code == Region.parent_code)
        .where(Region.kind.in_(VILLAGES))
    )


def _read(villages: Villages) -> list[VillageRow]:
    return [VillageRow(*row) for row in db.session.execute(villages)]


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """Return the name of each region that has one of these codes."""
    rows = db.session.execute(select(Region.code, Region.name).where(Region.code.in_(list(codes))))
    return {row.code: row.name for row in rows}
