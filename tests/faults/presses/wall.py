"""The stall's goods with three retailers, each in another state, and two agreements of others."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from pol.identity.models import User
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.partnership.agreements.rules import AgreementStatus
from pol.partnership.allocation.models import AllocationRun
from pol.partnership.allocation.rules.statuses import RunStatus
from pol.partnership.consignment.models import (
    DeliveryLine,
    DeliveryNote,
    ReturnNote,
    SaleImport,
)
from pol.partnership.consignment.queries.stores import Reach, get_store
from pol.partnership.consignment.rules import ReturnReason
from pol.partnership.consignment.rules.returning import Piece
from pol.partnership.consignment.services import counts, returns
from pol.partnership.consignment.services.deliveries import send_delivery
from pol.partnership.consignment.services.pos import imports
from pol.partnership.consignment.services.recalling import recall
from pol.partnership.settlement.models import Bill, Renewal
from pol.partnership.settlement.rules import RenewalKind
from pol.partnership.settlement.services import closing, paying, renewing
from pol.partnership.slots.rules import Bearer
from pol.stalls.models import Stall
from tests.access.shelf import allocation
from tests.factories.partnership import Partnership, make_batch, make_partnership
from tests.partnership.agreements.scene import Pact
from tests.partnership.consignment.stage import a_key, prepare, sell_some, send_code
from tests.partnership.consignment.tillside import make_key
from tests.partnership.settlement.goods import sell

SOLD = 4
COLUMNS = {"day": 0, "code": 1, "quantity": 2}


@dataclass
class Wall:
    """`plain` has goods and nothing else, `busy` papers that wait, `billed` two open bills."""

    stall: Stall
    producer: User
    now: datetime

    def __post_init__(self) -> None:
        self.plain, self.busy, self.billed = (make_partnership(stall=self.stall) for _ in range(3))
        self.till_key = make_key(self.plain)
        self.old = make_batch(self.plain.placement, quantity=5)
        day = business_day(self.now)
        sell(self.plain.batch, SOLD, day - timedelta(days=3))
        self.plain.placement.until_on = day + timedelta(days=30)
        self.ready = prepare(self.busy, by=self.producer)
        self.sent, self.recalled = self._sent(), self._recalled()
        self.asked, self.fetched = (self._return() for _ in range(2))
        returns.pick_up(note=self.fetched, actor_id=self.busy.owner.id, now=self.now)
        self.sale = sell_some(self.busy, 1, day=day, now=self.now)[0].id
        self.file = self._file(self.busy, 1)
        self.mapped = self._file(self.plain, 2)
        by = {"actor_id": self.busy.owner.id, "now": self.now}
        imports.map_columns(found=self.mapped, columns=COLUMNS, now=self.now)
        self.count = counts.open_count(store_id=self.busy.store.id, **by)  # type: ignore[arg-type]
        self.open, self.due = self._bills()
        self.draft, self.signed = Pact(self.now), Pact(self.now)
        self.signed.sign_both(self.now)
        self._let_the_clock_wait(day)
        self.wanted = self._ask_for_more()
        self._review()

    def _let_the_clock_wait(self, day: date) -> None:
        """Let a queue stand, an agreement begin in a month, one be over, and a file be started."""
        self.signed.scene.wait(self.signed.scene.apply())
        later = Pact(self.now, from_on=day + timedelta(days=30))
        later.sign_both(self.now)
        over = make_partnership(stall=self.stall)
        over.agreement.status = AgreementStatus.ENDED
        file, by = self._file(over, 3), {"actor_id": over.owner.id, "now": self.now}
        imports.map_columns(found=file, columns=COLUMNS, now=self.now)
        imports.start(found=file, **by)  # type: ignore[arg-type]

    @property
    def people(self) -> dict[str, User]:
        """Return who presses, besides the stall's owner."""
        return {
            "plain": self.plain.owner,
            "busy": self.busy.owner,
            "billed": self.billed.owner,
            "draft_buyer": self.draft.buyer,
            "draft_producer": self.draft.producer,
            "signed_buyer": self.signed.buyer,
            "signed_producer": self.signed.producer,
        }

    def _sent(self) -> DeliveryNote:
        note = prepare(self.busy, by=self.producer)
        send_delivery(note=note, actor_id=self.producer.id, now=self.now)
        return note

    def _recalled(self) -> DeliveryNote:
        note = send_code(self.busy, "TARIK", self.now, by=self.producer)
        recall(
            stall_id=self.stall.id,
            line_id=db.session.scalars(select(DeliveryLine.id).filter_by(note_id=note.id)).one(),
            why="Bocor",
            key=a_key(),
            actor_id=self.producer.id,
            now=self.now,
        )
        return note

    def _return(self) -> ReturnNote:
        return returns.ask_return(
            store_id=self.busy.store.id,
            pieces=[Piece(self.busy.batch.id, 2)],
            reason=ReturnReason.UNSOLD,
            key=a_key(),
            actor_id=self.busy.owner.id,
            now=self.now,
        )

    def _file(self, p: Partnership, quantity: int) -> SaleImport:
        store = get_store(Reach(p.retailer.id), slug=p.store.slug)
        rows = f"Tanggal;Kode;Qty\n{business_day(self.now)};{p.sheet.number};{quantity}"
        file = imports.open_file("kasir.csv", rows.encode())
        return imports.upload(store=store, file=file, actor_id=p.owner.id, now=self.now)[0]

    def _bills(self) -> tuple[Bill, Bill]:
        """Close two periods: one bill waits for its approval, the older one for its money."""
        p, day = self.billed, business_day(self.now)
        for back in (5, 2):
            sell(p.batch, SOLD, day - timedelta(days=back))
            closing.close_period(
                retailer_id=p.retailer.id,
                last_day=day - timedelta(days=back),
                actor_id=p.owner.id,
                now=self.now,
            )
        mine = select(Bill).where(Bill.retailer_id == p.retailer.id).order_by(Bill.id)
        due, waiting = db.session.scalars(mine).all()
        paying.approve_bill(bill=due, actor_id=p.owner.id, now=self.now)
        return waiting, due

    def _ask_for_more(self) -> Renewal:
        """Let the producer wish for more room."""
        place = self.billed.placement
        wish = renewing.Wish(RenewalKind.RESIZE, "Laris", facings=3)
        return renewing.ask(
            placement=place, wish=wish, by=Bearer.PRODUCER, actor_id=self.producer.id, now=self.now
        )

    def _review(self) -> None:
        """Let a run be ready to be fixed."""
        values = allocation.values(self.plain, {}, self.now)
        self.call = values["retailer_allocation.number"]
        self.run = values["retailer_allocation.run_number"]
        self.wish = values["retailer_allocation.application"]
        found = select(AllocationRun).where(AllocationRun.number == self.run)
        db.session.scalars(found).one().status = RunStatus.REVIEWED
        db.session.flush()
