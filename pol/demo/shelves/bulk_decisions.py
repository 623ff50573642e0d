"""From a computed result of the regency to signed agreements: offers, papers, places."""

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select

from pol.demo.shelves.bulk_rows import Rows
from pol.demo.shelves.stores import House
from pol.identity.models import User
from pol.kernel.bulk import Plain, moment_text
from pol.kernel.db import db
from pol.kernel.localtime import at_local, business_day
from pol.partnership.agreements.models import Agreement, AgreementCharge, Signature
from pol.partnership.agreements.queries.deal import list_charges_of_call
from pol.partnership.agreements.rules import AgreementStatus, text
from pol.partnership.agreements.rules.deal import TERMS, Deal, Party, Spot
from pol.partnership.agreements.services.checking import note_rules
from pol.partnership.allocation.models import AllocationRun, Offer, RunPlacement, RunRefusal
from pol.partnership.allocation.rules.offers import load_of
from pol.partnership.allocation.rules.statuses import OfferStatus, RunStatus
from pol.partnership.applications.models import Application, ProductSheet
from pol.partnership.slots.models import Fixture, Placement, Shelf, SlotCall, Store
from pol.partnership.slots.rules import Bearer, PlacementStatus
from pol.partnership.slots.services import call_life
from pol.regions.models import Region
from pol.stalls.models import Stall, StallMember
from pol.stalls.rules import Seat

DAY = timedelta(days=1)


class Board(NamedTuple):
    """A shelf with the words for it."""

    depth_mm: int
    store: str
    address: str
    words: str


class Producer(NamedTuple):
    """Who signs for a stall, and how it is written on paper."""

    owner_id: int
    owner: str
    party: Party


