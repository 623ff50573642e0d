"""Reading carts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select

from pol.cart.models import Cart, CartLine
from pol.cart.rules import IfGone, Step, Trouble, troubles_of
from pol.catalogue.models import PriceTier, Product, Stock
from pol.catalogue.rules import StockMode
from pol.kernel.db import db, run
from pol.kernel.localtime import business_day
from pol.kernel.money import Rupiah, total
from pol.kernel.text import decimal
from pol.kernel.tokens import hash_token
from pol.stalls.models import Market, Stall


@dataclass(frozen=True)
class Holder:
    """Whose cart: a person's, or a browser's by its token."""

    user_id: int | None
    token: str | None

    @property
    def who(self) -> int | str:
        """Return what the cart's row knows its holder by."""
        return hash_token(self.token or "") if self.user_id is None else self.user_id

    def pick(self, statements: "Statements") -> "Select[Any]":
        """Return the statement for this kind of holder; it takes `who`."""
        return statements[self.user_id is not None]


Statements = dict[bool, Select[Any]]
"""One statement for carts of people (True) and one for those of browsers (False).

Built once: putting a long statement together costs more than the database needs to answer it.
"""

OWNS: dict[bool, ColumnElement[bool]] = {
    True: Cart.user_id == bindparam("who"),
    False: Cart.token_hash == bindparam("who"),
}


LINES_IN_CART = (
    select(func.count())
    .select_from(CartLine)
    .where(CartLine.cart_id == Cart.id)
    .correlate(Cart)
    .scalar_subquery()
)

OTHER_LINES_IN_CART = (
    select(func.count())
    .select_from(CartLine)
    .where(CartLine.cart_id == Cart.id, CartLine.product_id != Product.id)
    .correlate(Cart, Product)
    .scalar_subquery()
)

TIER_PRICE = (
    select(PriceTier.price)
    .where(
        PriceTier.product_id == CartLine.product_id, PriceTier.from_milli <= CartLine.quantity_milli
    )
    .order_by(PriceTier.from_milli.desc())
    .limit(1)
    .correlate(CartLine)
    .scalar_subquery()
)
"""The price of the tier with the largest start that the quantity reaches."""


def _for_both(build: Callable[[ColumnElement[bool]], Select[Any]]) -> Statements:
    return {of_person: build(owns) for of_person, owns in OWNS.items()}


@dataclass(frozen=True)
class LineRow:
    """A line as the cart page and the checkout see it, at today's price."""

    id: int
    product_id: int
    slug: str
    name: str
    unit: str
    picture_key: str | None
    quantity_milli: int
    note: str
    if_gone: IfGone
    is_weighed: bool
    price_seen: Rupiah
    base_price: Rupiah
    price: Rupiah
    total: Rupiah
    free_milli: int | None
    step: Step
    troubles: Sequence[Trouble]
    stall_id: int
    stall_slug: str
    stall_name: str
    stall_phone: str
    pickup_at_stall: bool
    vacation: tuple[date, date] | None
    market_id: int
    market_name: str
    category_ids: tuple[int, int]

    @property
    def is_blocked(self) -> bool:
        """Answer whether this line must change before the cart can be ordered."""
        return bool(set(self.troubles) - {Trouble.PRICE})


def find_cart_id(holder: Holder) -> int | None:
    """Return the cart's id, if there is one."""
    cart = find_cart(holder)
    return cart[0] if cart else None


def find_cart(holder: Holder) -> tuple[int, int] | None:
    """Return the cart's id and how many lines it has, in one statement."""
    row = run(holder.pick(_CARTS), {"who": holder.who}).one_or_none()
    return (row[0], row[1]) if row else None


def count_lines(cart_id: int) -> int:
    """Return how many lines a cart has."""
    counted = select(func.count()).select_from(CartLine).where(CartLine.cart_id == cart_id)
    return db.session.scalar(counted) or 0


def list_lines(holder: Holder, *, now: datetime) -> list[LineRow]:
    """Return the lines of a cart, by market, stall and time added, in one statement."""
    return [_line(row, now) for row in run(holder.pick(_LINES), {"who": holder.who})]


def _cart_with_count(owns: ColumnElement[bool]) -> Select[Any]:
    return select(Cart.id, LINES_IN_CART).where(owns)


