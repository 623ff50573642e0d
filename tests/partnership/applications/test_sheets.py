"""Product sheets: measured once, numbered soundly, with the permits of the product."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from pol.kernel.errors import NotFound, Refused
from pol.kernel.money import Rupiah
from pol.partnership.applications.queries import sheets as reading
from pol.partnership.applications.queries.sources import list_known_permits
from pol.partnership.applications.rules import SheetPermitKind
from pol.partnership.applications.rules.gtin import GtinWrongDigit
from pol.partnership.applications.rules.permits import NibUnreadable, PermitLapsed, PermitTwice
from pol.partnership.applications.rules.sheet import (
    GtinTaken,
    InCentimetres,
    Size,
    TooDeepForShelves,
    TooHighForShelves,
    TooWideForShelves,
    check_size,
    guess_category,
)
from pol.partnership.applications.services import sheets as writing
from pol.partnership.applications.services.sheets import PermitFacts, SheetFacts
from pol.partnership.slots.rules import GoodsCategory, StoreStatus
from pol.stalls.models import Permit
from pol.stalls.rules import PermitKind
from tests.factories.catalogue import make_stall
from tests.factories.partnership import make_retailer, make_sheet, make_shelf, make_store
from tests.factories.people import make_person

FACTS = SheetFacts(
    name="Keripik Tempe",
    about="",
    category=GoodsCategory.KERIPIK,
    width_mm=140,
    height_mm=220,
    depth_mm=80,
    weight_g=150,
    shelf_life_days=90,
    capacity_week=200,
    price=Rupiah(15_000),
    gtin="4006381333931",
    picture_key=None,
)
PERMIT = PermitFacts(SheetPermitKind.NIB, "9120001234567", None, None)


@pytest.fixture
def create(session: Session, now: datetime) -> Callable[..., Any]:
    stall, actor = make_stall(), make_person()

    def create(facts: SheetFacts = FACTS, **others: Any) -> Any:
        return writing.create_sheet(
            stall_id=stall.id, facts=facts, actor_id=actor.id, now=now, **others
        )

    return create


def test_a_sheet_is_written_with_what_is_known(create: Callable[..., Any]) -> None:
    sheet = create(permits=[PERMIT])
    row = reading.get_sheet(number=sheet.number, stall_id=sheet.stall_id)
    assert sheet.number.startswith("LP260302-")
    assert (row.gtin, row.price, row.goods.height_mm) == ("4006381333931", Rupiah(15_000), 220)
    assert [(one.kind, one.number) for one in row.permits] == [("nib", "9120001234567")]
    assert [one.number for one in reading.list_sheets(stall_id=sheet.stall_id)] == [sheet.number]


def test_nobody_else_reaches_a_sheet(create: Callable[..., Any]) -> None:
    sheet = create()
    for reach in (reading.get_sheet, reading.lock_sheet):
        with pytest.raises(NotFound):
            reach(number=sheet.number, stall_id=sheet.stall_id + 1)


def test_a_barcode_belongs_to_one_product(create: Callable[..., Any], now: datetime) -> None:
    sheet = create()
    with pytest.raises(GtinTaken):
        create(replace(FACTS, name="Lain"))
    with pytest.raises(GtinWrongDigit):
        create(replace(FACTS, gtin="4006381333932"))
    actor = make_person()
    writing.update_sheet(
        sheet=sheet, facts=replace(FACTS, weight_g=160), actor_id=actor.id, now=now
    )
    assert (sheet.weight_g, sheet.gtin) == (160, "4006381333931")


def test_products_without_a_barcode_do_not_stand_in_each_others_way(
    create: Callable[..., Any],
) -> None:
    assert create(replace(FACTS, gtin="")).gtin is None
    assert create(replace(FACTS, gtin="")).gtin is None


@pytest.mark.parametrize(
    ("size", "refusal"),
    [
        (Size(14, 22, 8), InCentimetres),
        (Size(901, 100, 100), TooWideForShelves),
        (Size(100, 301, 100), TooHighForShelves),
        (Size(100, 100, 401), TooDeepForShelves),
    ],
)
def test_what_no_shelf_would_take_is_told_with_the_largest_shelf(
    size: Size, refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        check_size(size, Size(900, 300, 400))
    check_size(Size(31, 20, 1), None)


def test_the_largest_shelf_is_one_in_use(create: Callable[..., Any], session: Session) -> None:
    assert reading.find_largest_shelf() is None
    make_shelf(make_store(), width_mm=900, height_mm=300)
    make_shelf(make_store(), width_mm=600, height_mm=350)
    make_shelf(make_store(status=StoreStatus.SUSPENDED), width_mm=2_000)
    make_shelf(make_store(), width_mm=2_000).is_active = False
    assert reading.find_largest_shelf() == Size(900, 350, 400)
    with pytest.raises(TooHighForShelves, match=r"Tinggi 360 mm .* 350 mm"):
        create(replace(FACTS, height_mm=360))


def test_a_permit_is_noted_once_and_while_it_holds(
    create: Callable[..., Any], now: datetime
) -> None:
    sheet, actor = create(), make_person()

    def add(facts: PermitFacts) -> Any:
        return writing.add_permit(sheet=sheet, facts=facts, actor_id=actor.id, now=now)

    permit = add(PERMIT)
    with pytest.raises(PermitTwice):
        add(replace(PERMIT, number="9120 0012 34567"))
    with pytest.raises(NibUnreadable):
        add(replace(PERMIT, number="12"))
    with pytest.raises(PermitLapsed):
        add(replace(PERMIT, number="9120001234568", expires_on=date(2026, 3, 1)))
    other = make_sheet()
    with pytest.raises(NotFound):
        writing.remove_permit(sheet=other, permit_id=permit.id, actor_id=actor.id, now=now)
    writing.remove_permit(sheet=sheet, permit_id=permit.id, actor_id=actor.id, now=now)
    assert reading.permits_of({sheet.id}) == {}


def test_a_retailer_numbers_a_product_without_barcode_once(session: Session, now: datetime) -> None:
    one, other = make_retailer("Toko Satu"), make_retailer("Toko Dua")
    sheet, next_sheet = make_sheet(), make_sheet()
    code = writing.give_store_code(sheet_id=sheet.id, retailer_id=one.id, now=now)
    assert code.startswith("2")
    assert writing.give_store_code(sheet_id=sheet.id, retailer_id=one.id, now=now) == code
    assert writing.give_store_code(sheet_id=next_sheet.id, retailer_id=one.id, now=now) != code
    assert [row.retailer_name for row in reading.list_codes(sheet_id=sheet.id)] == ["Toko Satu"]
    assert reading.find_code(sheet_id=sheet.id, retailer_id=other.id) is None


def test_a_barcode_is_good_everywhere(session: Session, now: datetime) -> None:
    sheet, retailer = make_sheet(gtin="4006381333931"), make_retailer()
    code = writing.give_store_code(sheet_id=sheet.id, retailer_id=retailer.id, now=now)
    assert code == "4006381333931"
    assert reading.list_codes(sheet_id=sheet.id) == []


def test_sound_papers_of_the_online_market_come_along(session: Session, now: datetime) -> None:
    stall = make_stall()
    for number, expires_on in (("9120001234567", None), ("123", None), ("9120001234568", now)):
        session.add(
            Permit(
                stall_id=stall.id,
                kind=PermitKind.NIB,
                number=number,
                expires_on=expires_on and date(2026, 3, 1),
                created_at=now,
            )
        )
    session.flush()
    known = list_known_permits(stall_id=stall.id, product_id=None, today=date(2026, 3, 2))
    assert [one.number for one in known] == ["9120001234567"]


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("Keripik Tempe Bu Contoh", GoodsCategory.KERIPIK),
        ("Sambal udang", GoodsCategory.SAMBAL_BUMBU),
        ("Wingko Babat", GoodsCategory.KUE_KERING),
        ("Sesuatu", None),
    ],
)
def test_a_name_suggests_its_category(name: str, category: GoodsCategory | None) -> None:
    assert guess_category(name) is category
