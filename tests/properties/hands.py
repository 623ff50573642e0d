"""What customers, stalls and the clock do, by the same services as the pages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select

from pol.cart import services as carts
from pol.cart.rules import IfGone
from pol.cart.services import Wish
from pol.catalogue.models import Product
from pol.catalogue.services import offer
from pol.kernel.db import db
from pol.kernel.money import Rupiah
from pol.orders.models import Order, OrderLine, Proposal
from pol.orders.queries.locks import lock_group, lock_order
from pol.orders.rules.checkout import Checkout
from pol.orders.rules.life import ActorKind
from pol.orders.services import care, clockwork, life, paying, proposals, weighing
from pol.orders.services.checkout import Placed, place_order
from pol.payments.queries.payments import lock_payment_of_group
from pol.payments.services import payments
from tests.properties.stage import Stage, attempt, holder, is_done


@dataclass(frozen=True)
class Hands:
    """Each answers whether it was done, or refused."""

    stage: Stage

    # --- customers

    def put(self, cart: int, good: int, milli: int, now: datetime, *, may_differ: bool) -> bool:
        if_gone = IfGone.REPLACE if may_differ else IfGone.CALL
        wish = Wish(self.stage.slugs[good], milli, if_gone=if_gone)
        own = holder(self.stage.places, cart)
        return is_done(lambda: carts.add_line(holder=own, wish=wish, now=now))

    def empty(self, cart: int) -> None:
        attempt(lambda: carts.empty_cart(holder=holder(self.stage.places, cart)))

    def press(self, cart: int, form: Checkout, now: datetime) -> Placed | None:
        own = holder(self.stage.places, cart)
        return attempt(lambda: place_order(holder=own, wanted=form, now=now))

    def cancel_group(self, number: str, now: datetime) -> bool:
        return is_done(
            lambda: paying.cancel_group(group=lock_group(number), customer_id=None, now=now)
        )

    def send_proof(self, number: str, now: datetime) -> bool:
        def do() -> None:
            payment = lock_payment_of_group(lock_group(number).id)
            payments.send_proof(payment=payment, picture_key="bukti", now=now)

        return is_done(do)

    def answer(self, number: str, at: int, how: str, now: datetime) -> bool:
        """Answer the question about a line, or (`withdraw`) take it back."""
        answers = {"accept": proposals.accept_proposal, "decline": proposals.decline_proposal}

        def do() -> None:
            order, trader = self._order(number), self.stage.trader_id
            asked = select(Proposal.id).where(Proposal.line_id == _line(order, at))
            newest = db.session.scalars(asked.order_by(Proposal.id.desc()).limit(1)).one()
            if how == "withdraw":
                proposals.withdraw_proposal(
                    order=order, proposal_id=newest, trader_id=trader, now=now
                )
            else:
                answers[how](order=order, proposal_id=newest, customer_id=None, now=now)

        return is_done(do)

    # --- stalls

    def step(self, action: str, number: str, by: ActorKind, now: datetime) -> bool:
        return is_done(lambda: self._act(action, self._order(number), by, now))

    def _act(self, action: str, order: Order, by: ActorKind, now: datetime) -> None:
        trader, courier, officer = (
            self.stage.trader_id,
            self.stage.courier_id,
            self.stage.officer_id,
        )
        actor = {ActorKind.COURIER: courier, ActorKind.OFFICER: officer}
        moves: dict[str, Callable[[], None]] = {
            "accept": lambda: life.accept_order(order=order, trader_id=trader, now=now),
            "refuse": lambda: life.refuse_order(
                order=order, trader_id=trader, reason="Habis", now=now
            ),
            "pack": lambda: life.mark_ready(order=order, trader_id=trader, now=now),
            "send": lambda: life.hand_to_courier(
                order=order, by=ActorKind.TRADER, actor_id=trader, now=now
            ),
            "give": lambda: life.hand_to_customer(
                order=order, by=by, actor_id=actor.get(by, trader), now=now
            ),
            "deliver": lambda: life.deliver_order(order=order, courier_id=courier, now=now),
            "fail": lambda: life.fail_order(
                order=order, courier_id=courier, reason="Rumah kosong", now=now
            ),
            "cancel": lambda: life.cancel_order(order=order, customer_id=None, now=now),
            "call_off": lambda: life.call_off(
                order=order, officer_id=officer, reason="Hujan", now=now
            ),
            "undo": lambda: life.undo_accept(order=order, trader_id=trader, now=now),
            "receive": lambda: life.confirm_received(order=order, customer_id=None, now=now),
        }
        moves[action]()

    def shrink(self, number: str, at: int, milli: int, now: datetime) -> bool:
        def do() -> None:
            order, trader = self._order(number), self.stage.trader_id
            line_id = _line(order, at)
            care.shrink_line(order=order, line_id=line_id, milli=milli, trader_id=trader, now=now)

        return is_done(do)

    def weigh(self, number: str, at: int, milli: int, now: datetime) -> bool | None:
        """Put a line on the scales; return whether the customer is asked, None when refused."""

        def do() -> bool:
            order, trader = self._order(number), self.stage.trader_id
            line_id = _line(order, at)
            return weighing.weigh_line(
                order=order, line_id=line_id, milli=milli, trader_id=trader, now=now
            )

        return attempt(do)

    def propose(self, number: str, at: int, good: int, milli: int, now: datetime) -> bool | None:
        """Offer other goods; return whether the customer is asked, None when refused."""

        def do() -> bool:
            order = self._order(number)
            return proposals.propose_replacement(
                order=order,
                line_id=_line(order, at),
                slug=self.stage.slugs[good],
                milli=milli,
                trader_id=self.stage.trader_id,
                now=now,
            )

        return attempt(do)

    def price(self, good: int, price: int, now: datetime) -> bool:
        def do() -> None:
            product = db.session.get_one(Product, good)
            offer.set_price(
                product=product,
                seen=product.price,
                price=Rupiah(price),
                actor_id=self.stage.trader_id,
                now=now,
            )
            product.name = f"{product.name}+"

        return is_done(do)

    def stock(self, good: int, milli: int, now: datetime) -> bool:
        def do() -> None:
            product = db.session.get_one(Product, good)
            offer.set_stock(product=product, milli=milli, actor_id=self.stage.trader_id, now=now)

        return is_done(do)

    # --- the clock

    def pass_time(self, now: datetime) -> None:
        attempt(lambda: clockwork.expire_unpaid(now=now))
        attempt(lambda: clockwork.expire_unanswered(now=now))
        attempt(lambda: clockwork.lapse_questions(now=now))
        attempt(lambda: clockwork.finish_delivered(now=now))

    def _order(self, number: str) -> Order:
        return lock_order(db.session.scalars(_id_of(number)).one())


def _line(order: Order, at: int) -> int:
    """Return the id of a line by its place in the order."""
    lines = select(OrderLine.id).where(OrderLine.order_id == order.id).order_by(OrderLine.id)
    return db.session.scalars(lines.offset(at).limit(1)).one()


def _id_of(number: str) -> Select[int]:
    return select(Order.id).where(Order.number == number)
