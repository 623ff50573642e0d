"""Retailers, shelves, calls and consigned goods for tests: each call adds rows and returns them.

They are written straight into the tables, so that each package can be tested without those above
and below it. Dates: calls were made in January 2026, goods stand through the whole of 2026.
"""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any, TypeVar

from pol.identity.models import User
from pol.kernel.db import Base, db
from pol.kernel.money import Rupiah
from pol.partnership.agreements.models import Agreement, Signature
from pol.partnership.agreements.rules import AgreementStatus
from pol.partnership.applications.models import (
    Application,
    ApplicationStore,
    ProductSheet,
    SheetPermit,
)
from pol.partnership.applications.rules import ApplicationStatus, SheetPermitKind
from pol.partnership.slots.models import (
    CallCriterion,
    CallSpan,
    Fixture,
    Placement,
    Retailer,
    RetailMember,
    Shelf,
    ShelfVersion,
    SlotCall,
    Store,
)
from pol.partnership.slots.rules import (
    Bearer,
    CallStatus,
    CoopForm,
    FixtureStatus,
    GoodsCategory,
    PlacementStatus,
    RetailSeat,
    StoreStatus,
)
from pol.regions.rules import kecamatan_of
from pol.stalls.models import Stall
from tests.factories.catalogue import LONG_AGO, SIDOHARJO, make_stall
from tests.factories.people import make_person

FROM, UNTIL = date(2026, 1, 1), date(2027, 1, 1)
CLOSES = datetime(2026, 1, 20, 10, 0, tzinfo=UTC)
_numbers = count(1)
Row = TypeVar("Row", bound=Base)


def add(row: Row) -> Row:
    """Write a row and return it with its id."""
    db.session.add(row)
    db.session.flush()
    return row


