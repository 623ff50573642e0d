"""A call with two stores and everybody who has a say, for tests of applications."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from pol.identity.models import User
from pol.identity.rules import Role
from pol.kernel.db import db
from pol.partnership.applications.models import Application, ProductSheet
from pol.partnership.applications.queries import calls
from pol.partnership.applications.rules import ApplicationStatus
from pol.partnership.applications.services import applying, curation, screening
from pol.partnership.applications.services.applying import Wish
from pol.partnership.applications.services.curation import Mark
from pol.partnership.slots.models import Retailer, SlotCall, Store
from pol.partnership.slots.rules import RetailSeat
from pol.stalls.models import Stall
from tests.factories.catalogue import make_stall
from tests.factories.partnership import (
    make_call,
    make_member,
    make_retailer,
    make_sheet,
    make_shelf,
    make_store,
)
from tests.factories.people import give_role, make_person
from tests.factories.traders import make_keeper

SOON = datetime(2026, 3, 20, 10, 0, tzinfo=UTC)
S = ApplicationStatus


@dataclass(frozen=True)
class Stage:
    """Who and what; the first store's shelf takes 300 mm, the second one's 200."""

    stall: Stall
    producer: User
    sheet: ProductSheet
    retailer: Retailer
    owner: User
    buyer: User
    dinas: User
    call: SlotCall
    high: Store
    low: Store
    now: datetime

    def wish(self, *stores: Store, **other: Any) -> Wish:
        values: dict[str, Any] = {"min_facings": 1, "max_facings": 3, "note": ""}
        values |= {"capacity_week": 100} | other
        return Wish(store_ids=[store.id for store in stores or (self.high,)], **values)

    def draft(self, *stores: Store, sheet: ProductSheet | None = None, **other: Any) -> Application:
        return applying.draft(
            sheet=sheet or self.sheet,
            call=calls.get_call(number=self.call.number),
            wish=self.wish(*stores, **other),
            actor_id=self.producer.id,
            now=self.now,
        )

    def bring_to(self, status: ApplicationStatus) -> Application:
        """Make an application and take it as far as this, the usual way."""
        application = self.draft()
        for step in (S.SUBMITTED, S.SCREENING, S.CURATION, S.PASSED):
            if application.status is status:
                return application
            if application.status is S.CURATION and status is not S.PASSED:
                break
            if application.status is S.SCREENING and status is S.REPAIR:
                break
            self._step(application, step)
        self._leave(application, status)
        return application

    def _step(self, application: Application, to: ApplicationStatus) -> None:
        acting: dict[str, Any] = {"application": application, "now": self.now}
        if to is S.SUBMITTED:
            applying.submit(actor_id=self.producer.id, **acting)
        elif to is S.SCREENING:
            screening.take(actor_id=self.dinas.id, **acting)
        elif to is S.CURATION:
            screening.pass_on(actor_id=self.dinas.id, **acting)
        else:
            self.score(application)
            curation.let_pass(actor_id=self.buyer.id, **acting)

    def _leave(self, application: Application, status: ApplicationStatus) -> None:
        acting: dict[str, Any] = {"application": application, "now": self.now}
        if status is S.REPAIR:
            screening.ask_repair(
                reason="Surat kurang.", items=["Foto P-IRT"], actor_id=self.dinas.id, **acting
            )
        elif status is S.REFUSED:
            curation.refuse(reason="Kemasan bocor.", actor_id=self.buyer.id, **acting)
        elif status is S.WITHDRAWN:
            applying.withdraw(actor_id=self.producer.id, **acting)

    def score(self, application: Application, *, by: User | None = None) -> None:
        """Give 80, 70 and 65 points and expect twenty a week."""
        criteria = calls.list_criteria(call_id=self.call.id)
        curation.score(
            application=application,
            marks={
                one.criterion_id: Mark(points, "Baik")
                for one, points in zip(criteria, (80, 70, 65), strict=True)
            },
            weekly_demand_milli=20_000,
            actor_id=(by or self.buyer).id,
            now=self.now,
        )


def make_stage(now: datetime, *, stall: Stall | None = None, **call: Any) -> Stage:
    """Add everybody and an open call that closes on 20 March 2026."""
    stall = stall or make_stall(name="UMKM Contoh")
    retailer, dinas = make_retailer(), make_person("Petugas Dinas Contoh")
    owner = make_member(retailer)
    give_role(dinas, Role.DINAS_OFFICER)
    high, low = (make_store(retailer, name=f"Toko {name}") for name in ("Babat", "Brondong"))
    shelves = [make_shelf(high), make_shelf(low, height_mm=200)]
    values = {"closes_at": SOON, "until_on": date(2026, 12, 1), "by": owner} | call
    stage = Stage(
        stall=stall,
        producer=make_keeper(stall),
        sheet=make_sheet(stall),
        retailer=retailer,
        owner=owner,
        buyer=make_member(retailer, seat=RetailSeat.BUYER),
        dinas=dinas,
        call=make_call(retailer, shelves=shelves, **values),
        high=high,
        low=low,
        now=now,
    )
    db.session.flush()
    return stage
