"""A catalogue of any size in one go, past all services: same tables, same search index."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import psycopg
from psycopg import sql

from pol.catalogue.rules.search import scored_terms, shapes_of, words_of

START = datetime(2026, 1, 1, tzinfo=UTC)
VILLAGES = ("35.24.22.1014", "35.24.22.1012", "35.24.22.1015", "35.24.22.2011")
TOPS = ("Ikan", "Sayur", "Buah", "Bumbu", "Daging", "Beras", "Jajanan", "Minuman", "Kain", "Dapur")
BELOW = ("Pilihan", "Harian", "Olahan", "Grosir")
GOODS = (
    "Bandeng", "Mujair", "Udang vaname", "Cumi", "Tongkol", "Bayam", "Kangkung", "Wortel", "Terong",
    "Pisang raja", "Mangga", "Semangka", "Cabai rawit", "Bawang merah", "Kunyit", "Terasi", "Sapi",
    "Ayam kampung", "Telur", "Beras merah", "Wingko", "Jumbrek", "Krupuk ikan", "Legen", "Sarung",
)  # fmt: skip
KINDS = ("segar", "kecil", "besar", "super", "asap", "kupas", "manis", "kering", "pilihan", "lokal")
PER_STALL = 15


def fill(url: str, products: int, seed: int = 7) -> None:
    """Fill a migrated, empty PostgreSQL database."""
    random = Random(seed)  # noqa: S311 - only has to be the same every time
    stalls = max(products // PER_STALL, 1)
    markets = min(max(stalls // 70, 6), 40)
    with psycopg.connect(url) as connection:
        _copy(connection, "market", (_market(n) for n in range(1, markets + 1)))
        _copy(connection, "stall", (_stall(n, n % markets + 1) for n in range(1, stalls + 1)))
        _copy(connection, "user", map(_owner, range(1, stalls + 1)))
        _copy(connection, "stall_member", map(_seat, range(1, stalls + 1)))
        _copy(connection, "category", list(_categories()))
        rows = [_product(n, n % stalls + 1, markets, random) for n in range(1, products + 1)]
        _copy(connection, "product", rows)
        _copy(connection, "stock", map(_stock, rows))
        _copy(connection, "product_picture", map(_picture, rows))
        _copy(connection, "price_tier", (_tier(row) for row in rows if row["id"] % 5 == 0))
        _copy(connection, "search_term", (term for row in rows for term in _terms(row)))
        _copy(connection, "search_word", _words(rows))
        for table in ("market", "stall", "user", "category", "product"):
            _count_on(connection, table)
        connection.commit()
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE")


def _copy(connection: Any, table: str, rows: Iterable[dict[str, Any]]) -> None:
    rows = iter(rows)
    first = next(rows)
    names = sql.SQL(", ").join(map(sql.Identifier, first))
    command = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    with connection.cursor().copy(command) as copy:
        copy.write_row(list(first.values()))
        for row in rows:
            copy.write_row(list(row.values()))


def _count_on(connection: Any, table: str) -> None:
    """Let new rows follow those that brought their own id."""
    command = sql.SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), max(id)) FROM {}")
    connection.execute(command.format(sql.Literal(table), sql.Identifier(table)))


def _market(number: int) -> dict[str, Any]:
    village = VILLAGES[number % len(VILLAGES)]
    return {
        "id": number,
        "slug": f"pasar-{number}",
        "name": f"Pasar Contoh {number}",
        "village_code": village,
        "kecamatan_code": village[:8],
        "address": "Jalan Contoh 1",
        "about": "",
        "weekday_mask": 127,
        "pasaran_mask": 0,
        "opens_minute": 0,
        "closes_minute": 1440,
        "is_active": True,
    }


def _stall(number: int, market_id: int) -> dict[str, Any]:
    village = VILLAGES[number % len(VILLAGES)]
    return {
        "id": number,
        "slug": f"lapak-{number}",
        "name": f"Lapak Contoh {number}",
        "about": "",
        "phone": f"+6281{number:08}",
        "market_id": market_id,
        "block": "A",
        "number": str(number),
        "village_code": village,
        "kecamatan_code": village[:8],
        "address": "",
        "pickup_at_stall": True,
        "status": "verified",
        "created_at": START,
        "verified_at": START,
    }


def _owner(number: int) -> dict[str, Any]:
    who = {"id": number, "phone": f"+6282{number:08}", "name": f"Pedagang contoh {number}"}
    return {**who, "is_active": True, "created_at": START}


def _seat(number: int) -> dict[str, Any]:
    return {"stall_id": number, "user_id": number, "seat": "owner", "since": START}


def _categories() -> Iterable[dict[str, Any]]:
    for place, name in enumerate(TOPS):
        top = 1 + place
        icon = {"slug": name.lower(), "name": name, "icon": "leaf"}
        yield {"id": top, **icon, "parent_id": None, "position": place}
    for place, (name, kind) in enumerate((a, b) for a in TOPS for b in BELOW):
        words = {"slug": f"{name}-{kind}".lower(), "name": f"{name} {kind.lower()}", "icon": "leaf"}
        top = 1 + TOPS.index(name)
        yield {"id": 101 + place, **words, "parent_id": top, "position": place}


def _product(number: int, stall_id: int, markets: int, random: Random) -> dict[str, Any]:
    leaf = random.randrange(len(TOPS) * len(BELOW))
    listed_at = START + timedelta(seconds=300 * number)
    name = f"{random.choice(GOODS)} {random.choice(KINDS)}"
    return {
        "id": number,
        "slug": f"produk-{number}",
        "stall_id": stall_id,
        "market_id": stall_id % markets + 1,
        "kecamatan_code": VILLAGES[stall_id % len(VILLAGES)][:8],
        "category_id": 101 + leaf,
        "top_category_id": 1 + leaf // len(BELOW),
        "pickup_at_stall": True,
        "name": name,
        "description": f"{name} dari lapak contoh, dikirim pagi hari.",
        "unit": "kg",
        "step_milli": 250,
        "min_milli": 250,
        "price": random.randrange(20, 1_000) * 100,
        "condition": "fresh",
        "stock_mode": "counted",
        "status": "published",
        "picture_key": f"gambar{number}",
        "created_at": listed_at,
        "updated_at": listed_at,
        "listed_at": listed_at,
    }


def _stock(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "product_id": row["id"],
        "on_hand_milli": 1_000_000_000,
        "reserved_milli": 0,
        "sold_milli": 0,
    }


def _picture(row: dict[str, Any]) -> dict[str, Any]:
    return {"product_id": row["id"], "position": 0, "key": row["picture_key"]}


def _tier(row: dict[str, Any]) -> dict[str, Any]:
    return {"product_id": row["id"], "from_milli": 5_000, "price": row["price"] - 100}


def _terms(row: dict[str, Any]) -> Iterable[dict[str, Any]]:
    top = TOPS[row["top_category_id"] - 1]
    place = f"Lapak Contoh {row['stall_id']} Pasar Contoh {row['market_id']}"
    scores = scored_terms(row["id"], name=row["name"], category=top, place=place)
    for term, score in scores.items():
        yield {"term": term, "product_id": row["id"], "score": score}


def _words(rows: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    known = {word for row in rows for word in words_of(row["name"])}
    for word in sorted(known):
        for shape in sorted(shapes_of(word)):
            yield {"shape": shape, "word": word}
