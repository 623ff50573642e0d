"""Stock counts, as stores and producers see them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from pol.identity.models import User
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.money import Rupiah
from pol.kernel.paging import Key, Page, cut_page, decode_day_cursor
from pol.partnership.agreements.models import Agreement
from pol.partnership.applications.models import ProductSheet
from pol.partnership.consignment.models import Batch, CountLine, StockCount
from pol.partnership.consignment.queries.stores import Reach
from pol.partnership.consignment.rules import CountStatus
from pol.partnership.slots.models import Retailer, Store
from pol.partnership.slots.rules import Bearer
from pol.stalls.models import Stall

SIZE = 20


@dataclass(frozen=True)
class CountedRow:
    """One batch of a count."""

    batch_id: int
    name: str
    code: str
    expires_on: date | None
    stall_id: int
    stall_name: str
    expected: int
    counted: int | None
    bearer: Bearer
    price: Rupiah
    agreed_at: datetime | None
    disputed_reason: str | None

    @property
    def difference(self) -> int:
        """How many more (or fewer, below zero) were there than the records said."""
        return 0 if self.counted is None else self.counted - self.expected


@dataclass(frozen=True)
class CountView:
    """A count with its lines."""

    id: int
    number: str
    status: CountStatus
    day: date
    opened_at: datetime
    counted_at: datetime | None
    ended_at: datetime | None
    store_slug: str
    store_name: str
    store_address: str
    retailer_name: str
    opened_by: str
    lines: list[CountedRow] = field(default_factory=list)

    @property
    def differing(self) -> list[CountedRow]:
        """The lines with a difference."""
        return [line for line in self.lines if line.difference]

    @property
    def waits(self) -> bool:
        """Whether some line has no answer yet."""
        return any(not line.agreed_at and not line.disputed_reason for line in self.lines)


def _counts() -> Select[*tuple[Any, ...]]:
    return (
        select(
            StockCount.id,
            StockCount.number,
            StockCount.status,
            StockCount.day,
            StockCount.opened_at,
            StockCount.counted_at,
            StockCount.ended_at,
            Store.slug,
            Store.name,
            Store.address,
            Retailer.name,
            User.name,
        )
        .join(Store, Store.id == StockCount.store_id)
        .join(Retailer, Retailer.id == Store.retailer_id)
        .join(User, User.id == StockCount.opened_by_id)
    )


def list_counts_of_store(*, store_id: int, cursor: str | None = None) -> Page[CountView]:
    """Return the counts of a store, newest first, without their lines."""
    return _page(StockCount.store_id == store_id, cursor)


def list_counts_of_stall(*, stall_id: int, cursor: str | None = None) -> Page[CountView]:
    """Return the counts that found a difference in a producer's goods, without their lines."""
    touched = select(CountLine.count_id).where(
        CountLine.stall_id == stall_id, CountLine.counted != CountLine.expected
    )
    return _page(StockCount.id.in_(touched), cursor)


def _page(condition: ColumnElement[bool], cursor: str | None) -> Page[CountView]:
    after, newest = decode_day_cursor(cursor), (StockCount.day.desc(), StockCount.id.desc())
    asked = _counts().where(condition).order_by(*newest).limit(SIZE + 1)
    if after:
        day, count_id = after
        same_day = and_(StockCount.day == day, StockCount.id < count_id)
        asked = asked.where(or_(StockCount.day < day, same_day))
    rows = [CountView(*row) for row in db.session.execute(asked)]
    return cut_page(rows, size=SIZE, key=_place_of, is_first=after is None)


def _place_of(row: CountView) -> Key:
    return row.day.isoformat(), row.id


def find_unfinished(*, store_id: int) -> CountView | None:
    """Return the count of a store that must end before another begins, if there is one."""
    going = StockCount.status.in_((CountStatus.OPEN, CountStatus.COUNTED))
    asked = _counts().where(StockCount.store_id == store_id, going).order_by(StockCount.id).limit(1)
    row = db.session.execute(asked).one_or_none()
    return CountView(*row) if row else None


def count_waiting_for_stall(*, stall_id: int) -> int:
    """Return how many counts wait for a producer's answer."""
    asked = select(func.count(CountLine.count_id.distinct())).where(
        CountLine.stall_id == stall_id,
        CountLine.counted.is_not(None),
        CountLine.agreed_at.is_(None),
        CountLine.disputed_reason.is_(None),
    )
    return db.session.scalar(asked) or 0


def get_count_of_store(*, number: str, reach: Reach) -> CountView:
    """Return a count of a store within reach.

    :raises NotFound: there is none, or it is of another store
    """
    return _get(_counts().where(*_mine(number, reach)), stall_id=None)


def get_count_of_stall(*, number: str, stall_id: int) -> CountView:
    """Return a finished count with a producer's own lines only.

    :raises NotFound: there is none, or none of the goods were the producer's
    """
    asked = _counts().where(StockCount.number == number, _has_goods_of(stall_id))
    return _get(asked, stall_id=stall_id)


def lock_count_of_store(*, number: str, reach: Reach) -> StockCount:
    """Return a count of a store within reach, to change it.

    :raises NotFound: there is none, or it is of another store
    """
    return _lock(*_mine(number, reach))


def lock_count_of_stall(*, number: str, stall_id: int) -> StockCount:
    """Return a count with a producer's goods, to answer it.

    :raises NotFound: there is none, or none of the goods were the producer's
    """
    return _lock(StockCount.number == number, _has_goods_of(stall_id))


def _has_goods_of(stall_id: int) -> ColumnElement[bool]:
    own = select(CountLine.count_id).where(
        CountLine.stall_id == stall_id, CountLine.counted.is_not(None)
    )
    return StockCount.id.in_(own)


def _mine(number: str, reach: Reach) -> list[ColumnElement[bool]]:
    stores = select(Store.id).where(Store.retailer_id == reach.retailer_id)
    mine: list[ColumnElement[bool]] = [
        StockCount.number == number,
        StockCount.store_id.in_(stores),
    ]
    return mine if reach.store_id is None else [*mine, StockCount.store_id == reach.store_id]


def _lock(*conditions: ColumnElement[bool]) -> StockCount:
    found = db.session.scalar(select(StockCount).where(*conditions).with_for_update())
    if found is None:
        raise NotFound
    return found


def _get(asked: Select[*tuple[Any, ...]], *, stall_id: int | None) -> CountView:
    row = db.session.execute(asked).one_or_none()
    if row is None:
        raise NotFound
    lines = (
        select(
            CountLine.batch_id,
            ProductSheet.name,
            Batch.code,
            Batch.expires_on,
            CountLine.stall_id,
            Stall.name,
            CountLine.expected,
            CountLine.counted,
            CountLine.bearer,
            Agreement.price,
            CountLine.agreed_at,
            CountLine.disputed_reason,
        )
        .join(Batch, Batch.id == CountLine.batch_id)
        .join(Agreement, Agreement.id == Batch.agreement_id)
        .join(ProductSheet, ProductSheet.id == Batch.sheet_id)
        .join(Stall, Stall.id == CountLine.stall_id)
        .where(CountLine.count_id == row[0])
        .order_by(ProductSheet.name, Batch.code, Batch.id)
    )
    if stall_id is not None:
        lines = lines.where(CountLine.stall_id == stall_id)
    found: Any = db.session.execute(lines)
    values: Any = (*row, [CountedRow(*line) for line in found])
    return CountView(*values)
