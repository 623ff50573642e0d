"""Customers who pay by bank transfer: in time, late or never; and the officer who looks."""

from datetime import datetime, timedelta

from sqlalchemy import select

from pol.demo.accounts import OFFICER
from pol.demo.fates import Fates
from pol.demo.pictures import transfer_slip
from pol.demo.world import World
from pol.files import services as files
from pol.files.rules import PictureUse
from pol.kernel.db import db
from pol.kernel.localtime import local
from pol.orders.models import OrderGroup
from pol.orders.queries.locks import lock_group
from pol.orders.rules.life import PAY_WITHIN
from pol.orders.services import clockwork, paying
from pol.payments.models import Payment, RefundDue
from pol.payments.queries import payments as payment_queries
from pol.payments.rules import Channel, RefundStatus
from pol.payments.services import payments

BLURRED = "Fotonya buram, angkanya tidak terbaca. Kirim foto yang lebih jelas."
OVER = PAY_WITHIN + timedelta(minutes=1)


class Bank:
    """Plans on the timeline how each transfer goes."""

    def __init__(self, world: World, fates: Fates) -> None:
        self._world, self._fates = world, fates

    def await_money(self, group: OrderGroup, now: datetime) -> None:
        """Let a customer pay, or not."""
        number, rng = group.number, self._world.rng
        plan, luck = self._world.timeline.plan, rng.random()
        if luck < 0.08:
            plan(now + timedelta(minutes=25), lambda at: self.cancel(number, at))
        elif luck < 0.16:
            plan(now + OVER, _let_unpaid_go)
        elif luck < 0.22:
            plan(now + OVER, _let_unpaid_go)
            self.pay(number, now + OVER + timedelta(minutes=30))
        else:
            self.pay(number, now + timedelta(minutes=rng.randint(4, 30)), blurred=luck > 0.94)

    def pay(self, number: str, at: datetime, *, blurred: bool = False) -> None:
        """Plan the proof of a transfer, perhaps a second one, and what the officer says."""
        plan, minute = self._world.timeline.plan, timedelta(minutes=1)
        plan(at, lambda now: self.send_proof(number, now))
        if blurred:
            plan(at + 9 * minute, lambda now: self._refuse(number, now))
            at += 25 * minute
            plan(at, lambda now: self.send_proof(number, now))
        looks = at + self._world.rng.randint(5, 40) * minute
        plan(looks, lambda now: self.confirm(number, now))

    def send_proof(self, number: str, now: datetime) -> None:
        """Send the picture of a bank's receipt."""
        payment = _payment(number)
        when = f"{local(now):%d-%m-%Y %H.%M} WIB"
        slip = transfer_slip(amount=str(payment.amount), number=number, at=when)
        key = files.store_image(slip, use=PictureUse.PROOF, owner_id=None, now=now)
        payments.send_proof(payment=payment, picture_key=key, now=now)

    def _refuse(self, number: str, now: datetime) -> None:
        payments.refuse_proof(
            payment=_payment(number), officer_id=self._officer_id, reason=BLURRED, now=now
        )

    def confirm(self, number: str, now: datetime) -> None:
        """Let the officer find the money; what is alive goes to the stalls."""
        self._fates.reach_stalls(self.accept_money(number, now), now)

    def accept_money(self, number: str, now: datetime) -> OrderGroup:
        """Let the officer find the money in the bank."""
        group, payment = lock_group(number), _payment(number)
        paying.confirm_transfer(group=group, payment=payment, officer_id=self._officer_id, now=now)
        return group

    def cancel(self, number: str, now: datetime) -> None:
        """Let the customer take back what no stall has accepted."""
        group = lock_group(number)
        paying.cancel_group(group=group, customer_id=group.user_id, now=now)

    def pay_back(self, now: datetime) -> None:
        """Let the officer hand back all that is owed."""
        markets = list(self._world.markets.values())
        due = select(RefundDue.id).where(
            RefundDue.status == RefundStatus.DUE, RefundDue.channel == Channel.TRANSFER
        )
        for refund_id in db.session.scalars(due.order_by(RefundDue.id)).all():
            refund = payment_queries.lock_refund_of_markets(refund_id=refund_id, market_ids=markets)
            note = "Ditransfer kembali ke rekening pengirim."
            payments.finish_refund(refund=refund, officer_id=self._officer_id, note=note, now=now)

    @property
    def _officer_id(self) -> int:
        return self._world.people[OFFICER]


def _payment(number: str) -> Payment:
    return payment_queries.lock_payment_of_group(lock_group(number).id)


def _let_unpaid_go(now: datetime) -> None:
    clockwork.expire_unpaid(now=now)
