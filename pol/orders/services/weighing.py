"""Real weights: the price of a line follows them, or the customer is asked first."""

from datetime import datetime

from pol.catalogue.models import Product
from pol.kernel.db import db
from pol.orders.models import Order
from pol.orders.rules.life import ActorKind, LineStatus
from pol.orders.rules.proposal import ProposalKind
from pol.orders.rules.weighing import Weighed, weigh
from pol.orders.services import proposals
from pol.orders.services.care import get_line, set_weight
from pol.orders.services.proposals import Offer


def weigh_line(*, order: Order, line_id: int, milli: int, trader_id: int, now: datetime) -> bool:
    """Type in what a line really weighs; answer whether the customer must be asked first.

    :raises NotWeighed, WeighTooEarly, WeightImplausible: see `rules.weighing.weigh`
    :raises AskedAlready: the customer is thinking about this line
    :raises TooLittleStock: the stock does not hold that much
    """
    line = get_line(order, line_id)
    outcome = weigh(
        status=order.status,
        is_weighed=line.is_weighed and line.status is LineStatus.ACTIVE,
        ordered_milli=line.ordered_milli or line.quantity_milli,
        milli=milli,
        tolerance_bp=order.group.tolerance_bp,
    )
    proposals.check_not_asked(line)
    if outcome is Weighed.RESTATE:
        set_weight(order, line, milli, by=ActorKind.TRADER, actor_id=trader_id, now=now)
        return False
    product = db.session.get_one(Product, line.product_id)
    offer = Offer(product, milli, line.price, line.price.for_quantity(milli))
    proposals.ask(order, line, ProposalKind.WEIGHT, offer, now=now)
    return True
