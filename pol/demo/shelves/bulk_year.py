"""A year on the shelves of a large retailer, poured in week by week; the service closes periods."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby
from random import Random

from sqlalchemy import select

from pol.demo.shelves import seasons
from pol.demo.shelves.bulk_purse import BulkPurse
from pol.demo.shelves.bulk_rows import Rows
from pol.demo.shelves.purse import Purse
from pol.demo.shelves.spots import Pile, Spot, hope, taste
from pol.demo.shelves.stores import House
from pol.demo.shelves.tidying import Keeper
from pol.demo.shelves.year import SEED, TIDY_EVERY
from pol.kernel.bulk import moment_text
from pol.kernel.db import db
from pol.kernel.localtime import at_local, business_day
from pol.partnership.agreements.models import Agreement
from pol.partnership.applications.models import Application
from pol.partnership.consignment.models import (
    Batch,
    DeliveryLine,
    DeliveryNote,
    ReturnLine,
    ReturnNote,
    SaleLine,
    StockEvent,
)
from pol.partnership.consignment.rules import (
    DeliveryStatus,
    ReturnReason,
    ReturnStatus,
    SaleSource,
    StockEventKind,
)
from pol.partnership.consignment.rules.sale import Terms, share
from pol.partnership.slots.models import Placement
from pol.partnership.slots.rules import Bearer, CoopForm


class BulkYear:
    """Lives through the weeks of one retailer's agreements, as rows."""

    def __init__(self, house: House, owners: dict[int, int], rows: Rows, now: datetime) -> None:
        self.house, self.owners, self.rows, self.now = house, owners, rows, now
        self.day = business_day(now) - timedelta(days=7 * seasons.WEEKS)
        self.rng = Random(f"{SEED} {house.plan.name}")  # noqa: S311 - a play, not a secret
        self.terms: dict[int, Terms] = {}
        self.spots = list(self._look_round())
        self.purse: Purse = BulkPurse(house, owners, self.rng, now)
        self.keeper = Keeper(house, owners, self.rng)

    def weeks(self) -> Iterator[int]:
        """Live week after week until yesterday; yield 1 after each."""
        for week in range(1, seasons.WEEKS + 1):
            for (store_id, stall_id), brought in self._coming():
                self._bring(store_id, stall_id, brought)
            self._sell()
            self.day += timedelta(days=7)
            if week % TIDY_EVERY == 0:
                self._take_back()
            self.rows.pour()
            if self.purse.closes_in(week):
                self.purse.close(self.day - timedelta(days=1), self._at(9))
            self.purse.pay_until(self.day + timedelta(days=6))
            yield 1

    def _at(self, hour: int, days: int = 0) -> datetime:
        return at_local(self.day + timedelta(days=days), hour * 60)

    def _look_round(self) -> Iterator[Spot]:
        stores = {
            store.id: plan
            for store, plan in zip(self.house.stores, self.house.plan.stores, strict=True)
        }
        rows = db.session.execute(
            select(Placement, Agreement, Application)
            .join(Agreement, Agreement.id == Placement.agreement_id)
            .join(Application, Application.id == Placement.application_id)
            .where(Placement.store_id.in_(stores))
            .order_by(Placement.store_id, Placement.stall_id, Placement.id)
        )
        for place, agreement, application in rows:
            busy, weekly = (
                stores[place.store_id].busy,
                (application.weekly_demand_milli or 0) / 1_000,
            )
            self.terms[place.id] = Terms(
                agreement.id, place.id, place.sheet_id, place.stall_id, agreement.form,
                agreement.from_on, agreement.until_on, agreement.price, agreement.margin_bp,
            )  # fmt: skip
            yield Spot(
                placement_id=place.id,
                agreement_id=agreement.id,
                sheet_id=place.sheet_id,
                stall_id=place.stall_id,
                store_id=place.store_id,
                kind=application.category,
                life_days=application.shelf_life_days or 365,
                from_on=place.from_on,
                until_on=place.until_on,
                weekly=weekly * busy * taste(place.store_id, place.sheet_id),
                hope=hope(place.store_id, place.sheet_id),
            )

    def _coming(self) -> Iterator[tuple[tuple[int, int], list[tuple[Spot, int]]]]:
        """Return what comes this week, by store and producer."""
        wanted = ((spot, spot.wanted(self.day)) for spot in self.spots)
        coming = (one for one in wanted if one[1])
        for key, brought in groupby(coming, lambda one: (one[0].store_id, one[0].stall_id)):
            yield key, list(brought)

    def _bring(self, store_id: int, stall_id: int, brought: list[tuple[Spot, int]]) -> None:
        rows, day, owner_id = self.rows, self.day, self.owners[stall_id]
        note_id, clerk_id = rows.next(DeliveryNote), self.house.clerk_id
        dented = self.rng.random() < 0.05
        status = DeliveryStatus.IN_PART if dented else DeliveryStatus.RECEIVED
        received = moment_text(self._at(9))
        rows.add(
            DeliveryNote,
            *(note_id, rows.number("SJ", day), f"demo-kirim-{note_id}", stall_id, store_id),
            *(status.value, "", moment_text(self._at(7)), owner_id, moment_text(self._at(8))),
            *(owner_id, received, clerk_id),
        )
        for place, (spot, sent) in enumerate(brought):
            line_id, accepted = rows.next(DeliveryLine), sent - (dented and not place)
            batch_id, code = rows.next(Batch), f"{day:%y%m%d}"
            expires_on = day + timedelta(days=spot.life_days)
            rows.add(
                DeliveryLine,
                *(line_id, note_id, spot.placement_id, code, day.isoformat()),
                *(expires_on.isoformat(), sent, accepted, sent - accepted),
                "Kemasan penyok" if accepted < sent else None,
            )
            rows.add(
                Batch,
                *(batch_id, line_id, spot.placement_id, spot.agreement_id, spot.sheet_id),
                *(stall_id, store_id, code, expires_on.isoformat(), day.isoformat()),
                *(0,) * 6,
            )
            self._event(f"receive:{line_id}", batch_id, StockEventKind.RECEIVED, accepted, 9, 0)
            spot.piles.append(Pile(batch_id, expires_on, accepted))

    def _event(
        self, key: str, batch_id: int, kind: StockEventKind, pieces: int, hour: int, days: int
    ) -> int:
        event_id, at = self.rows.next(StockEvent), self._at(hour, days)
        self.rows.add(
            StockEvent,
            *(event_id, key, batch_id, kind.value, pieces, business_day(at).isoformat()),
            *(moment_text(at), self.house.clerk_id, None),
        )
        return event_id

    def _sell(self) -> None:
        for spot in self.spots:
            ahead = 3 + spot.store_id % 4
            day = self.day + timedelta(days=ahead)
            pieces = spot.bought(day, days=7, rng=self.rng)
            for pile, part in spot.take(pieces, day):
                self._ring_up(spot, pile, part, ahead)

    def _ring_up(self, spot: Spot, pile: Pile, part: int, days: int) -> None:
        rows, terms = self.rows, self.terms[spot.placement_id]
        line_id = rows.next(SaleLine)
        key = f"sheet:demo:{line_id}"
        event_id = self._event(f"sale:{key}", pile.batch_id, StockEventKind.SOLD, part, 20, days)
        money, at = share(terms, price=terms.price, quantity=part), self._at(20, days)
        rows.add(
            SaleLine,
            *(line_id, key, event_id, pile.batch_id, spot.placement_id, spot.agreement_id),
            *(spot.sheet_id, spot.stall_id, spot.store_id, self.house.retailer.id),
            *(business_day(at).isoformat(), part, terms.price.amount, money.margin_bp),
            *(money.gross.amount, money.margin.amount, money.payable.amount),
            *(SaleSource.SHEET.value, moment_text(at)),
        )

    def _take_back(self) -> None:
        """Destroy what is too old, with a note for each producer and store."""
        rows, today = self.rows, self.day - timedelta(days=1)
        old = [
            (spot, pile)
            for spot in self.spots
            for pile in spot.piles
            if pile.left and pile.expires_on < today
        ]
        for (store_id, stall_id), parts in groupby(
            old, lambda one: (one[0].store_id, one[0].stall_id)
        ):
            note_id, at = rows.next(ReturnNote), moment_text(self._at(21, -1))
            rows.add(
                ReturnNote,
                *(note_id, rows.number("RT", today), f"demo-retur-{note_id}", stall_id, store_id),
                *(ReturnReason.EXPIRED.value, ReturnStatus.DESTROYED.value, "", at),
                *(self.house.clerk_id, at, self.house.clerk_id),
            )
            for spot, pile in parts:
                key = f"return:demo:{pile.batch_id}"
                event_id = self._event(
                    key, pile.batch_id, StockEventKind.DESTROYED, pile.left, 21, -1
                )
                outright = self.terms[spot.placement_id].form is CoopForm.OUTRIGHT
                bearer = Bearer.RETAILER if outright else Bearer.PRODUCER
                rows.add(ReturnLine, note_id, pile.batch_id, bearer.value, pile.left, event_id)
                pile.left = 0
