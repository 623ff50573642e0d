"""Places on shelves: decided, offered, signed for, moved, renewed and given up."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.faults.presses.stage import Aim, Stage, on

THEIRS, MINE = "/peritel/perjanjian", "/pedagang/rak/perjanjian"
ENDING = {"last_day": "2026-04-30", "reason": "Pindah usaha"}


def _wish(s: Stage, **typed: Any) -> Aim:
    return on(
        number=s.wall.plain.placement.number, kind="resize", facings="1", reason="Kurang laris",
        **typed,
    )  # fmt: skip


def _run(s: Stage, **typed: Any) -> Aim:
    return on(who="plain", number=s.wall.call, run_number=s.wall.run, **typed)


TABLE: Mapping[str, Callable[[Stage], Aim]] = {
    "retailer_allocation.ask": lambda s: on(),
    "retailer_allocation.review": lambda s: on(),
    "retailer_allocation.save_edit": lambda s: _run(
        s, application=s.wall.wish, store_id=s.wall.plain.store.id,
        shelf=str(s.wall.plain.shelf.id), x="500", facings="2", reason="Permintaan pembeli",
    ),
    "retailer_allocation.fix": lambda s: _run(s),
    "producer_offers.accept": lambda s: on(),
    "producer_offers.decline": lambda s: on(),
    "retailer_agreements.sign": lambda s: on(
        page=f"{THEIRS}/{s.draft}", who="draft_buyer", number=s.draft,
        typed_name=s.wall.draft.buyer.name,
    ),
    "producer_agreements.sign": lambda s: on(
        page=f"{MINE}/{s.draft}", who="draft_producer", number=s.draft,
        typed_name=s.wall.draft.producer.name,
    ),
    "retailer_agreements.change_terms": lambda s: on(
        page=f"{THEIRS}/{s.draft}/syarat", who="draft_buyer", number=s.draft, margin="12,5",
        reason="Panen raya",
    ),
    "retailer_agreements.call_off": lambda s: on(
        who="draft_buyer", number=s.draft, reason="Salah toko"
    ),
    "producer_agreements.call_off": lambda s: on(
        who="draft_producer", number=s.draft, reason="Salah toko"
    ),
    "retailer_agreements.give_notice": lambda s: on(who="signed_buyer", number=s.signed, **ENDING),
    "producer_agreements.give_notice": lambda s: on(
        who="signed_producer", number=s.signed, **ENDING
    ),
    "retailer_agreements.open_place": lambda s: on(
        who="signed_buyer", number=s.signed, place=s.wall.signed.place.number
    ),
    "retailer_planogram.move": lambda s: on(
        who="plain", slug=s.wall.plain.store.slug, number=s.wall.plain.placement.number,
        shelf=str(s.wall.plain.shelf.id), x="300",
    ),
    "retailer_renewals.ask": lambda s: _wish(s, who="plain"),
    "producer_renewals.ask": _wish,
    "retailer_renewals.answer": lambda s: on(
        who="billed", renewal_number=s.wall.wanted.number, jawab="ya"
    ),
    "producer_renewals.answer": lambda s: on(),
}  # fmt: skip
"""By endpoint."""
