"""More bills than one page holds: each is reached through the pager, and totals are of all."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.partnership.settlement.models import Bill
from pol.partnership.settlement.queries.bill_lists import SIZE
from pol.partnership.slots.models import Retailer
from pol.stalls.models import Stall
from tests.factories.catalogue import make_market, make_stall
from tests.factories.partnership import make_member, make_retailer
from tests.factories.traders import make_keeper
from tests.partnership.settlement.many_bills import START, make_bill, make_periods
from tests.rig.client import Browser
from tests.rig.pages import Page

PAGE, MONEY = "/peritel/nota", "/pedagang/rak/uang"
MANY = SIZE + 3
NEXT, FIRST = "a[rel=next]", "a[rel=first]"


@pytest.fixture
def retailer(session: Session, now: datetime) -> Retailer:
    return make_retailer()


@pytest.fixture
def owner(retailer: Retailer) -> User:
    return make_member(retailer)


@pytest.fixture
def stall(session: Session) -> Stall:
    return make_stall()


def _year(retailer: Retailer, stall: Stall, *, paid: int) -> list[Bill]:
    """Add a bill of Rp1.000 for each of many periods, the oldest first."""
    return [
        make_bill(period, stall, 1_000, paid=paid, tenths=after if paid else None)
        for after, period in enumerate(make_periods(retailer, MANY))
    ]


def _bill_links(page: Page) -> list[str]:
    return [link.rsplit("/", 1)[1] for link in page.links("a.row")]


def test_a_producer_reaches_the_oldest_paid_bill(
    client: Browser, retailer: Retailer, stall: Stall
) -> None:
    bills = _year(retailer, stall, paid=1_000)
    client.log_in(make_keeper(stall))
    first = Page(client.get(MONEY))
    assert f"Sudah selesai ({MANY})" in first.text
    assert "2,6 hari" in first.text, "the mean of 0 to 52 tenths, not of those on the page"
    assert _bill_links(first) == [bill.number for bill in reversed(bills[-SIZE:])]
    (further,) = first.links(NEXT)
    last = Page(client.get(further))
    assert _bill_links(last) == [bill.number for bill in reversed(bills[:-SIZE])]
    assert last.tree.css_first("details#selesai[open]") is not None
    assert not last.links(NEXT)
    assert last.links(FIRST) == [f"{MONEY}#selesai"]
    assert f"Sudah selesai ({MANY})" in last.text
    assert "2,6 hari" in last.text


def test_a_producer_is_told_of_all_that_is_due(
    client: Browser, retailer: Retailer, stall: Stall
) -> None:
    bills = _year(retailer, stall, paid=400)
    client.log_in(make_keeper(stall))
    first = Page(client.get(MONEY))
    last = Page(client.get(*first.links(NEXT)))
    assert _bill_links(last) == [bill.number for bill in reversed(bills[:-SIZE])]
    for page in (first, last):
        assert "Rp31.800" in page.text, "53 times Rp600"


def test_a_retailer_is_told_of_all_that_is_due_and_late(
    client: Browser, retailer: Retailer, owner: User, now: datetime
) -> None:
    (period,), market = make_periods(retailer, 1), make_market()
    days = [START + timedelta(days=after % 7) for after in range(MANY)]
    days[-1] = now.date() + timedelta(days=9)
    bills = [make_bill(period, make_stall(market), 1_000, due_on=day) for day in days]
    ordered = sorted(bills, key=lambda bill: (bill.due_on, -bill.id))
    client.log_in(owner)
    first = Page(client.get(PAGE))
    (further,) = first.links(NEXT)
    last = Page(client.get(further))
    shown = _bill_links(first) + _bill_links(last)
    assert shown == [bill.number for bill in ordered]
    assert last.links(FIRST) == [f"{PAGE}?tab=bayar"]
    for page in (first, last):
        due, late = page.texts(".stat__value")[:2]
        assert (due, late) == ("Rp53.000", str(MANY - 1))


@pytest.mark.parametrize(("tab", "payable"), [("lunas", 1_000), ("kosong", 0)])
def test_a_retailer_reads_what_has_ended_from_the_newest_to_the_oldest(
    client: Browser, retailer: Retailer, owner: User, stall: Stall, tab: str, payable: int
) -> None:
    periods = make_periods(retailer, MANY)
    bills = [make_bill(period, stall, payable, paid=payable) for period in periods]
    client.log_in(owner)
    first = Page(client.get(f"{PAGE}?tab={tab}"))
    (further,) = first.links(NEXT)
    last = Page(client.get(further))
    assert _bill_links(first) == [bill.number for bill in reversed(bills[-SIZE:])]
    assert _bill_links(last) == [bill.number for bill in reversed(bills[:-SIZE])]


def test_one_page_has_no_pager_and_pages_of_others_are_theirs(
    client: Browser, retailer: Retailer, owner: User, stall: Stall
) -> None:
    _year(make_retailer(), make_stall(), paid=0)
    bill = make_bill(make_periods(retailer, 1)[0], stall, 1_000)
    for person, address in ((owner, PAGE), (make_keeper(stall), MONEY)):
        client.log_in(person)
        page = Page(client.get(address))
        assert _bill_links(page) == [bill.number]
        assert not page.links(NEXT) + page.links(FIRST)
        assert "Rp1.000" in page.text
