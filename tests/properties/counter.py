"""What officers and keepers do with money, by the same services as the pages."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from pol.kernel.db import db
from pol.kernel.money import Rupiah
from pol.orders.models import Order, OrderGroup
from pol.orders.queries.locks import lock_group, lock_order
from pol.orders.queries.officer import lock_transfer
from pol.orders.queries.stall_payments import lock_payment_to_stall
from pol.orders.services import paying, refunds
from pol.payments.models import RefundDue
from pol.payments.queries import payouts as payout_queries
from pol.payments.rules import Channel, RefundStatus
from pol.payments.rules.payout import USUAL
from pol.payments.services import cash, payments, payouts, turning
from pol.payments.services.cash import Handing
from pol.stalls.models import Stall
from tests.properties.stage import Stage, attempt, is_done, set_terms
from tests.properties.sums import Terms


@dataclass(frozen=True)
class Counter:
    """Each answers whether it was done, or refused."""

    stage: Stage

    def confirm(self, number: str, payee: str, now: datetime) -> bool:
        """Say that money came: the keeper for a stall's account, the officer for a market's."""

        def do() -> None:
            kind, _, place = payee.rpartition(":")
            if kind == "cash:stall":
                group, payment = lock_payment_to_stall(group_number=number, stall_id=int(place))
            else:
                group, payment = lock_transfer(group_number=number, market_ids=[int(place)])
            officer = self.stage.officer_id
            paying.confirm_transfer(group=group, payment=payment, officer_id=officer, now=now)

        return is_done(do)

    # --- refunds

    def refund(self, number: str, amount: int, channel: str, now: datetime) -> bool:
        def do() -> None:
            order_id = db.session.scalars(select(Order.id).where(Order.number == number)).one()
            refunds.refund_order(
                order=lock_order(order_id),
                amount=Rupiah(amount),
                channel=Channel(channel),
                reason="Rusak",
                officer_id=self.stage.officer_id,
                now=now,
            )

        return is_done(do)

    def undo_group(self, number: str, channel: str, now: datetime) -> bool:
        def do() -> None:
            refunds.refund_group(
                group=lock_group(number),
                channel=Channel(channel),
                reason="Salah harga",
                officer_id=self.stage.officer_id,
                now=now,
            )

        return is_done(do)

    def due(self, number: str) -> list[tuple[int, str, int]]:
        """Return (id, channel, amount) of what is still to be handed back of a group."""
        rows = db.session.execute(
            select(RefundDue.id, RefundDue.channel, RefundDue.amount)
            .join(OrderGroup, OrderGroup.id == RefundDue.group_id)
            .where(OrderGroup.number == number, RefundDue.status == RefundStatus.DUE)
            .order_by(RefundDue.id)
        )
        return [(key, channel.value, amount.amount) for key, channel, amount in rows]

    def hand_back(self, refund_id: int, now: datetime) -> bool:
        def do() -> None:
            refund = db.session.get_one(RefundDue, refund_id)
            officer = self.stage.officer_id
            payments.finish_refund(refund=refund, officer_id=officer, note="", now=now)

        return is_done(do)

    def turn(self, number: str, user: int, now: datetime) -> bool:
        """Give a customer as store credit what an officer still has to hand back."""
        return is_done(
            lambda: turning.turn_all(group_id=lock_group(number).id, user_id=user, now=now)
        )

    # --- payouts

    def make_batch(
        self, market_id: int, now: datetime
    ) -> tuple[str, list[tuple[str, int, int]]] | None:
        """Return the number of a new batch and (number, stall, amount) of its parts."""

        def do() -> tuple[str, list[tuple[str, int, int]]]:
            officer = self.stage.officer_id
            made = payouts.make_batch(
                market_id=market_id, until=now, policy=USUAL, officer_id=officer, now=now
            )
            rows = payout_queries.list_payouts(batch_id=made.id)
            return made.number, [(row.number, row.stall_id, row.amount.amount) for row in rows]

        return attempt(do)

    def decide(self, number: str, how: str, now: datetime) -> bool:
        """Approve a batch, as another person or (`alone`) as who made it, or drop it."""

        def do() -> None:
            batch = payout_queries.lock_batch(number=number, markets=None)
            maker, checker = self.stage.officer_id, self.stage.checker_id
            if how == "drop":
                payouts.drop_batch(batch=batch, officer_id=checker, now=now)
            else:
                who = maker if how == "alone" else checker
                payouts.approve_batch(batch=batch, policy=USUAL, checker_id=who, now=now)

        return is_done(do)

    def hear_bank(self, batch: str, part: str, now: datetime, *, is_sent: bool) -> bool:
        def do() -> None:
            payout, held = payout_queries.lock_payout(number=part, batch_number=batch, markets=None)
            officer = self.stage.officer_id
            if is_sent:
                payouts.mark_paid(payout=payout, batch=held, officer_id=officer, now=now)
            else:
                payouts.mark_failed(
                    payout=payout, batch=held, reason="Salah nomor", officer_id=officer, now=now
                )

        return is_done(do)

    # --- cash and terms

    def deposit(self, stall_id: int, key: str, amount: int, seen: int, now: datetime) -> int | None:
        """Take cash off a stall's debt; return the deposit's id."""

        def do() -> int:
            handing = Handing(key, Rupiah(amount), Rupiah(seen))
            stall, officer = db.session.get_one(Stall, stall_id), self.stage.officer_id
            taken = cash.receive_from_stall(
                stall=stall, handing=handing, officer_id=officer, now=now
            )
            return taken.id

        return attempt(do)

    def change_terms(self, place: str, terms: Terms, now: datetime) -> None:
        attempt(lambda: set_terms(place, terms, now))
