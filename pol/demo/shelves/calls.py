"""A slot call from its first screen to signed agreements, as people would do it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from importlib import import_module

from pol.demo.accounts import DINAS
from pol.demo.shelves.stores import FOOD_PERMITS, Goods, House
from pol.demo.world import World
from pol.identity.models import User
from pol.kernel.db import db
from pol.kernel.money import Rupiah
from pol.partnership.agreements.queries.agreements import (
    list_agreements_of_stall,
    lock_agreement_of_retailer,
)
from pol.partnership.agreements.rules import AgreementStatus
from pol.partnership.agreements.services.drafting import accept_offer
from pol.partnership.agreements.services.signing import sign
from pol.partnership.allocation.models import AllocationRun
from pol.partnership.allocation.queries.offers import list_offers_of_stall, lock_offer_of_stall
from pol.partnership.allocation.rules import instance as instances
from pol.partnership.allocation.rules.statuses import OfferStatus
from pol.partnership.allocation.services import runs
from pol.partnership.applications.models import Application
from pol.partnership.applications.queries.calls import get_call_by_id, list_criteria
from pol.partnership.applications.services import applying, curation, screening
from pol.partnership.slots.models import SlotCall
from pol.partnership.slots.queries.shelves import list_shelves
from pol.partnership.slots.rules import (
    Bearer,
    ChargeBasis,
    ChargeKind,
    CoopForm,
    GoodsCategory,
)
from pol.partnership.slots.rules.call import Criterion
from pol.partnership.slots.rules.spans import Span
from pol.partnership.slots.rules.terms import Charge
from pol.partnership.slots.services import call_life, calls

CRITERIA = (Criterion("Mutu dan rasa", 50), Criterion("Kemasan", 30), Criterion("Harga", 20))
NOTES = {
    "Mutu dan rasa": "Rasa dan teksturnya sesuai contoh",
    "Kemasan": "Kemasan rapat, labelnya terbaca",
    "Harga": "Sepadan dengan barang sejenis",
}


@dataclass(frozen=True)
class CallPlan:
    """When goods stand, until when one may apply, and on which boards of each store.

    `boards` count from the highest of the first gondola; without them it is one of the two boards
    that are spare. `rent` is a charge for each period, `short_fine_bp` what a producer is fined for
    bringing too little.
    """

    title: str
    from_on: date
    until_on: date
    closes_at: datetime
    form: CoopForm = CoopForm.CONSIGNMENT
    boards: tuple[int, int] | None = None
    board: int = 0
    most_stores: int | None = None
    margin_bp: int = 1_500
    payment_days: int = 14
    settle_every_days: int = 28
    rent: int = 0
    short_fine_bp: int = 0
    permits: tuple[str, ...] = FOOD_PERMITS
    kinds: tuple[GoodsCategory, ...] = tuple(GoodsCategory)


def begin(house: House, plan: CallPlan, at: datetime) -> SlotCall:
    """Fill the first screen of a call."""
    return calls.draft_call(
        retailer_id=house.retailer.id,
        basics=calls.Basics(
            title=plan.title,
            about="Rak setinggi mata di dekat kasir, khusus produk UMKM Lamongan.",
            form=plan.form,
            from_on=plan.from_on,
            until_on=plan.until_on,
            closes_at=plan.closes_at,
        ),
        actor_id=house.owner_id,
        now=at,
    )


def draft(house: House, plan: CallPlan, at: datetime) -> SlotCall:
    """Fill all screens of a call."""
    call = begin(house, plan, at)
    first = house.spare + plan.board
    chosen = slice(*(plan.boards or (first, first + 1)))
    boards = [
        shelf
        for store in house.stores[: plan.most_stores]
        for shelf in list_shelves(store_id=store.id)[chosen]
    ]
    spans = [(shelf.shelf_id, Span(0, shelf.measures.width_mm)) for shelf in boards]
    calls.save_space(call=call, spans=spans, now=at)
    calls.save_terms(call=call, facts=_terms(plan), now=at)
    calls.save_goods(call=call, facts=_goods(plan), now=at)
    return call


def _terms(plan: CallPlan) -> calls.TermFacts:
    outright = plan.form is CoopForm.OUTRIGHT
    rent = Charge(ChargeKind.RENT, ChargeBasis.PER_PERIOD, "Sewa ambalan", Rupiah(plan.rent), 0)
    return calls.TermFacts(
        margin_bp=plan.margin_bp,
        charges=(rent,) if plan.rent else (),
        payment_days=plan.payment_days,
        settle_every_days=plan.settle_every_days,
        notice_days=30,
        unsold_bearer=Bearer.RETAILER if outright else Bearer.PRODUCER,
        damage_bearer=Bearer.RETAILER,
        loss_bearer=Bearer.RETAILER,
        late_fine_bp=100,
        short_fine_bp=plan.short_fine_bp,
        expected_sales=Rupiah(400_000) if plan.rent else None,
        new_goods_only=False,
    )


def _goods(plan: CallPlan) -> calls.GoodsFacts:
    return calls.GoodsFacts(
        categories=plan.kinds,
        permits=plan.permits,
        min_life_bp=5_000,
        criteria=CRITERIA,
        per_producer_per_store=2,
        kecamatan_floor=1,
        offer_days=5,
    )


def publish(house: House, call: SlotCall, at: datetime, *, reason: str | None = None) -> None:
    """Check a call and let everybody read it; a reason is kept only where a rule is not."""
    calls.look_again(call, now=at)
    call_life.publish_call(
        call=call,
        stated_reason=reason,
        actor_id=house.owner_id,
        now=at,
    )


def write(call: SlotCall, goods: Goods, at: datetime, *, least: int = 1) -> Application:
    """Let a producer fill in the form for every store."""
    row = get_call_by_id(call_id=call.id)
    wish = applying.Wish(
        store_ids=[store.store_id for store in row.stores],
        min_facings=least,
        max_facings=3,
        capacity_week=goods.plan.capacity_week,
        note="",
    )
    return applying.draft(
        sheet=goods.sheet, call=row, wish=wish, actor_id=goods.shop.owner_id, now=at
    )


def apply(call: SlotCall, goods: Goods, at: datetime, *, least: int = 1) -> Application:
    """Let a producer apply for every store."""
    application = write(call, goods, at, least=least)
    applying.submit(application=application, actor_id=goods.shop.owner_id, now=at)
    return application


def screen(world: World, application: Application, at: datetime) -> None:
    """Let the Dinas look at the papers and pass them on."""
    officer = world.people[DINAS]
    screening.take(application=application, actor_id=officer, now=at)
    screening.pass_on(application=application, actor_id=officer, now=at)


def score(house: House, application: Application, goods: Goods, at: datetime) -> None:
    """Let the buyer taste and score."""
    points = 62 + goods.plan.demand % 24
    marks = {
        criterion.criterion_id: curation.Mark(points + 4 * place, NOTES[criterion.name])
        for place, criterion in enumerate(list_criteria(call_id=application.call_id))
    }
    curation.score(
        application=application,
        marks=marks,
        weekly_demand_milli=goods.plan.demand * 1_000,
        actor_id=house.buyer_id,
        now=at,
    )


def pass_all(
    world: World, house: House, call: SlotCall, sheets: Sequence[Goods], at: datetime, *,
    least: int = 1,
) -> None:  # fmt: skip
    """Let these apply and pass."""
    for goods in sheets:
        application = apply(call, goods, at, least=least)
        screen(world, application, at + timedelta(days=1))
        score(house, application, goods, at + timedelta(days=2))
        curation.let_pass(
            application=application, actor_id=house.buyer_id, now=at + timedelta(days=3)
        )


def compute(
    house: House, call: SlotCall, at: datetime, *, seconds: int = 2, free_seconds: int = 2
) -> AllocationRun:
    """Ask for an allocation and compute it here and now, and what fairness costs."""
    run = runs.ask_run(call=call, seconds=seconds, actor_id=house.owner_id, now=at)
    runs.claim_run(number=run.number, now=at)
    solve = import_module("pol.partnership.allocation.services.solver").solve  # heavy, only here
    instance = instances.read(run.instance.encode())
    found = solve(instance, seconds=seconds)
    unbound = replace(instance, kecamatan_floor=0)
    free = solve(unbound, seconds=free_seconds).objective if instance.kecamatan_floor else None
    runs.finish_run(run=run, found=found, free=free, now=at)
    return run


def fix(house: House, call: SlotCall, run: AllocationRun, at: datetime) -> None:
    """Look through a result and decide."""
    runs.review_run(run=run, actor_id=house.owner_id, now=at)
    runs.fix_run(run=run, call=call, actor_id=house.owner_id, now=at)


def accept_all(house: House, sheets: Sequence[Goods], at: datetime) -> None:
    """Let every producer accept what was offered, and both sides sign."""
    for goods in sheets:
        for row in list_offers_of_stall(stall_id=goods.shop.id):
            if row.status is OfferStatus.OFFERED:
                offer = lock_offer_of_stall(number=row.number, stall_id=goods.shop.id)
                accept_offer(offer=offer, actor_id=goods.shop.owner_id, now=at)
    for stall_id, owner_id in sorted({(one.shop.id, one.shop.owner_id) for one in sheets}):
        for agreement in list_agreements_of_stall(stall_id=stall_id).rows:
            if agreement.status is AgreementStatus.DRAFT:
                sign_both(house, agreement.number, owner_id, at + timedelta(hours=1))


def sign_both(house: House, number: str, producer_id: int, at: datetime) -> None:
    """Let both sides type their names under an agreement."""
    agreement = lock_agreement_of_retailer(number=number, retailer_id=house.retailer.id)
    for side, user_id in ((Bearer.PRODUCER, producer_id), (Bearer.RETAILER, house.owner_id)):
        sign(
            agreement=agreement,
            side=side,
            typed_name=db.session.get_one(User, user_id).name,
            read_sha256=agreement.text_sha256,
            user_id=user_id,
            now=at,
        )
