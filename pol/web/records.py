"""The one address that stands in the code of every numbered paper, and where it leads each side."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from flask import url_for

from pol.partnership.settlement.queries.papers import Paper
from pol.web.access import policy_of
from pol.web.addresses import public_address
from pol.web.viewer import Viewer


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
        Page("public_slots.show"), Page("retailer_curation.minutes"), Page("dinas_minutes.curation")
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
        Page("producer_allocation.show"),
        Page("retailer_allocation.minutes", "run_number", "number"),
        Page("dinas_minutes.allocation", "run_number", "number"),
    ),
    "TW": Pages(Page("producer_offers.show"), Page("retailer_offers.index", "tawaran", "number")),
    "PKS": Pages(Page("producer_agreements.show"), Page("retailer_agreements.show")),
    "PN": Pages(Page("producer_report_cards.show"), Page("retailer_report_cards.show")),
    "RP": Pages(Page("producer_report_cards.show"), Page("retailer_report_cards.show")),
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
        Page("producer_money.minutes", "dispute_number", "number"),
        Page("retailer_bills.minutes", "dispute_number", "number"),
        Page("dinas_disputes.show"),
    ),
    "PP": Pages(Page("producer_renewals.index", None), Page("retailer_renewals.index", None)),
    "SR": Pages(Page("producer_letters.show"), Page("retailer_letters.show")),
}


WITHIN_A_PAGE = frozenset({"TW"})
"""Papers that a page of several marks by their number."""


def record_of(number: str) -> str:
    """Return the full address that leads each side of a paper to its own page of the record."""
    return public_address(url_for("account_record.show", number=number))


def own_page(paper: Paper, viewer: Viewer) -> str | None:
    """Return the address of a paper's page for the side that somebody stands on, if any."""
    pages, seat, desk = PAGES[paper.kind], viewer.seat, viewer.retail_seat
    if seat and pages.producer and seat.stall_id in paper.stall_ids:
        return _address(pages.producer, paper)
    if desk and desk.retailer_id == paper.retailer_id and _opens_to(viewer, pages.retailer):
        return _address(pages.retailer, paper)
    return _address(pages.dinas, paper) if pages.dinas and viewer.is_dinas else None


def _opens_to(viewer: Viewer, page: Page) -> bool:
    """Answer whether a retailer's page is for everybody in its stores, or this is a buyer."""
    return viewer.is_buyer or policy_of(page.endpoint) != "retailer_only"


def _address(page: Page, paper: Paper) -> str:
    values: dict[str, Any] = {page.number: paper.key} if page.number else {}
    values |= {page.within: paper.within} if page.within else {}
    values |= {"bulan": paper.month} if paper.month else {}
    marked = page.number != "number" and paper.kind in WITHIN_A_PAGE
    return url_for(page.endpoint, _anchor=paper.number if marked else None, **values)
