"""A supermarket with a call that is nearly ready."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from pol.identity.models import User
from pol.kernel.db import db
from pol.kernel.money import Rupiah
from pol.partnership.slots.models import Retailer, Shelf, SlotCall, Store
from pol.partnership.slots.queries.calls import lock_call
from pol.partnership.slots.rules import (
    Bearer,
    CallStatus,
    ChargeBasis,
    ChargeKind,
    CoopForm,
    GoodsCategory,
)
from pol.partnership.slots.rules.call import Criterion
from pol.partnership.slots.rules.spans import Span
from pol.partnership.slots.rules.terms import Charge
from pol.partnership.slots.services import call_life, calls
from pol.partnership.slots.services.calls import Basics, GoodsFacts, TermFacts
from tests.factories.partnership import make_member, make_retailer, make_shelf, make_store

FROM, UNTIL = date(2026, 4, 1), date(2026, 10, 1)
CLOSES = datetime(2026, 3, 20, 10, tzinfo=UTC)
TOO_DEAR = Charge(
    ChargeKind.PROMOTION, ChargeBasis.SHARE_OF_SALES, "Brosur mingguan", Rupiah(0), 1_600
)


@dataclass(frozen=True)
class Shop:
    """A retailer, its owner, its store and a shelf of 900 mm."""

    retailer: Retailer
    owner: User
    store: Store
    shelf: Shelf


def make_shop(name: str = "Swalayan Contoh") -> Shop:
    """Add a retailer with one verified store and one shelf."""
    retailer = make_retailer(name)
    store = make_store(retailer)
    return Shop(retailer, make_member(retailer), store, make_shelf(store))


def basics(**other: Any) -> Basics:
    """Return a good first screen."""
    values: dict[str, Any] = {
        "title": "Rak oleh-oleh Lamongan",
        "about": "Ruang rak untuk produk UMKM di dekat kasir.",
        "form": CoopForm.CONSIGNMENT,
        "from_on": FROM,
        "until_on": UNTIL,
        "closes_at": CLOSES,
    }
    return Basics(**values | other)


def term_facts(*charges: Charge, **other: Any) -> TermFacts:
    """Return a third screen that keeps every rule."""
    values: dict[str, Any] = {
        "margin_bp": 2_000,
        "payment_days": 7,
        "settle_every_days": 14,
        "notice_days": 30,
        "unsold_bearer": Bearer.PRODUCER,
        "damage_bearer": Bearer.RETAILER,
        "loss_bearer": Bearer.RETAILER,
        "late_fine_bp": 0,
        "short_fine_bp": 0,
        "expected_sales": Rupiah(1_000_000),
        "new_goods_only": False,
    }
    return TermFacts(charges=charges, **values | other)


def goods_facts(**other: Any) -> GoodsFacts:
    """Return a good fourth screen."""
    values: dict[str, Any] = {
        "categories": [GoodsCategory.KERIPIK, GoodsCategory.KOPI_JAHE],
        "permits": ["p_irt"],
        "min_life_bp": 5_000,
        "criteria": [Criterion("Mutu", 60), Criterion("Harga", 40)],
        "per_producer_per_store": 2,
        "kecamatan_floor": 1,
        "offer_days": 3,
    }
    return GoodsFacts(**values | other)


def make_draft(shop: Shop, *, now: datetime, **other: Any) -> SlotCall:
    """Draft a call."""
    return calls.draft_call(
        retailer_id=shop.retailer.id, basics=basics(**other), actor_id=shop.owner.id, now=now
    )


def make_checked(shop: Shop, *charges: Charge, now: datetime, span: Span | None = None,
                 **other: Any) -> SlotCall:  # fmt: skip
    """Fill all four screens."""
    call = make_draft(shop, now=now, **other)
    span = span or Span(0, 600)
    calls.save_space(call=call, spans=[(shop.shelf.id, span)], now=now)
    calls.save_terms(call=call, facts=term_facts(*charges), now=now)
    calls.save_goods(call=call, facts=goods_facts(), now=now)
    assert call.status is CallStatus.CHECKED
    return call


def publish(shop: Shop, call: SlotCall, *, now: datetime, reason: str | None = None) -> SlotCall:
    """Publish a call."""
    call_life.publish_call(
        call=lock_call(call.id), stated_reason=reason, actor_id=shop.owner.id, now=now
    )
    db.session.flush()
    return call
