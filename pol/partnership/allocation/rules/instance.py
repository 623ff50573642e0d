"""The input of an allocation: what the shelves are, who asks for a place, and how to read it.

The file is one JSON object: `name, gap_mm, per_producer_per_store, kecamatan_floor, floor_penalty,
stores[], shelves[{id, store, width_mm, height_mm, depth_mm, load_g, level_factor_bp,
categories[]}], applications[{id, producer, kecamatan, category, width_mm, height_mm, depth_mm,
weight_g, min_facings, max_facings, capacity_milli_units, unit_value, milli_units[], stores[]}]`.
All numbers are whole. `milli_units[f - 1]` is what f facings sell in a week, in thousandths of a
unit; `stores` are in the applicant's order of wish; `level_factor_bp` is the shelf's pull, 10,000
at eye level. Two things are optional and change no result: `names` are words for a shelf or store
to be used in sentences, `lefts` say where on its board a shelf begins that is only a part of one.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields
from hashlib import sha256
from typing import Any, TypeVar

from pol.kernel.errors import Refused

LENGTH, COUNT, HUGE = 100_000, 1_000, 10**12
LIMITS: dict[str, tuple[int, int]] = {
    "gap_mm": (0, LENGTH),
    "per_producer_per_store": (0, HUGE),
    "kecamatan_floor": (0, HUGE),
    "floor_penalty": (0, HUGE),
    "left_mm": (0, LENGTH),
    "width_mm": (1, LENGTH),
    "height_mm": (1, LENGTH),
    "depth_mm": (1, LENGTH),
    "load_g": (0, HUGE),
    "weight_g": (0, HUGE),
    "level_factor_bp": (0, 10**6),
    "min_facings": (1, COUNT),
    "max_facings": (1, COUNT),
    "capacity_milli_units": (0, HUGE),
    "unit_value": (0, 10**9),
    "milli_units": (0, 10**9),
}
"""The least and the most that each number may be; beyond, the file is wrong, not large."""

MOST_BYTES = 64 * 1024 * 1024
MOST_PAIRS = 2_000_000
MOST_VALUE = 10**12


class InstanceUnreadable(Refused):
    message = "Berkas masukan tidak dapat dibaca: %(why)s."


@dataclass(frozen=True, slots=True)
class Shelf:
    """One board of one store; lengths in millimetres."""

    id: str
    store: str
    width_mm: int
    height_mm: int
    depth_mm: int
    load_g: int
    level_factor_bp: int
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Application:
    """One product that asks for a place in each of its stores."""

    id: str
    producer: str
    kecamatan: str
    category: str
    width_mm: int
    height_mm: int
    depth_mm: int
    weight_g: int
    min_facings: int
    max_facings: int
    capacity_milli_units: int
    unit_value: int
    milli_units: tuple[int, ...]
    stores: tuple[str, ...]


Row = TypeVar("Row", Shelf, Application)


@dataclass(frozen=True, slots=True)
class Instance:
    """A whole call, ready to be solved; `sha256` is of the bytes that were read."""

    name: str
    gap_mm: int
    per_producer_per_store: int
    kecamatan_floor: int
    floor_penalty: int
    stores: tuple[str, ...]
    shelves: tuple[Shelf, ...]
    applications: tuple[Application, ...]
    names: dict[str, str] = field(default_factory=dict)
    lefts: dict[str, int] = field(default_factory=dict)
    sha256: str = ""

    def name_of(self, code: str, kind: str) -> str:
        """Return the words for a shelf or store, or its kind and code when it has none."""
        return self.names.get(code) or f"{kind} {code}"


def read(data: bytes) -> Instance:
    """Return the instance in a JSON file.

    :raises InstanceUnreadable: when anything about it is wrong; the sentence says where.
    """
    if len(data) > MOST_BYTES:
        raise InstanceUnreadable(why=f"lebih besar dari {MOST_BYTES // 1024**2} MB")
    try:
        raw = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InstanceUnreadable(why="isinya bukan JSON yang utuh") from error
    if not isinstance(raw, dict):
        raise InstanceUnreadable(why="isinya harus satu objek JSON")
    return _instance(raw, sha256(data).hexdigest())


def write(instance: Instance) -> bytes:
    """Return an instance as the bytes of a file; what is hashed and stored with a run."""
    raw = asdict(instance)
    del raw["sha256"]
    for optional in ("names", "lefts"):
        if not raw[optional]:
            del raw[optional]
    return json.dumps(raw, ensure_ascii=False, indent=1).encode() + b"\n"


def _instance(raw: dict[str, Any], digest: str) -> Instance:
    stores = _texts(raw, "stores", "berkas")
    shelves = tuple(
        _record(Shelf, row, f"shelves[{at}]") for at, row in enumerate(_rows(raw, "shelves"))
    )
    applications = tuple(
        _record(Application, row, f"applications[{at}]")
        for at, row in enumerate(_rows(raw, "applications"))
    )
    _check_keys(stores, shelves, applications)
    for application in applications:
        _check_application(application, frozenset(stores))
    _check_size(shelves, applications)
    return Instance(
        name=_text(raw, "name", "berkas"),
        gap_mm=_number(raw, "gap_mm", "berkas"),
        per_producer_per_store=_number(raw, "per_producer_per_store", "berkas"),
        kecamatan_floor=_number(raw, "kecamatan_floor", "berkas"),
        floor_penalty=_number(raw, "floor_penalty", "berkas"),
        stores=stores,
        shelves=shelves,
        applications=applications,
        names=_names(raw.get("names", {})),
        lefts=_lefts(raw.get("lefts", {})),
        sha256=digest,
    )


def _names(raw: object) -> dict[str, str]:
    if not isinstance(raw, dict) or not all(isinstance(value, str) for value in raw.values()):
        raise InstanceUnreadable(why='"names" harus objek berisi teks')
    return raw


def _lefts(raw: object) -> dict[str, int]:
    if not isinstance(raw, dict):
        raise InstanceUnreadable(why='"lefts" harus objek berisi bilangan')
    return {key: _is_number(left, "left_mm", '"lefts"') for key, left in raw.items()}


def _check_keys(
    stores: tuple[str, ...], shelves: tuple[Shelf, ...], applications: tuple[Application, ...]
) -> None:
    for kind, keys in (
        ("toko", stores),
        ("rak", [shelf.id for shelf in shelves]),
        ("pengajuan", [application.id for application in applications]),
    ):
        seen: set[str] = set()
        for key in keys:
            if key in seen:
                raise InstanceUnreadable(why=f'{kind} "{key}" tertulis dua kali')
            seen.add(key)
    known = set(stores)
    for shelf in shelves:
        if shelf.store not in known:
            raise InstanceUnreadable(why=f'rak "{shelf.id}" menyebut toko "{shelf.store}" asing')


def _check_application(application: Application, stores: frozenset[str]) -> None:
    where = f'pengajuan "{application.id}"'
    if application.max_facings < application.min_facings:
        raise InstanceUnreadable(why=f"{where}: max_facings kurang dari min_facings")
    if len(application.milli_units) < application.max_facings:
        raise InstanceUnreadable(why=f"{where}: milli_units kurang dari max_facings angka")
    for store in application.stores:
        if store not in stores:
            raise InstanceUnreadable(why=f'{where} menyebut toko "{store}" yang tidak ada')
    if len(set(application.stores)) < len(application.stores):
        raise InstanceUnreadable(why=f"{where} menyebut satu toko dua kali")


def _check_size(shelves: tuple[Shelf, ...], applications: tuple[Application, ...]) -> None:
    level = max((shelf.level_factor_bp for shelf in shelves), default=0)
    for application in applications:
        most = max(application.milli_units, default=0)
        if most * level * application.unit_value // 10**7 > MOST_VALUE:
            raise InstanceUnreadable(why=f'pengajuan "{application.id}": nilainya terlalu besar')
    per_store: dict[str, int] = {}
    for shelf in shelves:
        per_store[shelf.store] = per_store.get(shelf.store, 0) + 1
    pairs = sum(
        per_store.get(store, 0) * (application.max_facings - application.min_facings + 1)
        for application in applications
        for store in application.stores
    )
    if pairs > MOST_PAIRS:
        raise InstanceUnreadable(why=f"ada {pairs} pilihan tempat, paling banyak {MOST_PAIRS}")


def _record(kind: type[Row], row: object, where: str) -> Row:
    """Return one row as its class; every field must be there, in its type and limits."""
    if not isinstance(row, dict):
        raise InstanceUnreadable(why=f"{where} bukan objek")
    read_field: dict[Any, Callable[..., Any]] = {
        str: _text,
        int: _number,
        tuple[str, ...]: _texts,
        tuple[int, ...]: _numbers,
    }
    return kind(*(read_field[each.type](row, each.name, where) for each in fields(kind)))


def _get(raw: dict[str, Any], key: str, where: str) -> Any:
    if key not in raw:
        raise InstanceUnreadable(why=f'{where}: "{key}" tidak ada')
    return raw[key]


def _rows(raw: dict[str, Any], key: str, where: str = "berkas") -> list[Any]:
    rows = _get(raw, key, where)
    if not isinstance(rows, list):
        raise InstanceUnreadable(why=f'{where}: "{key}" harus daftar')
    return rows


def _text(raw: dict[str, Any], key: str, where: str) -> str:
    return _is_text(_get(raw, key, where), key, where)


def _is_text(value: object, key: str, where: str) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= 200 or not value.isprintable():
        raise InstanceUnreadable(why=f'{where}: "{key}" harus teks 1 sampai 200 huruf')
    return value


def _texts(raw: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    return tuple(_is_text(value, key, where) for value in _rows(raw, key, where))


def _number(raw: dict[str, Any], key: str, where: str) -> int:
    return _is_number(_get(raw, key, where), key, where)


def _is_number(value: object, key: str, where: str) -> int:
    least, most = LIMITS[key]
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise InstanceUnreadable(why=f'{where}: "{key}" harus bilangan bulat {least} sampai {most}')
    return value


def _numbers(raw: dict[str, Any], key: str, where: str) -> tuple[int, ...]:
    return tuple(_is_number(value, key, where) for value in _rows(raw, key, where))
