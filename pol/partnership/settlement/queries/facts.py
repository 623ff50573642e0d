"""Every line of every bill of a period."""

from pol.partnership.agreements.models import Agreement
from pol.partnership.consignment.models import StockEvent
from pol.partnership.settlement.queries import extras, goods
from pol.partnership.settlement.rules.periods import Span
from pol.partnership.settlement.rules.sums import (
    Line,
    line_of_sale,
    lines_of_charges,
    lines_of_moves,
)


def list_lines(*, retailer_id: int, span: Span) -> list[Line]:
    """Return every line of every bill of a period, in the order in which bills show them."""
    within = StockEvent.day >= span.from_on, StockEvent.day < span.until_on
    moved = goods.list_moved(Agreement.retailer_id == retailer_id, *within)
    priced = [line_of_sale(sold) for sold in goods.list_sold(retailer_id, span)]
    priced += lines_of_moves(list(moved))
    charges = lines_of_charges(extras.list_charges(retailer_id, span), priced)
    fines = [*extras.list_fines(retailer_id), *extras.list_short_fines(retailer_id)]
    rulings = extras.list_rulings(retailer_id)
    return [*priced, *charges, *fines, *rulings, *extras.list_carried(retailer_id)]