class Decision:
    """The decision about one call, and everything that follows on paper."""

    def __init__(self, rows: Rows, house: House, call: SlotCall, run: AllocationRun) -> None:
        self.rows, self.house, self.call, self.run = rows, house, call, run
        self.boards, self.producers = _boards(call.retailer_id), _producers()
        self.applications = {
            application.id: (application, name, number)
            for application, name, number in db.session.execute(
                select(Application, ProductSheet.name, ProductSheet.number)
                .join(ProductSheet, ProductSheet.id == Application.sheet_id)
                .where(Application.call_id == call.id)
            )
        }
        sample = Agreement()
        note_rules(sample, day=call.from_on)
        self.rules = json.dumps(sample.rules), sample.rules_sha256
        self.charges = list_charges_of_call(call.id)
        self.owner = db.session.get_one(User, house.owner_id).name

    def write(self, at: datetime) -> None:
        """Fix the result, and let every producer take what was offered and sign."""
        run, places = self.run, defaultdict(list)
        run.status, run.fixed_at, run.fixed_by_id = RunStatus.FIXED, at, self.house.owner_id
        call_life.note_allocated(call=self.call, actor_id=self.house.owner_id, now=at)
        for place in db.session.scalars(
            select(RunPlacement).where(RunPlacement.run_id == run.id).order_by(RunPlacement.x_mm)
        ):
            places[place.application_id].append(place)
        for application_id, found in sorted(places.items()):
            self._agree(application_id, found, at)
        self._queue_up()
        call_life.finish_call(call=self.call, actor_id=None, now=at + 9 * DAY)

    def _agree(self, application_id: int, places: Sequence[RunPlacement], at: datetime) -> None:
        application, name, sheet_number = self.applications[application_id]
        number = self.rows.number("PKS-", business_day(at))
        producer = self.producers[application.stall_id]
        deal = self._deal(number, application, name, sheet_number, producer.party, places)
        agreement_id, paper = self.rows.next(Agreement), text.write(deal)
        sha256 = text.fingerprint(paper)
        self.rows.add(
            Agreement,
            *(agreement_id, number, self.call.id, application_id, self.call.retailer_id),
            *(application.stall_id, application.sheet_id, AgreementStatus.IN_FORCE.value),
            *self._terms(application),
            *(paper, sha256, *self.rules, moment_text(at + DAY)),
            moment_text(at_local(self.call.from_on, 0)),
        )
        for charge in self.charges:
            self.rows.add(
                AgreementCharge, agreement_id, charge.kind.value, charge.basis.value, charge.name,
                charge.amount.amount, charge.share_bp,
            )  # fmt: skip
        for side, who, user_id in (
            (Bearer.PRODUCER, producer.owner, producer.owner_id),
            (Bearer.RETAILER, self.owner, self.house.owner_id),
        ):
            signed = moment_text(at + 2 * DAY)
            self.rows.add(Signature, agreement_id, side.value, who, signed, user_id, sha256)
        for place in places:
            self._place(application, place, agreement_id, producer.owner_id, at)

    def _terms(self, application: Application) -> tuple[Plain, ...]:
        call = self.call
        return (
            *(call.form.value, call.from_on.isoformat(), call.until_on.isoformat()),
            *(application.price.amount, call.margin_bp, call.payment_days, call.notice_days),
            *(call.min_life_bp, call.unsold_bearer.value, call.damage_bearer.value),
            *(call.loss_bearer.value, call.late_fine_bp, call.short_fine_bp),
        )

    def _deal(
        self, number: str, application: Application, name: str, sheet_number: str, producer: Party,
        places: Sequence[RunPlacement],
    ) -> Deal:  # fmt: skip
        call, retailer = self.call, self.house.retailer
        terms: dict[str, Any] = {name: getattr(call, name) for name in TERMS}
        return Deal(
            number=number,
            call_number=call.number,
            retailer=Party(retailer.name, f"NIB {retailer.nib}", retailer.phone),
            producer=producer,
            product=name,
            product_number=sheet_number,
            price=application.price,
            from_on=call.from_on,
            until_on=call.until_on,
            charges=self.charges,
            settle_every_days=call.settle_every_days,
            spots=tuple(self._spot(application, place) for place in places),
            change_reason=None,
            **terms,
        )

    def _spot(self, application: Application, place: RunPlacement) -> Spot:
        board, width = self.boards[place.shelf_id], place.facings * application.width_mm
        return Spot(board.store, board.address, board.words, place.x_mm, width, place.facings)

    def _place(
        self, application: Application, place: RunPlacement, agreement_id: int, owner_id: int,
        at: datetime,
    ) -> None:  # fmt: skip
        call, placement_id = self.call, self.rows.next(Placement)
        depth = self.boards[place.shelf_id].depth_mm
        load = load_of(
            facings=place.facings,
            board_depth_mm=depth,
            depth_mm=application.depth_mm,
            weight_g=application.weight_g,
        )
        self.rows.add(
            Placement,
            *(placement_id, self.rows.number("PN-", business_day(at)), call.id, application.id),
            *(agreement_id, application.sheet_id, application.stall_id, place.store_id),
            *(place.shelf_id, place.x_mm, place.facings * application.width_mm),
            *(application.height_mm, application.depth_mm, load, place.facings),
            *(call.from_on.isoformat(), call.until_on.isoformat(), PlacementStatus.LIVE.value),
            *(moment_text(at + DAY), moment_text(at_local(call.from_on, 9 * 60))),
        )
        self.rows.add(
            Offer,
            *(self.rows.number("TW-", business_day(at)), self.run.id, application.id),
            *(application.stall_id, place.store_id, OfferStatus.ACCEPTED.value, None),
            *(place.shelf_id, place.x_mm, place.facings, moment_text(at)),
            *(moment_text(at + 5 * DAY), moment_text(at + DAY), owner_id, placement_id),
        )

    def _queue_up(self) -> None:
        """Let those who got no place in a store wait there, the best score first."""
        waiting: dict[int, list[Application]] = defaultdict(list)
        for refusal in db.session.scalars(
            select(RunRefusal).where(RunRefusal.run_id == self.run.id)
        ):
            waiting[refusal.store_id].append(self.applications[refusal.application_id][0])
        for store_id, found in sorted(waiting.items()):
            found.sort(key=lambda one: (-(one.score or 0), one.id))
            for rank, one in enumerate(found, 1):
                self.rows.add(
                    Offer,
                    *(self.rows.number("TW-", self.call.from_on), self.run.id, one.id),
                    *(one.stall_id, store_id, OfferStatus.WAITING.value, rank),
                    *(None,) * 8,
                )


def _boards(retailer_id: int) -> dict[int, Board]:
    rows = db.session.execute(
        select(Shelf.id, Shelf.depth_mm, Store.name, Store.address, Fixture.name, Shelf.number)
        .join(Store, Store.id == Shelf.store_id)
        .join(Fixture, Fixture.id == Shelf.fixture_id)
        .where(Store.retailer_id == retailer_id)
    )
    return {
        shelf_id: Board(depth, store, address, f"{fixture} ambalan {number}")
        for shelf_id, depth, store, address, fixture, number in rows
    }


def _producers() -> dict[int, Producer]:
    regions = db.session.execute(select(Region.code, Region.name))
    names = {code: name for code, name in regions}  # noqa: C416 - rows are no pairs
    rows = db.session.execute(
        select(Stall.id, Stall.name, Stall.phone, Stall.village_code, Stall.kecamatan_code,
               User.id, User.name)
        .join(StallMember, StallMember.stall_id == Stall.id)
        .join(User, User.id == StallMember.user_id)
        .where(StallMember.seat == Seat.OWNER)
    )  # fmt: skip
    return {
        stall_id: Producer(
            owner_id,
            owner,
            Party(name, f"{names[village]}, Kecamatan {names[kecamatan]}", phone),
        )
        for stall_id, name, phone, village, kecamatan, owner_id, owner in rows
    }
