"""Payouts of the model: who gets how much, and what the bank's answer does (I9)."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.properties.accounts import balances
from tests.properties.market import Market
from tests.properties.model import Batch, Part

LEAST = 10_000


@dataclass(frozen=True)
class Share:
    """What would be sent to a stall, after the cash that it keeps was taken off."""

    amount: int
    netted: int


def _share(stall: int, sums: Mapping[str, int], known: Mapping[int, int]) -> Share:
    """Return the share of a stall: of what stands now, no more than stood there before."""
    owed = -max(sums.get(f"payable:stall:{stall}", 0), known[stall])
    netted = min(max(sums.get(f"cash:stall:{stall}", 0), 0), max(owed, 0))
    return Share(max(owed, 0) - netted, netted)


def plan(market: Market, market_id: int, opening: Mapping[int, int]) -> dict[int, int]:
    """Return what a batch made now would hold, by stall."""
    sums = balances(market)
    waits = {part.stall for b in market.batches if b.status == "made" for part in b.parts}
    stalls = sorted(s for s, m in market.market_of.items() if m == market_id)
    shares = {stall: _share(stall, sums, opening).amount for stall in stalls}
    return {
        stall: amount
        for stall, amount in shares.items()
        if amount >= LEAST and stall in market.places.stalls_with_bank - waits
    }


def approve(market: Market, batch: Batch) -> None:
    """Let the money go: as planned, or less where less is there by now."""
    sums, batch.status = balances(market), "approved"
    for part in batch.parts:
        share = _share(part.stall, sums, batch.known)
        if share.amount < LEAST:
            part.status = "dropped"
            continue
        part.amount, part.netted = min(part.amount, share.amount), share.netted
        market.moved[f"payable:stall:{part.stall}"] += share.netted + part.amount
        market.moved[f"cash:stall:{part.stall}"] -= share.netted
        market.moved[f"bank:market:{batch.market}"] -= part.amount


def drop(batch: Batch) -> None:
    """Let a batch go that nobody approved."""
    batch.status = "dropped"
    for part in batch.parts:
        part.status = "dropped"


def fail(market: Market, batch: Batch, part: Part) -> None:
    """Take back what the bank could not send; the stall is owed it again."""
    part.status = "failed"
    market.moved[f"bank:market:{batch.market}"] += part.amount
    market.moved[f"payable:stall:{part.stall}"] -= part.amount
