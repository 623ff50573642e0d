"""What keeps a shelf honest: old goods go back, stores are counted, places are given back."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby
from random import Random

from sqlalchemy import select

from pol.demo.shelves.spots import Spot
from pol.demo.shelves.stores import House
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.partnership.agreements.models import Agreement
from pol.partnership.agreements.rules import AgreementStatus
from pol.partnership.agreements.services import clockwork
from pol.partnership.agreements.services.ending import free_placement
from pol.partnership.allocation.services.offers import close_queues
from pol.partnership.consignment.models import CountLine, StockCount
from pol.partnership.consignment.rules import ReturnReason
from pol.partnership.consignment.rules.returning import Piece
from pol.partnership.consignment.services import counts, returns
from pol.partnership.settlement.queries.final_counts import find_uncounted
from pol.partnership.settlement.queries.renewals import sum_balance, sum_stock
from pol.partnership.slots.models import Placement
from pol.partnership.slots.rules import CoopForm


class Keeper:
    """Sees to the shelves of one retailer's stores."""

    def __init__(self, house: House, owners: dict[int, int], rng: Random) -> None:
        self.house, self.owners, self.rng = house, owners, rng

    def tidy(self, spots: Iterable[Spot], at: datetime) -> None:
        """Take away what is too old to be sold, and all of what may not stand there any more."""
        today = business_day(at)
        leaving = [
            (spot, pile)
            for spot in spots
            for pile in spot.piles
            if pile.left and (pile.expires_on < today or spot.until_on <= today)
        ]
        leaving.sort(key=lambda one: (one[0].store_id, one[0].stall_id))
        for (store_id, stall_id), parts in groupby(
            leaving, lambda one: (one[0].store_id, one[0].stall_id)
        ):
            piles = [pile for _, pile in parts]
            old = piles[0].expires_on < today
            note = returns.ask_return(
                store_id=store_id,
                pieces=[Piece(pile.batch_id, pile.left) for pile in piles],
                reason=ReturnReason.EXPIRED if old else ReturnReason.UNSOLD,
                key=f"demo-retur-{store_id}-{stall_id}-{today}",
                actor_id=self.house.clerk_id,
                now=at,
            )
            habits = self.house.plan.habits
            bought = habits is not None and habits.form is CoopForm.OUTRIGHT
            if bought or (old and self.rng.random() < 0.6):
                returns.destroy(note=note, actor_id=self.house.clerk_id, now=at)
            else:
                returns.pick_up(note=note, actor_id=self.house.clerk_id, now=at)
                owner_id = self.owners[stall_id]
                returns.receive_return(note=note, actor_id=owner_id, now=at + timedelta(hours=3))
            for pile in piles:
                pile.left = 0

    def count(self, spots: Iterable[Spot], at: datetime) -> None:
        """Count every store; each producer agrees to what is missing or too much."""
        piles = {pile.batch_id: pile for spot in spots for pile in spot.piles}
        for store in self.house.stores:
            if not any(
                spot.store_id == store.id and spot.there(business_day(at)) for spot in spots
            ):
                continue
            counted = self.count_store(store.id, at, most=self.rng.choice((0, 1, 2)))
            for line in counted:
                if line.batch_id in piles and line.counted is not None:
                    piles[line.batch_id].left = line.counted

    def count_store(self, store_id: int, at: datetime, *, most: int) -> list[CountLine]:
        """Count a store with so many differences, and let all producers agree."""
        count = counts.open_count(store_id=store_id, actor_id=self.house.clerk_id, now=at)
        self.enter(count, at, most=most)
        for stall_id in self.asked_by(count):
            owner_id = self.owners[stall_id]
            counts.agree(count=count, stall_id=stall_id, actor_id=owner_id, now=at)
        return _lines(count)

    def asked_by(self, count: StockCount) -> list[int]:
        """Return the producers whom a count asks whether its differences are right."""
        return sorted({line.stall_id for line in _lines(count) if not line.agreed_at})

    def enter(self, count: StockCount, at: datetime, *, most: int) -> None:
        """Write what was counted: a piece more or less in so many batches."""
        lines = _lines(count)
        counted = {line.batch_id: line.expected for line in lines}
        for line in [one for one in lines if one.expected][:most]:
            counted[line.batch_id] += self.rng.choice((-1, -1, 1))
        counts.enter_count(
            count=count,
            counted=counted,
            reason="Dihitung dua orang",
            actor_id=self.house.clerk_id,
            now=at + timedelta(minutes=40),
        )

    def turn_clock(self, at: datetime) -> None:
        """Let agreements begin and end, and give back places that are empty and paid for."""
        clockwork.begin_agreements(now=at)
        clockwork.end_agreements(now=at)
        over = db.session.scalars(
            select(Placement)
            .join(Agreement, Agreement.id == Placement.agreement_id)
            .where(
                Agreement.retailer_id == self.house.retailer.id,
                Agreement.status.in_((AgreementStatus.ENDED, AgreementStatus.TERMINATED)),
                Placement.ended_at.is_(None),
            )
        )
        for place in over:
            stock, balance = sum_stock(place.id), sum_balance(place, today=business_day(at))
            if not stock and not balance:
                if find_uncounted(place):
                    self.count_store(place.store_id, at, most=0)
                free_placement(
                    placement=place,
                    stock=stock,
                    balance=balance,
                    uncounted_since=find_uncounted(place),
                    reason="Perjanjiannya selesai, barang dan tagihannya nol.",
                    actor_id=self.house.owner_id,
                    now=at,
                )
        close_queues(now=at)


def _lines(count: StockCount) -> list[CountLine]:
    asked = select(CountLine).where(CountLine.count_id == count.id).order_by(CountLine.batch_id)
    return list(db.session.scalars(asked))
