"""The 474 villages, found by what people write."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pol.kernel.errors import NotFound
from pol.regions import queries as places
from pol.regions.models import Region
from pol.regions.rules import is_within, kecamatan_of, split_place

pytestmark = pytest.mark.usefixtures("session")


def test_lamongan_has_474_villages_in_27_kecamatan(session: Session) -> None:
    counted = session.execute(select(Region.kind, func.count()).group_by(Region.kind)).all()
    assert sorted(counted) == [
        ("desa", 462),
        ("kabupaten", 1),
        ("kecamatan", 27),
        ("kelurahan", 12),
    ]


def test_every_label_names_one_village_only(session: Session) -> None:
    codes = session.scalars(select(Region.code).where(Region.kind.in_(places.VILLAGES))).all()
    villages = [places.get_village(code) for code in codes]
    for village in villages:
        assert [found.code for found in places.match_villages(village.label)] == [village.code]


def test_the_same_name_is_found_in_each_kecamatan() -> None:
    found = places.match_villages("SUMBERAGUNG")
    assert len({village.kecamatan for village in found}) == len(found) == 4
    assert all(kecamatan_of(village.code) == village.kecamatan_code for village in found)


def test_the_best_match_comes_first() -> None:
    names = [village.name for village in places.search_villages("made")]
    assert names[0] == "Made"
    assert all("made" in name.lower() for name in names)


def test_a_kecamatan_finds_all_of_its_villages() -> None:
    found = places.search_villages("brondong")
    inside = places.list_villages("35.24.07")
    assert {village.code for village in inside} <= {village.code for village in found}


@pytest.mark.parametrize("text", ["", "  ", "%", "_", "'; DROP", "\0"])
def test_odd_words_find_nothing(text: str) -> None:
    assert places.search_villages(text) == []


def test_a_code_of_no_village_is_not_found() -> None:
    for code in ("35.24", "35.24.07", "99.99.99.9999"):
        with pytest.raises(NotFound):
            places.get_village(code)


def test_names_of_regions() -> None:
    assert places.names_of(["35.24", "35.24.10.2009"]) == {
        "35.24": "Lamongan",
        "35.24.10.2009": "Parengan",
    }


WRITTEN = {
    "Desa Made (Lamongan)": ("made", "lamongan"),
    "made, Kec. Lamongan": ("made", "lamongan"),
    "Kel. Banjarmendalan": ("banjarmendalan", None),
    "  Sumber   agung ": ("sumber agung", None),
    "Kelorarum": ("kelorarum", None),
}


@pytest.mark.parametrize(("text", "parts"), WRITTEN.items())
def test_a_place_is_read_as_written(text: str, parts: tuple[str, str | None]) -> None:
    assert split_place(text) == parts


def test_codes_nest() -> None:
    assert is_within("35.24.10.2009", "35.24.10")
    assert is_within("35.24.10", "35.24.10")
    assert not is_within("35.24.10.2009", "35.24.1")