def make_retailer(name: str = "Toko Swalayan Contoh", **other: Any) -> Retailer:
    """Add a retailer."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "slug": f"peritel-{number}",
        "nib": f"91{number:011}",
        "phone": f"+62322{number:07}",
        "created_at": LONG_AGO,
    }
    return add(Retailer(name=name, **values | other))


def make_member(
    retailer: Retailer,
    *,
    seat: RetailSeat = RetailSeat.OWNER,
    store: Store | None = None,
    person: User | None = None,
) -> User:
    """Let somebody work for a retailer; a clerk needs a store."""
    person = person or make_person("Bu Peritel Contoh")
    add(
        RetailMember(
            retailer_id=retailer.id,
            user_id=person.id,
            seat=seat,
            store_id=store.id if store else None,
            since=LONG_AGO,
        )
    )
    return person


def make_store(retailer: Retailer | None = None, *, name: str = "Toko Contoh Babat",
               **other: Any) -> Store:  # fmt: skip
    """Add a verified store."""
    number, retailer = next(_numbers), retailer or make_retailer()
    values: dict[str, Any] = {
        "slug": f"toko-{number}",
        "permit_number": f"IUTS-{number:05}",
        "village_code": SIDOHARJO,
        "address": "Jalan Contoh 2",
        "phone": retailer.phone,
        "all_shelves_mm": 40_000,
        "status": StoreStatus.VERIFIED,
        "created_at": LONG_AGO,
        "submitted_at": LONG_AGO,
        "verified_at": LONG_AGO,
    }
    values |= other
    values.setdefault("kecamatan_code", kecamatan_of(values["village_code"]))
    return add(Store(name=name, retailer_id=retailer.id, **values))


def make_shelf(store: Store | None = None, *, fixture: Fixture | None = None,
               **other: Any) -> Shelf:  # fmt: skip
    """Add a shelf of 900 x 300 x 400 mm that bears 30 kg, in a new fixture if none is given."""
    number = next(_numbers)
    store = store or make_store()
    fixture = fixture or add(
        Fixture(
            store_id=store.id,
            code=f"G{number}",
            name=f"Gondola {number}",
            width_mm=900,
            height_mm=1800,
            depth_mm=450,
            position=number,
            status=FixtureStatus.ACTIVE,
            status_from=FROM,
        )
    )
    values: dict[str, Any] = {
        "number": number,
        "bottom_mm": 600,
        "width_mm": 900,
        "height_mm": 300,
        "depth_mm": 400,
        "load_g": 30_000,
        "level_factor_bp": 10_000,
        "categories": [],
        "version": 1,
    }
    values |= other
    shelf = add(Shelf(fixture_id=fixture.id, store_id=fixture.store_id, **values))
    values.pop("number")
    add(
        ShelfVersion(
            shelf_id=shelf.id, reason="Ukuran pertama", made_at=LONG_AGO, is_active=True, **values
        )
    )
    return shelf


def make_call(retailer: Retailer, *, shelves: list[Shelf] | None = None,
              **other: Any) -> SlotCall:  # fmt: skip
    """Add an open call for titip jual over whole shelves, with three criteria."""
    number = next(_numbers)
    person = other.pop("by", None) or make_person("Pembuka Slot Contoh")
    values: dict[str, Any] = {
        "number": f"PS-{number:05}",
        "title": "Rak Lamongan 2026",
        "form": CoopForm.CONSIGNMENT,
        "status": CallStatus.OPEN,
        "from_on": FROM,
        "until_on": UNTIL,
        "closes_at": CLOSES,
        "margin_bp": 1_500,
        "payment_days": 14,
        "settle_every_days": 7,
        "notice_days": 30,
        "offer_days": 3,
        "min_life_bp": 5_000,
        "unsold_bearer": Bearer.PRODUCER,
        "damage_bearer": Bearer.RETAILER,
        "loss_bearer": Bearer.RETAILER,
        "categories": [kind.value for kind in GoodsCategory],
        "permits": ["p_irt"],
        "floor_penalty": Rupiah(250_000),
        "created_at": LONG_AGO,
        "created_by_id": person.id,
        "published_at": LONG_AGO,
        "published_by_id": person.id,
        "terms_sha256": "0" * 64,
        "findings": [],
    }
    call = add(SlotCall(retailer_id=retailer.id, **values | other))
    for shelf in shelves or []:
        add(CallSpan(call_id=call.id, shelf_id=shelf.id, x_mm=0, width_mm=shelf.width_mm))
    for position, (name, weight) in enumerate(
        (("Mutu dan rasa", 50), ("Kemasan", 30), ("Harga", 20))
    ):
        add(CallCriterion(call_id=call.id, position=position, name=name, weight=weight))
    return call


def make_sheet(stall: Stall | None = None, *, name: str = "Keripik Tempe Contoh",
               **other: Any) -> ProductSheet:  # fmt: skip
    """Add a product of 140 x 220 x 80 mm and 150 g with a P-IRT that never lapses in 2026."""
    number = next(_numbers)
    stall = stall or make_stall(name="UMKM Contoh")
    values: dict[str, Any] = {
        "number": f"LP-{number:05}",
        "category": GoodsCategory.KERIPIK,
        "width_mm": 140,
        "height_mm": 220,
        "depth_mm": 80,
        "weight_g": 150,
        "shelf_life_days": 120,
        "capacity_week": 200,
        "price": Rupiah(15_000),
        "created_at": LONG_AGO,
        "updated_at": LONG_AGO,
    }
    sheet = add(ProductSheet(stall_id=stall.id, name=name, **values | other))
    add(
        SheetPermit(
            sheet_id=sheet.id,
            kind=SheetPermitKind.P_IRT,
            number=f"20635240{number:05}-30",
            expires_on=date(2029, 1, 1),
            created_at=LONG_AGO,
        )
    )
    return sheet


def make_application(call: SlotCall, sheet: ProductSheet | None = None, *,
                     stores: list[Store], **other: Any) -> Application:  # fmt: skip
    """Add an application that has passed curation, with stores in order of wish."""
    number, sheet = next(_numbers), sheet or make_sheet()
    stall = db.session.get_one(Stall, sheet.stall_id)
    values: dict[str, Any] = {
        "number": f"PJ-{number:05}",
        "kecamatan_code": stall.kecamatan_code,
        "status": ApplicationStatus.PASSED,
        "min_facings": 1,
        "max_facings": 3,
        "weekly_demand_milli": 20_000,
        "score": 7_500,
        "created_at": LONG_AGO,
        "submitted_at": LONG_AGO,
    }
    copied = {
        name: getattr(sheet, name)
        for name in (
            *("category", "width_mm", "height_mm", "depth_mm", "weight_g"),
            *("shelf_life_days", "capacity_week", "price"),
        )
    }
    application = add(
        Application(
            call_id=call.id, sheet_id=sheet.id, stall_id=stall.id, **copied | values | other
        )
    )
    for wish, store in enumerate(stores, 1):
        add(ApplicationStore(application_id=application.id, store_id=store.id, wish=wish))
    return application


def make_agreement(application: Application, call: SlotCall, **other: Any) -> Agreement:
    """Add an agreement in force on the call's terms, signed by both sides."""
    number = next(_numbers)
    terms = (
        *("form", "from_on", "until_on", "margin_bp", "payment_days", "notice_days"),
        *("min_life_bp", "unsold_bearer", "damage_bearer", "loss_bearer"),
        *("late_fine_bp", "short_fine_bp"),
    )
    values: dict[str, Any] = {
        "number": f"PKS-{number:05}",
        "status": AgreementStatus.IN_FORCE,
        "price": application.price,
        "text": "Perjanjian contoh",
        "text_sha256": "1" * 64,
        "rules": [],
        "rules_sha256": "2" * 64,
        "made_at": LONG_AGO,
        "in_force_at": LONG_AGO,
    }
    agreement = add(
        Agreement(
            call_id=call.id,
            application_id=application.id,
            retailer_id=call.retailer_id,
            stall_id=application.stall_id,
            sheet_id=application.sheet_id,
            **{name: getattr(call, name) for name in terms} | values | other,
        )
    )
    if agreement.status is not AgreementStatus.DRAFT:
        for side in Bearer:
            add(
                Signature(
                    agreement_id=agreement.id,
                    side=side,
                    typed_name="Penanda Tangan Contoh",
                    signed_at=LONG_AGO,
                    signed_by_id=make_person("Penanda Tangan Contoh").id,
                    text_sha256=agreement.text_sha256,
                )
            )
    return agreement


def make_placement(
    application: Application,
    shelf: Shelf,
    *,
    agreement: Agreement | None = None,
    x_mm: int = 0,
    facings: int = 2,
    **other: Any,
) -> Placement:
    """Add a place of some facings on a shelf, live when there is an agreement."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "number": f"PN-{number:05}",
        "width_mm": facings * application.width_mm,
        "height_mm": application.height_mm,
        "depth_mm": application.depth_mm,
        "load_g": facings * (shelf.depth_mm // application.depth_mm) * application.weight_g,
        "from_on": FROM,
        "until_on": UNTIL,
        "status": PlacementStatus.LIVE if agreement else PlacementStatus.RESERVED,
        "reserved_at": LONG_AGO,
        "live_at": LONG_AGO if agreement else None,
    }
    return add(
        Placement(
            call_id=application.call_id,
            application_id=application.id,
            agreement_id=agreement.id if agreement else None,
            sheet_id=application.sheet_id,
            stall_id=application.stall_id,
            store_id=shelf.store_id,
            shelf_id=shelf.id,
            x_mm=x_mm,
            facings=facings,
            **values | other,
        )
    )
