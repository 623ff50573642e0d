"""A call with a fixed run: some got places, others wait."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import select

from pol.identity.models import User
from pol.kernel.db import db
from pol.partnership.allocation.models import AllocationRun, Offer, RunPlacement, RunRefusal
from pol.partnership.allocation.rules.statuses import OfferStatus, RunStatus
from pol.partnership.allocation.services.offers import open_offers
from pol.partnership.applications.models import Application
from pol.partnership.slots.models import Retailer, Shelf, SlotCall, Store
from pol.partnership.slots.rules import CallStatus
from pol.stalls.models import Stall
from tests.factories.catalogue import make_stall
from tests.factories.partnership import (
    make_application,
    make_call,
    make_member,
    make_retailer,
    make_sheet,
    make_shelf,
    make_store,
)
from tests.factories.traders import make_keeper

WHY = "Ambalan penuh: nilai Anda Rp61.000, nilai terendah yang masuk Rp64.000"
_numbers = count(1)


@dataclass
class Scene:
    """A retailer's one shelf, with its call and run."""

    retailer: Retailer
    buyer: User
    store: Store
    shelf: Shelf
    call: SlotCall
    run: AllocationRun
    keepers: dict[int, User] = field(default_factory=dict)

    def apply(self, *, stall: Stall | None = None, **other: Any) -> Application:
        """Let a new producer apply."""
        if stall is None:
            stall = make_stall(name=f"UMKM Contoh {next(_numbers)}")
        if stall.id not in self.keepers:
            self.keepers[stall.id] = make_keeper(stall)
        sheet_values = {k: other.pop(k) for k in ("width_mm", "height_mm") if k in other}
        sheet = make_sheet(stall, **sheet_values)
        return make_application(self.call, sheet, stores=[self.store], **other)

    def place(self, application: Application, *, x_mm: int, facings: int = 2) -> None:
        """Give an application a place in the run."""
        where = {"run_id": self.run.id, "application_id": application.id}
        spot = {"shelf_id": self.shelf.id, "store_id": self.store.id}
        db.session.add(RunPlacement(**where, **spot, facings=facings, x_mm=x_mm, value=64_000))
        db.session.flush()

    def refuse(self, application: Application) -> None:
        """Say why an application got none."""
        where = {"run_id": self.run.id, "application_id": application.id}
        said = {"reason": "shelf_full", "message": WHY}
        db.session.add(RunRefusal(**where, store_id=self.store.id, **said))
        db.session.flush()

    def wait(self, application: Application) -> Offer:
        """Put somebody into the queue after the offers went out."""
        offer = Offer(
            number=f"TW-{next(_numbers):05}",
            run_id=self.run.id,
            application_id=application.id,
            stall_id=application.stall_id,
            store_id=self.store.id,
            status=OfferStatus.WAITING,
            rank=next(_numbers),
        )
        db.session.add(offer)
        db.session.flush()
        return offer

    def open(self, now: datetime) -> int:
        """Send the offers out."""
        return open_offers(self.run, now=now)

    def offer_of(self, application: Application, *, store_id: int | None = None) -> Offer:
        """Return what became of an application in its only store, or in one of them."""
        wanted = [Offer.application_id == application.id, Offer.run_id == self.run.id]
        if store_id is not None:
            wanted.append(Offer.store_id == store_id)
        return db.session.scalars(select(Offer).where(*wanted)).one()

    def statuses(self, *applications: Application) -> list[OfferStatus]:
        """Return where each application stands."""
        return [self.offer_of(one).status for one in applications]


def make_scene(now: datetime, **of_call: Any) -> Scene:
    """Make a retailer with one empty shelf of 900 mm and a run that is fixed."""
    retailer = make_retailer()
    buyer, store = make_member(retailer), make_store(retailer)
    shelf = make_shelf(store)
    call = make_call(retailer, shelves=[shelf], by=buyer, status=CallStatus.ALLOCATED, **of_call)
    run = AllocationRun(
        number=f"PT-{next(_numbers):05}",
        call_id=call.id,
        status=RunStatus.FIXED,
        seconds=5,
        asked_at=now,
        log=[],
        instance="{}",
        input_sha256="0" * 64,
        fixed_at=now,
        fixed_by_id=buyer.id,
    )
    db.session.add(run)
    db.session.flush()
    return Scene(retailer, buyer, store, shelf, call, run)
