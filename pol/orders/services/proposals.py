"""Asking the customer about a line, and what their answer or their silence does."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from pol.catalogue.models import Product
from pol.catalogue.rules import StockMode
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.money import Rupiah
from pol.kernel.text import decimal
from pol.orders.models import Order, OrderLine, Proposal
from pol.orders.rules import proposal as rules
from pol.orders.rules.life import ActorKind, LineStatus
from pol.orders.rules.proposal import ProposalKind, ProposalStatus
from pol.orders.rules.weighing import TooLittleStock
from pol.orders.services import goods, money, tell
from pol.orders.services.care import get_line, note, set_weight


@dataclass(frozen=True)
class Offer:
    """What the customer would get: so much of a product, at this price, for this sum."""

    product: Product
    milli: int
    price: Rupiah
    total: Rupiah


def propose_replacement(
    *, order: Order, line_id: int, slug: str, milli: int, trader_id: int, now: datetime
) -> bool:
    """Offer another product of the same stall instead; answer whether the customer is asked.

    It is done at once only if it is not dearer and the customer has said that similar goods will
    do. :raises ReplaceTooLate, SameProduct, AskedAlready: see rules
    :raises TooLittleStock: there is not that much of it
    """
    line = get_line(order, line_id)
    product = _get_product(slug, order.stall_id)
    is_active = line.status is LineStatus.ACTIVE
    rules.check_replacing(
        status=order.status, is_active=is_active, is_same=product.id == line.product_id
    )
    check_not_asked(line)
    offer = Offer(product, milli, product.price, product.price.for_quantity(milli))
    if rules.needs_consent(now_costs=line.total, will_cost=offer.total, if_gone=line.if_gone):
        ask(order, line, ProposalKind.REPLACE, offer, now=now)
        return True
    _replace(order, line, offer, by=ActorKind.TRADER, actor_id=trader_id, now=now)
    return False


def _get_product(slug: str, stall_id: int) -> Product:
    wanted = Product.slug == slug, Product.stall_id == stall_id, Product.listed_at.is_not(None)
    product = db.session.scalar(select(Product).where(*wanted))
    if product is None:
        raise NotFound
    return product


def check_not_asked(line: OrderLine) -> None:
    """Raise if the customer is already asked about a line.

    :raises AskedAlready: they are
    """
    asked = Proposal.line_id == line.id, Proposal.status == ProposalStatus.OPEN
    if db.session.scalar(select(Proposal.id).where(*asked)) is not None:
        raise rules.AskedAlready


def ask(order: Order, line: OrderLine, kind: ProposalKind, offer: Offer, *, now: datetime) -> None:
    """Put a question to the customer; without an answer in time nothing becomes dearer."""
    db.session.add(
        Proposal(
            order_id=order.id,
            line_id=line.id,
            kind=kind,
            status=ProposalStatus.OPEN,
            product_id=offer.product.id,
            name=offer.product.name,
            unit=offer.product.unit.value,
            picture_key=offer.product.picture_key,
            quantity_milli=offer.milli,
            price=offer.price,
            total=offer.total,
            asked_at=now,
            due_at=now + rules.ANSWER_WITHIN,
        )
    )
    what = f"{offer.product.name} {decimal(offer.milli)} {offer.product.unit.value}: {offer.total}"
    tell.asked(order=order, group=order.group, what=what, now=now)


def accept_proposal(
    *, order: Order, proposal_id: int, customer_id: int | None, now: datetime
) -> None:
    """Say yes: the line, the order and the group are restated; siblings stay as they are.

    :raises ProposalOver: it was answered, taken back, or its time is over
    :raises TooLittleStock: it was sold meanwhile
    """
    proposal = _get(order, proposal_id)
    rules.check_answer(status=proposal.status, due_at=proposal.due_at, now=now)
    line = get_line(order, proposal.line_id)
    proposal.status, proposal.answered_at = ProposalStatus.ACCEPTED, now
    if proposal.kind is ProposalKind.WEIGHT:
        milli = proposal.quantity_milli
        set_weight(order, line, milli, by=ActorKind.CUSTOMER, actor_id=customer_id, now=now)
        return
    product = db.session.get_one(Product, proposal.product_id)
    offer = Offer(product, proposal.quantity_milli, proposal.price, proposal.total)
    _replace(order, line, offer, by=ActorKind.CUSTOMER, actor_id=customer_id, now=now)


def decline_proposal(
    *, order: Order, proposal_id: int, customer_id: int | None, now: datetime
) -> None:
    """Say no: heavier goods are cut to the order, goods that are gone are left out.

    :raises ProposalOver: it was answered, taken back, or its time is over
    """
    proposal = _get(order, proposal_id)
    rules.check_answer(status=proposal.status, due_at=proposal.due_at, now=now)
    _end(order, proposal, ProposalStatus.DECLINED, customer_id, now)


def withdraw_proposal(*, order: Order, proposal_id: int, trader_id: int, now: datetime) -> None:
    """Take a question back; the line stays as it was ordered.

    :raises ProposalOver: the customer was faster
    """
    proposal = _get(order, proposal_id)
    rules.check_answer(status=proposal.status, due_at=now, now=now)
    proposal.status, proposal.answered_at = ProposalStatus.WITHDRAWN, now
    note(order, trader_id, f"Pertanyaan tentang {proposal.name} ditarik", now)


def lapse_proposal(*, order: Order, proposal_id: int, now: datetime) -> None:
    """Do what was said would happen without an answer: the same as a no."""
    proposal = _get(order, proposal_id)
    if proposal.status is ProposalStatus.OPEN and proposal.due_at < now:
        _end(order, proposal, ProposalStatus.LAPSED, None, now)


def check_answered(order: Order) -> None:
    """Raise while a question about this order is open.

    :raises StillAsking: there is one
    """
    asked = Proposal.order_id == order.id, Proposal.status == ProposalStatus.OPEN
    if db.session.scalar(select(Proposal.id).where(*asked).limit(1)) is not None:
        raise rules.StillAsking


def withdraw_all(order: Order, *, now: datetime) -> None:
    """Take back what a lost order still asks."""
    db.session.execute(
        update(Proposal)
        .where(Proposal.order_id == order.id, Proposal.status == ProposalStatus.OPEN)
        .values(status=ProposalStatus.WITHDRAWN, answered_at=now)
    )


def _end(
    order: Order, proposal: Proposal, status: ProposalStatus, actor_id: int | None, now: datetime
) -> None:
    proposal.status, proposal.answered_at = status, now
    what = f"{proposal.name} tidak jadi"
    others = len(goods.list_active_lines(order)) > 1
    if proposal.kind is ProposalKind.REPLACE and others:
        line = get_line(order, proposal.line_id)
        goods.shrink(order, line, 0)
        what = f"{what}, {line.name} habis"
        money.restate(order.group, reason=what, is_difference=True, now=now)
    by = ActorKind.SYSTEM if status is ProposalStatus.LAPSED else ActorKind.CUSTOMER
    note(order, actor_id, what, now, by=by)
    tell.answered(order=order, what=what, now=now)


def _replace(
    order: Order,
    line: OrderLine,
    offer: Offer,
    *,
    by: ActorKind,
    actor_id: int | None,
    now: datetime,
) -> None:
    new = OrderLine(
        order_id=order.id,
        product_id=offer.product.id,
        name=offer.product.name,
        unit=offer.product.unit.value,
        picture_key=offer.product.picture_key,
        quantity_milli=offer.milli,
        ordered_milli=offer.milli,
        is_weighed=offer.product.is_weighed,
        price=offer.price,
        total=offer.total,
        note=line.note,
        if_gone=line.if_gone,
        status=LineStatus.ACTIVE,
    )
    is_counted = offer.product.stock_mode is StockMode.COUNTED
    if not goods.replace(order, line, new, is_counted=is_counted):
        raise TooLittleStock
    what = f"{line.name} diganti {new.name} {decimal(new.quantity_milli)} {new.unit}: {new.total}"
    note(order, actor_id, what, now, by=by)
    tell.changed(order=order, group=order.group, what=what, now=now)
    money.restate(order.group, reason=what, is_difference=True, now=now)


def _get(order: Order, proposal_id: int) -> Proposal:
    wanted = Proposal.id == proposal_id, Proposal.order_id == order.id
    proposal = db.session.scalar(
        select(Proposal).where(*wanted).with_for_update().execution_options(populate_existing=True)
    )
    if proposal is None:
        raise NotFound
    return proposal
