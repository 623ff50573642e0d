"""A slot call from its first screen to signed agreements, as people would do it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib import import_module

from pol.demo.accounts import DINAS
from pol.demo.shelves.stores import Goods, House
from pol.demo.world import World
from pol.identity.models import User
from pol.kernel.db import db
from pol.partnership.agreements.queries.agreements import (
    list_agreements_of_stall,
    lock_agreement_of_retailer,
)
from pol.partnership.agreements.services.drafting import accept_offer
from pol.partnership.agreements.services.signing import begin, sign
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
from pol.partnership.slots.rules import Bearer, CoopForm, GoodsCategory
from pol.partnership.slots.rules.call import Criterion
from pol.partnership.slots.rules.spans import Span
from pol.partnership.slots.services import call_life, calls

SECONDS = 2
CRITERIA = (Criterion("Mutu dan rasa", 50), Criterion("Kemasan", 30), Criterion("Harga", 20))


@dataclass(frozen=True)
class CallPlan:
    """When goods stand, until when one may apply, and on how many boards of each store."""

    title: str
    form: CoopForm
    from_on: date
    until_on: date
    closes_at: datetime
    boards: int
    payment_days: int = 14


def draft(house: House, plan: CallPlan, at: datetime) -> SlotCall:
    """Fill all screens of a call."""
    call = calls.draft_call(
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
    boards = [
        shelf for store in house.stores for shelf in list_shelves(store_id=store.id)[: plan.boards]
    ]
    spans = [(shelf.shelf_id, Span(0, shelf.measures.width_mm)) for shelf in boards]
    calls.save_space(call=call, spans=spans, now=at)
    calls.save_terms(call=call, facts=_terms(plan), now=at)
    calls.save_goods(call=call, facts=_goods(), now=at)
    return call


def _terms(plan: CallPlan) -> calls.TermFacts:
    outright = plan.form is CoopForm.OUTRIGHT
    return calls.TermFacts(
        margin_bp=1_500,
        charges=(),
        payment_days=plan.payment_days,
        settle_every_days=28,
        notice_days=30,
        unsold_bearer=Bearer.RETAILER if outright else Bearer.PRODUCER,
        damage_bearer=Bearer.RETAILER,
        loss_bearer=Bearer.RETAILER,
        late_fine_bp=100,
        short_fine_bp=0,
        expected_sales=None,
        new_goods_only=False,
    )


def _goods() -> calls.GoodsFacts:
    return calls.GoodsFacts(
        categories=tuple(GoodsCategory),
        permits=("nib",),
        min_life_bp=5_000,
        criteria=CRITERIA,
        per_producer_per_store=2,
        kecamatan_floor=1,
        offer_days=5,
    )


def publish(house: House, call: SlotCall, at: datetime) -> None:
    """Check a call and let everybody read it."""
    calls.look_again(call, now=at)
    call_life.publish_call(
        call=call,
        stated_reason="Toko baru dibuka, syaratnya ditinjau lagi sesudah enam bulan berjalan.",
        actor_id=house.owner_id,
        now=at,
    )


def apply(house: House, call: SlotCall, goods: Goods, at: datetime) -> Application:
    """Let a producer apply for every store."""
    row = get_call_by_id(call_id=call.id)
    wish = applying.Wish(
        store_ids=[store.store_id for store in row.stores],
        min_facings=1,
        max_facings=3,
        capacity_week=goods.plan.capacity_week,
        note="",
    )
    application = applying.draft(
        sheet=goods.sheet, call=row, wish=wish, actor_id=goods.shop.owner_id, now=at
    )
    applying.submit(application=application, actor_id=goods.shop.owner_id, now=at)
    return application


def screen(world: World, application: Application, at: datetime) -> None:
    """Let the Dinas look at the papers and pass them on."""
    officer = world.people[DINAS]
    screening.take(application=application, actor_id=officer, now=at)
    screening.pass_on(application=application, actor_id=officer, now=at)


def score(house: House, application: Application, goods: Goods, at: datetime) -> None:
    """Let the buyer taste and score."""
    points = 62 + goods.plan.demand % 30
    marks = {
        criterion.criterion_id: curation.Mark(min(points + 4 * place, 100), "Sesuai contoh")
        for place, criterion in enumerate(list_criteria(call_id=application.call_id))
    }
    curation.score(
        application=application,
        marks=marks,
        weekly_demand_milli=goods.plan.demand * 1_000,
        actor_id=house.owner_id,
        now=at,
    )


def compute(house: House, call: SlotCall, at: datetime) -> AllocationRun:
    """Ask for an allocation and compute it here and now."""
    run = runs.ask_run(call=call, seconds=SECONDS, actor_id=house.owner_id, now=at)
    runs.claim_run(number=run.number, now=at)
    solve = import_module("pol.partnership.allocation.services.solver").solve  # heavy, only here
    found = solve(instances.read(run.instance.encode()), seconds=SECONDS)
    runs.finish_run(run=run, found=found, free=found.objective, now=at)
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
    for stall_id, owner_id in {(one.shop.id, one.shop.owner_id) for one in sheets}:
        for agreement in list_agreements_of_stall(stall_id=stall_id):
            _sign(house, agreement.number, owner_id, at + timedelta(hours=1))


def _sign(house: House, number: str, producer_id: int, at: datetime) -> None:
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
    begin(agreement, at + timedelta(hours=1))
