"""From the code on a printed paper to its record: each side is led to its own page of it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from pol.kernel.errors import NotFound
from pol.partnership.settlement.queries.papers import Paper, get_paper
from pol.web.access import login_only, me

bp = Blueprint("account_record", __name__, url_prefix="/catatan")


class Page(NamedTuple):
    """An endpoint, and the names in its address of the paper and of what it belongs to."""

    endpoint: str
    number: str | None = "number"
    within: str | None = None


class Pages(NamedTuple):
    """Where a kind of paper is shown to each side."""

    producer: Page | None
    retailer: Page
    dinas: Page | None = None


PAGES: Mapping[str, Pages] = {
    "PS": Pages(Page("public_slots.show"), Page("retailer_calls.show"), Page("dinas_calls.show")),
    "BK": Pages(
        Page("public_slots.show"), Page("retailer_curation.minutes"), Page("dinas_calls.show")
    ),
    "PJ": Pages(
        Page("producer_applications.show"),
        Page("retailer_curation.show", "application", "number"),
        Page("dinas_screening.show"),
    ),
    "LN": Pages(
        Page("producer_applications.show"),
        Page("retailer_curation.sheet", "application", "number"),
        Page("dinas_screening.show"),
    ),
    "PT": Pages(
        None,
        Page("retailer_allocation.minutes", "run_number", "number"),
        Page("dinas_calls.show", None, "number"),
    ),
    "TW": Pages(Page("producer_offers.show"), Page("retailer_offers.index", None)),
    "PKS": Pages(Page("producer_agreements.show"), Page("retailer_agreements.show")),
    "PN": Pages(Page("producer_report_cards.show"), Page("retailer_report_cards.show")),
    "SJ": Pages(Page("producer_deliveries.show"), Page("retailer_receiving.show")),
    "RT": Pages(Page("producer_returns.show"), Page("retailer_returns.show")),
    "SO": Pages(Page("producer_counts.show"), Page("retailer_counts.show")),
    "LP": Pages(
        Page("producer_shelf_stock.card", "number", "slug"),
        Page("retailer_goods.card", "number", "slug"),
    ),
    "LK": Pages(
        None,
        Page("retailer_reports.show", "month", "slug"),
        Page("dinas_compliance.report", "month", "slug"),
    ),
    "RK": Pages(None, Page("retailer_sales.recap", "day", "slug")),
    "NT": Pages(Page("producer_money.show"), Page("retailer_bills.show")),
    "BP": Pages(
        Page("producer_money.proof", "payment_number", "number"),
        Page("retailer_bills.proof", "payment_number", "number"),
    ),
    "SK": Pages(
        Page("producer_money.show", None, "number"),
        Page("retailer_bills.show", None, "number"),
        Page("dinas_disputes.show"),
    ),
    "PP": Pages(Page("producer_renewals.index", None), Page("retailer_renewals.index", None)),
    "SR": Pages(Page("producer_letters.show"), Page("retailer_letters.show")),
}


@bp.get("/<number>")
@login_only
def show(number: str) -> ResponseReturnValue:
    paper = get_paper(number, store=request.args.get("toko"))
    page = _page_of(paper)
    if page is None:
        raise NotFound
    return redirect(_address(page, paper))


def _page_of(paper: Paper) -> Page | None:
    """Return the page of the side that this person stands on, if any."""
    pages, seat, desk = PAGES[paper.kind], me().seat, me().retail_seat
    if seat and pages.producer and seat.stall_id in paper.stall_ids:
        return pages.producer
    if desk and desk.retailer_id == paper.retailer_id:
        return pages.retailer
    return pages.dinas if me().is_dinas else None


def _address(page: Page, paper: Paper) -> str:
    values: dict[str, Any] = {page.number: paper.key} if page.number else {}
    values |= {page.within: paper.within} if page.within else {}
    anchor = paper.number if paper.kind == "SK" else None
    return url_for(page.endpoint, _anchor=anchor, **values)
