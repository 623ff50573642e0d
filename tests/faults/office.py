"""Officers who pay stalls: each press is about a stall and a market of its own."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus

from flask import Flask
from sqlalchemy import select

from pol.identity.rules import Role
from pol.kernel import clock
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.kernel.transaction import transaction
from pol.ledger.queries import get_balance
from pol.payments.models import Payout, PayoutBatch
from pol.stalls.models import Stall
from tests.factories.people import give_role, make_person
from tests.faults.press import DONE, Effect, Press
from tests.payments import till
from tests.rig.client import open_session
from tests.rig.visitor import Visitor

OWED, KEPT = 70_000, 20_000
"""What a stall has earned, and how much of it it holds in cash already."""
SENT = OWED - KEPT
MADE_OR_NOTHING_LEFT = DONE | {HTTPStatus.UNPROCESSABLE_ENTITY}
State = tuple[tuple[tuple[str, int], ...], int, int, int]
"""The parts of the stall's batches, and what stands on its account, in its till, in the bank."""
UNPAID: State = ((), -OWED, KEPT, 0)
MADE: State = ((("planned", SENT),), -OWED, KEPT, 0)
APPROVED: State = ((("planned", SENT),), 0, 0, -SENT)
PAID: State = ((("paid", SENT),), 0, 0, -SENT)
FAILED: State = ((("failed", SENT),), -SENT, 0, 0)


class Office:
    """A maker and a checker, who may not be the same person."""

    def __init__(self, app: Flask, url: str) -> None:
        with transaction():
            self._maker = make_person("Bu Pembuat (contoh)")
            self._checker = make_person("Pak Pemeriksa (contoh)")
        self._at_maker = Visitor(app, url, sid=open_session(self._maker))
        self._at_checker = Visitor(app, url, sid=open_session(self._checker))

    @property
    def ways(self) -> dict[str, Callable[[], Press]]:
        """Return every step of a payout; its approval is the settlement."""
        return {
            "payout, made": self.make,
            "payout, approved": self.approve,
            "payout, paid": self.mark_paid,
            "payout, failed": self.mark_failed,
        }

    def make(self) -> Press:
        """Ask for a batch; whoever asks again hears that nothing is left to be paid."""
        stall = self._earner()
        values = {"pasar": str(stall.market_id), "sampai": business_day(clock.now()).isoformat()}
        press = self._press(stall, self._at_maker, "baru", UNPAID, MADE, **values)
        press.answers = MADE_OR_NOTHING_LEFT
        return press

    def approve(self) -> Press:
        """Let the money of a batch go."""
        stall = self._earner()
        number = self._made(stall)
        return self._press(stall, self._at_checker, f"{number}/setujui", MADE, APPROVED)

    def mark_paid(self) -> Press:
        """Note that the bank has sent it."""
        stall = self._earner()
        number = self._approved(stall)
        path = f"{number}/{number}-1/terkirim"
        return self._press(stall, self._at_maker, path, APPROVED, PAID)

    def mark_failed(self) -> Press:
        """Note that the bank has sent it back."""
        stall = self._earner()
        number = self._approved(stall)
        path = f"{number}/{number}-1/gagal"
        return self._press(
            stall, self._at_maker, path, APPROVED, FAILED, reason="Nomor rekening salah"
        )

    def _press(
        self, stall: Stall, who: Visitor, path: str, before: State, after: State, **values: str
    ) -> Press:
        tab, own = who.twin(), (stall.id, stall.market_id)
        form = tab.filled(f"/petugas/pencairan/{path}", **values)
        effect = Effect(lambda: look(*own), before, after)
        return Press("payout", "petugas", tab, form, effect=effect)

    def _earner(self) -> Stall:
        """Return a stall of a new market that is owed money, and keeps some of ours."""
        now = clock.now()
        earlier = now - timedelta(hours=1)
        with transaction():
            stall = till.make_paid_stall(now=now, earned=SENT)
            till.take_cash(stall, KEPT, now=earlier)
            for officer in (self._maker, self._checker):
                give_role(officer, Role.MARKET_OFFICER, market_id=stall.market_id)
        return stall

    def _made(self, stall: Stall) -> str:
        with transaction():
            return till.make(stall, self._maker, now=clock.now()).number

    def _approved(self, stall: Stall) -> str:
        number = self._made(stall)
        with transaction():
            batch = db.session.scalars(
                select(PayoutBatch).where(PayoutBatch.number == number)
            ).one()
            till.approve(batch, self._checker, now=clock.now())
        return number


def look(stall_id: int, market_id: int) -> State:
    """Return how a stall's payout stands."""
    parts = db.session.execute(
        select(Payout.status, Payout.amount).where(Payout.stall_id == stall_id).order_by(Payout.id)
    )
    codes = (f"payable:stall:{stall_id}", f"cash:stall:{stall_id}", f"bank:market:{market_id}")
    payable, cash, bank = (get_balance(code).amount for code in codes)
    return tuple((status.value, amount.amount) for status, amount in parts), payable, cash, bank
