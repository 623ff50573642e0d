from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from pol.stalls.models import Permit
from pol.stalls.rules import PermitKind, StallStatus
from tests.factories.catalogue import LONG_AGO, make_market, make_product, make_stall
from tests.rig.client import Browser
from tests.rig.pages import Page


def _permit(stall_id: int, number: str, expires_on: date | None) -> Permit:
    return Permit(
        stall_id=stall_id,
        kind=PermitKind.HALAL,
        number=number,
        expires_on=expires_on,
        created_at=LONG_AGO,
    )


def test_a_stall_says_where_it_is_and_what_it_sells(
    client: Browser, session: Session, now: datetime
) -> None:
    stall = make_stall(make_market("Pasar Babat"), name="Mina Jaya", phone="+6281234567890")
    make_product(stall, name="Bandeng")
    session.add(_permit(stall.id, "ID351-1", date(2027, 1, 31)))
    session.add(_permit(stall.id, "ID351-0", date(2026, 1, 31)))
    page = Page(client.get(f"/lapak/{stall.slug}"))
    assert page.heading == "Mina Jaya"
    assert f"Blok A no. {stall.number}, Pasar Babat" in page.text
    assert "0812-3456-7890" in page.text
    assert "Halal ID351-1, berlaku sampai 31 Jan 2027" in page.text
    assert "ID351-0" not in page.text  # expired
    assert any(link.startswith("https://wa.me/6281234567890?text=Halo") for link in page.links())
    assert page.texts(".card__name") == ["Bandeng"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "Buka sampai 20.00 WIB"),
        ({"opens_minute": 780, "closes_minute": 900}, "Tutup, buka 13.00 WIB"),
        ({"opens_minute": 60, "closes_minute": 300}, "Tutup, buka besok 01.00 WIB"),
        (
            {"vacation_from": date(2026, 3, 1), "vacation_until": date(2026, 3, 9)},
            "Libur, buka lagi 9 Mar 2026",
        ),
        ({"vacation_from": date(2026, 3, 1)}, "Libur"),
    ],
)
def test_a_stall_says_when_it_is_open(
    client: Browser, now: datetime, values: dict[str, Any], words: str
) -> None:
    page = Page(client.get(f"/lapak/{make_stall(**values).slug}"))
    assert page.texts("main .open") == [words]


def test_a_market_of_a_distant_day_says_which(client: Browser, now: datetime) -> None:
    market = make_market(weekday_mask=1 << 5)  # Saturdays; it is Monday
    page = Page(client.get(f"/pasar/{market.slug}"))
    assert page.texts("main .open") == ["Tutup, buka Sabtu Pon 04.00 WIB"]
    assert "Sabtu, 04.00–20.00 WIB" in page.text


def test_a_village_stall_is_found_in_its_village(client: Browser, now: datetime) -> None:
    stall = make_stall(number=None, block=None, address="RT 2 RW 1")
    page = Page(client.get(f"/lapak/{stall.slug}"))
    assert "RT 2 RW 1, Sidoharjo, Lamongan" in page.text
    assert "Blok" not in page.text


@pytest.mark.parametrize("status", [s for s in StallStatus if s is not StallStatus.VERIFIED])
def test_only_verified_stalls_are_shown(
    client: Browser, now: datetime, status: StallStatus
) -> None:
    assert client.get(f"/lapak/{make_stall(status=status).slug}").status_code == 404


def test_an_opening_more_than_a_week_away_names_the_date(client: Browser, now: datetime) -> None:
    day = (now + timedelta(days=20)).date()
    stall = make_stall(vacation_from=now.date() + timedelta(days=1), vacation_until=day,
                       opens_minute=0, closes_minute=60)  # fmt: skip
    page = Page(client.get(f"/lapak/{stall.slug}"))
    assert page.texts("main .open") == ["Tutup, buka Minggu Pon, 22 Mar 2026"]