def _lines_of(owns: ColumnElement[bool]) -> Any:
    return (
        select(
            CartLine.id,
            CartLine.product_id,
            CartLine.quantity_milli,
            CartLine.note,
            CartLine.if_gone,
            CartLine.price_seen,
            Product.slug,
            Product.name,
            Product.unit,
            Product.picture_key,
            Product.price.label("base_price"),
            func.coalesce(TIER_PRICE, Product.price).label("price"),
            Product.min_milli,
            Product.step_milli,
            Product.is_weighed,
            Product.stock_mode,
            Product.listed_at,
            Product.category_id,
            Product.top_category_id,
            (Stock.on_hand_milli - Stock.reserved_milli - Stock.sold_milli).label("free_milli"),
            Stall.id.label("stall_id"),
            Stall.slug.label("stall_slug"),
            Stall.name.label("stall_name"),
            Stall.phone.label("stall_phone"),
            Stall.pickup_at_stall,
            Stall.vacation_from,
            Stall.vacation_until,
            Market.id.label("market_id"),
            Market.name.label("market_name"),
        )
        .join(Cart, Cart.id == CartLine.cart_id)
        .join(Product, Product.id == CartLine.product_id)
        .join(Stall, Stall.id == Product.stall_id)
        .join(Market, Market.id == Stall.market_id)
        .outerjoin(Stock, Stock.product_id == Product.id)
        .where(owns)
        .order_by(Market.id, Stall.id, CartLine.id)
    )


_CARTS, _LINES = _for_both(_cart_with_count), _for_both(_lines_of)


def _line(row: Any, now: datetime) -> LineRow:
    step = Step(row.min_milli, row.step_milli, f"{decimal(row.min_milli)} {row.unit.value}")
    free = None if row.stock_mode is StockMode.AS_AVAILABLE else (row.free_milli or 0)
    vacation = (row.vacation_from, row.vacation_until) if row.vacation_from else None
    away = vacation is not None and vacation[0] <= business_day(now) < (vacation[1] or date.max)
    return LineRow(
        id=row.id,
        product_id=row.product_id,
        slug=row.slug,
        name=row.name,
        unit=row.unit.value,
        picture_key=row.picture_key,
        quantity_milli=row.quantity_milli,
        note=row.note,
        if_gone=row.if_gone,
        is_weighed=row.is_weighed,
        price_seen=row.price_seen,
        base_price=row.base_price,
        price=row.price,
        total=row.price.for_quantity(row.quantity_milli),
        free_milli=free,
        step=step,
        troubles=troubles_of(
            is_listed=row.listed_at is not None and not away,
            free_milli=free,
            quantity_milli=row.quantity_milli,
            price_seen=row.price_seen,
            price_now=row.base_price,
            step=step,
        ),
        stall_id=row.stall_id,
        stall_slug=row.stall_slug,
        stall_name=row.stall_name,
        stall_phone=row.stall_phone,
        pickup_at_stall=row.pickup_at_stall,
        vacation=vacation,
        market_id=row.market_id,
        market_name=row.market_name,
        category_ids=(row.category_id, row.top_category_id),
    )


@dataclass(frozen=True)
class StallPart:
    """What lies in a cart of one stall."""

    name: str
    slug: str
    phone: str
    pickup_at_stall: bool
    lines: Sequence[LineRow]
    subtotal: Rupiah


@dataclass(frozen=True)
class MarketPart:
    """What lies in a cart of one market: one trip."""

    market_id: int
    name: str
    stalls: Sequence[StallPart]
    subtotal: Rupiah

    @property
    def pickup_at_stall(self) -> bool:
        """Answer whether every stall of this part hands goods over itself."""
        return all(stall.pickup_at_stall for stall in self.stalls)


def by_market(lines: Sequence[LineRow]) -> list[MarketPart]:
    """Arrange lines, which come sorted, by market and stall."""
    markets = []
    for market_id, own in groupby(lines, key=lambda line: line.market_id):
        stalls = [_stall_part(list(of)) for _, of in groupby(own, key=lambda line: line.stall_id)]
        name = stalls[0].lines[0].market_name
        markets.append(MarketPart(market_id, name, stalls, total(s.subtotal for s in stalls)))
    return markets


def _stall_part(lines: list[LineRow]) -> StallPart:
    first = lines[0]
    return StallPart(
        name=first.stall_name,
        slug=first.stall_slug,
        phone=first.stall_phone,
        pickup_at_stall=first.pickup_at_stall,
        lines=lines,
        subtotal=total(line.total for line in lines),
    )
