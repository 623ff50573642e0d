"""Retailers, stores and shelves of the demo, and product sheets of producers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from PIL import Image, ImageDraw, ImageFont

from pol.demo.accounts import BUYER, CLERK, DINAS, RETAILER, DemoAccount
from pol.demo.goods import people
from pol.demo.pictures import Album
from pol.demo.shelves.goods import SHEETS, SheetPlan
from pol.demo.shelves.plan import RetailerPlan, StorePlan
from pol.demo.world import Shop, World
from pol.files import services as files
from pol.files.rules import PictureUse
from pol.files.services import imaging
from pol.identity.services.accounts import register
from pol.kernel.localtime import business_day
from pol.kernel.money import Rupiah
from pol.partnership.applications.models import ProductSheet
from pol.partnership.applications.rules import SheetPermitKind
from pol.partnership.applications.rules.gtin import check_digit
from pol.partnership.applications.services.sheets import PermitFacts, SheetFacts, create_sheet
from pol.partnership.slots.models import Retailer, Store
from pol.partnership.slots.rules import GoodsCategory, RetailSeat
from pol.partnership.slots.services.retailers import add_colleague, register_retailer
from pol.partnership.slots.services.shelves import FixtureFacts, add_fixture
from pol.partnership.slots.services.stores import (
    StoreFacts,
    open_store,
    submit_store,
    verify_store,
)

FIRST_OWNER = 60
FOOD_PERMITS = ("nib", "p_irt")


@dataclass
class House:
    """A retailer of the demo with its people and stores; most owners buy and sell themselves.

    On the board that `spare` counts, and the next one, nothing stands after its year is over.
    """

    plan: RetailerPlan
    retailer: Retailer
    owner_id: int
    buyer_id: int
    clerk_id: int
    spare: int = 4
    stores: list[Store] = field(default_factory=list)


@dataclass(frozen=True)
class Goods:
    """A product sheet with its producer and its plan."""

    sheet: ProductSheet
    shop: Shop
    plan: SheetPlan


def open_houses(world: World, plans: Sequence[RetailerPlan], at: datetime) -> Iterator[House]:
    """Register every retailer with its stores and shelves, verified but for the last."""
    number = 0
    for index, plan in enumerate(plans):
        house = _register(world, plan, index, at)
        permit = _permit(plan.name, house.owner_id, at)
        for store_plan in plan.stores:
            store = _open(world, house, store_plan, number, permit, at)
            if plan is not plans[-1]:  # the last one still waits for the Dinas
                verify_store(store=store, officer_id=world.people[DINAS], now=at)
            number += 1
        if index == 0:
            _add(world, house, BUYER, RetailSeat.BUYER, at)
            _add(world, house, CLERK, RetailSeat.CLERK, at)
        yield house


def _register(world: World, plan: RetailerPlan, index: int, at: datetime) -> House:
    owner_id = world.people[RETAILER] if index == 0 else _owner(world, plan, index, at)
    retailer = register_retailer(
        name=plan.name,
        nib=f"91200{index:08}",
        phone=people.phone(FIRST_OWNER + index),
        owner_id=owner_id,
        now=at,
    )
    buyer_id = world.people[BUYER] if index == 0 else owner_id
    clerk_id = world.people[CLERK] if index == 0 else owner_id
    return House(plan, retailer, owner_id, buyer_id, clerk_id)


def _owner(world: World, plan: RetailerPlan, index: int, at: datetime) -> int:
    return register(
        phone=people.phone(FIRST_OWNER + index), name=plan.owner, hashed=world.hashed, now=at
    )


def _add(world: World, house: House, who: DemoAccount, seat: RetailSeat, at: datetime) -> None:
    add_colleague(
        retailer_id=house.retailer.id,
        phone=who.phone,
        seat=seat,
        store_id=house.stores[0].id if seat is RetailSeat.CLERK else None,
        actor_id=house.owner_id,
        now=at,
    )


def _open(
    world: World, house: House, plan: StorePlan, number: int, permit: str, at: datetime
) -> Store:
    store = open_store(
        retailer_id=house.retailer.id,
        facts=StoreFacts(
            name=plan.name,
            permit_number=f"IUTS-CONTOH-{number + 1:03}",
            permit_expires_on=business_day(world.now) + timedelta(days=500),
            village_code=plan.village_code,
            address=plan.address,
            phone=house.retailer.phone,
            all_shelves_mm=36_000 + 6_000 * plan.gondolas,
            permit_picture_key=permit,
        ),
        actor_id=house.owner_id,
        now=at,
    )
    house.stores.append(store)
    for gondola in range(plan.gondolas):
        add_fixture(
            store_id=store.id,
            facts=FixtureFacts(f"Gondola UMKM {gondola + 1}", 1_200, 1_800, 400),
            shelves=plan.boards,
            load_g=40_000,
            actor_id=house.owner_id,
            now=at,
        )
    submit_store(store=store, actor_id=house.owner_id, now=at)
    return store


def _permit(name: str, owner_id: int, at: datetime) -> str:
    """Draw the paper that a permit is printed on."""
    page = Image.new("RGB", (420, 560), "#fbfaf5")
    pen = ImageDraw.Draw(page)
    for top, size, words in ((60, 24, "IZIN USAHA"), (120, 16, name), (500, 12, "Surat contoh")):
        pen.text((40, top), words, fill="#2b2f33", font=ImageFont.load_default(size))
    return files.store_files(
        list(imaging.derive(page)),
        size=page.size,
        use=PictureUse.PERMIT,
        owner_id=owner_id,
        now=at,
    )


def write_sheets(world: World, shops: Sequence[Shop], album: Album, at: datetime) -> list[Goods]:
    """Let producers write their products, each with the permits that its kind needs."""
    return [
        _write(shops[plan.shop % len(shops)], plan, index, album, at, world.now)
        for index, plan in enumerate(SHEETS)
    ]


def _write(
    shop: Shop, plan: SheetPlan, index: int, album: Album, at: datetime, now: datetime
) -> Goods:
    wide, high, deep = plan.size
    sheet = create_sheet(
        stall_id=shop.id,
        facts=SheetFacts(
            name=plan.name,
            about="",
            category=plan.category,
            width_mm=wide,
            height_mm=high,
            depth_mm=deep,
            weight_g=plan.weight_g,
            shelf_life_days=plan.life_days,
            capacity_week=plan.capacity_week,
            price=Rupiah(plan.price),
            gtin=_gtin(index) if index % 2 == 0 else "",
            picture_key=album.copy_for(shop.owner_id, sketch=(plan.motif, 0), now=at),
        ),
        actor_id=shop.owner_id,
        now=at,
        permits=permits_of(plan, index, business_day(now)),
    )
    return Goods(sheet, shop, plan)


def _gtin(index: int) -> str:
    """Return a number of the range that is kept for examples (952)."""
    body = f"9520000{index:05}"
    return f"{body}{check_digit(body)}"


def permits_of(plan: SheetPlan, index: int, today: date) -> list[PermitFacts]:
    """Return the papers that goods of a kind have."""
    nib = PermitFacts(SheetPermitKind.NIB, f"12030{index:08}", None, None)
    if plan.category is GoodsCategory.KERAJINAN:
        return [nib]
    ends = today + timedelta(days=plan.permit_days)
    return [
        nib,
        PermitFacts(SheetPermitKind.P_IRT, f"20635240{index:05}30", ends, None),
        PermitFacts(SheetPermitKind.HALAL, f"ID{index:017}", None, None),
    ]
