"""What customers are being asked about lines."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import bindparam, select

from pol.kernel.db import run
from pol.orders.models import Proposal
from pol.orders.queries.rows import OrderView, ProposalView
from pol.orders.rules.life import OrderStatus
from pol.orders.rules.proposal import ProposalStatus

_OPEN = (
    select(
        Proposal.id,
        Proposal.order_id,
        Proposal.line_id,
        Proposal.kind,
        Proposal.name,
        Proposal.unit,
        Proposal.picture_key,
        Proposal.quantity_milli,
        Proposal.price,
        Proposal.total,
        Proposal.due_at,
    )
    .where(
        Proposal.order_id.in_(bindparam("order_ids", expanding=True)),
        Proposal.status == ProposalStatus.OPEN,
    )
    .order_by(Proposal.id)
)


def open_proposals(orders: Sequence[OrderView]) -> dict[int, list[ProposalView]]:
    """Return the open questions by order; only orders that are being prepared can have any."""
    found: dict[int, list[ProposalView]] = defaultdict(list)
    order_ids = [order.id for order in orders if order.status is OrderStatus.ACCEPTED]
    if order_ids:
        for row in run(_OPEN, {"order_ids": order_ids}):
            found[row.order_id].append(ProposalView(*row))
    return found
