"""Papers of goods that fill more than a page: the oldest is reached through the pager."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from pol.partnership.consignment.models import (
    CountLine,
    ReturnLine,
    ReturnNote,
    SaleImport,
    StockCount,
)
from pol.partnership.consignment.queries.counts import SIZE as COUNTS
from pol.partnership.consignment.queries.imports import SIZE as FILES
from pol.partnership.consignment.queries.returns import SIZE as RETURNS
from pol.partnership.consignment.rules import (
    CountStatus,
    ImportStatus,
    ReturnReason,
    ReturnStatus,
)
from pol.partnership.slots.rules import Bearer
from tests.factories.partnership import Partnership, make_partnership
from tests.factories.shelves import add
from tests.factories.traders import make_keeper
from tests.rig.client import Browser
from tests.rig.pages import Page

GOODS, MINE = "/peritel/barang", "/pedagang/rak/stok"
Maker = Callable[[Partnership, int, datetime], str]


@pytest.fixture
def p(session: Session, now: datetime) -> Partnership:
    return make_partnership()


def _return(p: Partnership, number: int, at: datetime) -> str:
    note = add(
        ReturnNote(
            number=f"RU-{number:04}",
            key=f"retur-uji-{number}",
            stall_id=p.stall.id,
            store_id=p.store.id,
            reason=ReturnReason.UNSOLD,
            status=ReturnStatus.ASKED,
            asked_at=at,
            asked_by_id=p.owner.id,
        )
    )
    add(ReturnLine(note_id=note.id, batch_id=p.batch.id, quantity=1, bearer=Bearer.PRODUCER))
    return note.number


def _count(p: Partnership, number: int, at: datetime) -> str:
    made = add(
        StockCount(
            number=f"SO-{number:04}",
            store_id=p.store.id,
            status=CountStatus.AGREED,
            day=date(2025, 1, 1) + timedelta(days=number),
            opened_at=at,
            opened_by_id=p.owner.id,
            ended_at=at,
        )
    )
    add(
        CountLine(
            count_id=made.id,
            batch_id=p.batch.id,
            stall_id=p.stall.id,
            expected=24,
            counted=23,
            bearer=Bearer.PRODUCER,
            agreed_at=at,
        )
    )
    return made.number


def _file(p: Partnership, number: int, at: datetime) -> str:
    made = add(
        SaleImport(
            number=f"BK-{number:04}",
            retailer_id=p.retailer.id,
            store_id=p.store.id,
            filename="kasir.csv",
            sha256=f"{number:064}",
            heading=[],
            columns={},
            status=ImportStatus.DONE,
            rows=1,
            uploaded_at=at,
            uploaded_by_id=p.owner.id,
        )
    )
    return made.number


@pytest.mark.parametrize(
    ("make", "size", "address"),
    [
        (_return, RETURNS, f"{GOODS}/retur"),
        (_count, COUNTS, f"{GOODS}/opname"),
        (_file, FILES, f"{GOODS}/kasir"),
    ],
)
def test_a_store_reaches_its_oldest_paper(
    client: Browser, p: Partnership, now: datetime, make: Maker, size: int, address: str
) -> None:
    numbers = [make(p, each, now) for each in range(size + 2)][::-1]
    client.log_in(p.owner)
    assert_all_are_reached(client, f"{address}?toko={p.store.slug}", numbers, size)


@pytest.mark.parametrize(("make", "size"), [(_return, RETURNS), (_count, COUNTS)])
def test_a_producer_reaches_the_oldest_paper(
    client: Browser, p: Partnership, now: datetime, make: Maker, size: int
) -> None:
    numbers = [make(p, each, now) for each in range(size + 2)][::-1]
    client.log_in(make_keeper(p.stall))
    assert_all_are_reached(client, MINE, numbers, size)


def assert_all_are_reached(client: Browser, address: str, numbers: list[str], size: int) -> None:
    first = Page(client.get(address))
    (further,) = first.links("a[rel=next]")
    last = Page(client.get(further))
    assert _numbers(first) == numbers[:size]
    assert _numbers(last) == numbers[size:]
    assert not last.links("a[rel=next]")
    (back,) = last.links("a[rel=first]")
    assert _numbers(Page(client.get(back))) == numbers[:size]


def _numbers(page: Page) -> list[str]:
    return [link.rsplit("/", 1)[1] for link in page.links("main a.row")]


def test_counts_are_listed_by_their_day(client: Browser, p: Partnership, now: datetime) -> None:
    """Newest first, whenever they were written down, and over the edge of a page."""
    days = [100, 1, 200, *range(2, COUNTS + 2), 150]
    for at in days:
        _count(p, at, now)
    wanted = [f"SO-{at:04}" for at in sorted(days, reverse=True)]
    for user, address, name in (
        (p.owner, f"{GOODS}/opname", "sesudah"),
        (make_keeper(p.stall), MINE, "opname"),
    ):
        client.log_in(user)
        page = Page(client.get(address))
        (more,) = [link for link in page.links(".pager a") if f"{name}=" in link]
        told = page.texts(".row__text") + Page(client.get(more)).texts(".row__text")
        assert [each[:7] for each in told] == wanted
