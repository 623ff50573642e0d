"""Every page that a role may see, taken from the URL map and filled from what a market holds."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, url_for
from sqlalchemy import Select, select

from pol.catalogue.models import Category, Product
from pol.catalogue.rules import ProductStatus
from pol.delivery.models import Trip
from pol.identity.models import RoleGrant, User
from pol.identity.rules import Role
from pol.kernel.db import db
from pol.ledger.models import Account
from pol.orders.models import Order, OrderGroup, OrderLine, Problem, Shipment
from pol.orders.rules.life import OrderStatus
from pol.payments.models import (
    BankDeposit,
    CashDeposit,
    CommissionRule,
    CourierShift,
    Payout,
    PayoutBatch,
    RefundDue,
)
from pol.stalls.models import Market, Stall, StallMember
from pol.stalls.rules import StallStatus
from pol.web.guest import guest_key
from tests.browser import shelf

NOT_PAGES = {
    "static",
    "bundle",
    "public_health.alive",
    "public_health.ready",
    "public_pictures.show",
    "customer_pay.picture",
    "public_village.suggest",
    "trader_balance.download",
    "officer_payouts.bank_file",
    "trader_slip.printed",
    "admin_books.journal_file",
    "admin_books.journal_workbook",
    "admin_books.trial_file",
    "admin_books.trial_workbook",
    "officer_books.journal_file",
    "officer_books.journal_workbook",
    "officer_books.trial_file",
    "officer_books.trial_workbook",
    *shelf.NOT_PAGES,
}
AFTER_A_STEP = {"customer_checkout.show", "account_second_step.show", "account_home.start"}
"""They lead elsewhere unless something was done before: see the journeys."""

POLICIES = {
    "guest": ("open_to_all",),
    "customer": ("open_to_all", "login_only"),
    "trader": ("open_to_all", "login_only", "trader_only"),
    "courier": ("open_to_all", "login_only", "courier_only"),
    "market_officer": ("open_to_all", "login_only", "officer_only"),
    "administrator": ("open_to_all", "login_only", "admin_only"),
    "retailer": ("open_to_all", "login_only", "store_only", "retailer_only"),
    "store_clerk": ("open_to_all", "login_only", "store_only"),
    "dinas_officer": ("open_to_all", "login_only", "dinas_only"),
}
"""Which guards let each role in; the last one guards the pages that are its own."""

VARIANTS: dict[str, Sequence[dict[str, str]]] = {
    "public_search.show": ({"q": "bandeng"}, {"q": "zzzz"}, {"dari": "abc", "buka": "1"}),
    "public_village.search": ({"q": "sumberagung"}, {"q": "zzzz"}),
    "trader_orders.board": tuple({"tab": tab} for tab in ("disiapkan", "siap", "selesai", "batal")),
    "trader_sales.show": ({"hari": "90"},),
    "officer_products.index": ({"status": "published"},),
    "officer_transfers.show": ({"jumlah": "seratus"},),
    "officer_deposits.index": ({"hari": "2026-01-01"},),
}
Filling = dict[str, Any]


@dataclass(frozen=True)
class Visitor:
    """Somebody in a role; `user_id` is None for a guest."""

    role: str
    user_id: int | None

    def markets(self, role: Role) -> Select[int | None]:
        return select(RoleGrant.market_id).where(
            RoleGrant.user_id == self.user_id, RoleGrant.role == role
        )

    @property
    def stalls(self) -> Select[int]:
        return select(StallMember.stall_id).where(StallMember.user_id == self.user_id)


def addresses(app: Flask, visitor: Visitor) -> list[str]:
    """Return each page of this role; those that are its own in every state there is a row for."""
    shared = _addresses(app, visitor, POLICIES[visitor.role][:-1], most=1)
    return [*own_addresses(app, visitor), *shared]


def own_addresses(app: Flask, visitor: Visitor) -> list[str]:
    """Return the pages that belong to this role alone."""
    return _addresses(app, visitor, POLICIES[visitor.role][-1:])


def _addresses(
    app: Flask, visitor: Visitor, policies: Sequence[str], most: int | None = None
) -> list[str]:
    with app.test_request_context():
        return [
            url_for(endpoint, **filling)
            for endpoint, policy in _endpoints(app)
            if policy in policies
            for filling in _fillings(app, endpoint, visitor)[:most]
        ]


def _endpoints(app: Flask) -> Iterator[tuple[str, str]]:
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or set()) and rule.endpoint not in NOT_PAGES | AFTER_A_STEP:
            yield rule.endpoint, getattr(app.view_functions[rule.endpoint], "__policy__", "")


def _fillings(app: Flask, endpoint: str, visitor: Visitor) -> list[Filling]:
    (rule,) = app.url_map.iter_rules(endpoint)
    found = SOURCES[endpoint](visitor) if rule.arguments else [{}]
    return [*found, *VARIANTS.get(endpoint, ())]


def _slug_of(table: type[Market | Category]) -> Callable[[Visitor], list[Filling]]:
    query = select(table.slug).limit(1)
    return lambda _visitor: [{"slug": slug} for slug in db.session.scalars(query)]


def _each(name: str, column: Any, kind: Any, *where: Any) -> list[Filling]:
    """Return one row of each kind there is."""
    rows = db.session.execute(select(kind, column).where(*where).order_by(column))
    return [{name: value} for value in {found: value for found, value in rows}.values()]  # noqa: C416


def _groups(_visitor: Visitor) -> list[Filling]:
    query = select(Order.status, OrderGroup.number).join(
        OrderGroup, OrderGroup.id == Order.group_id
    )
    numbers = {number: None for _status, number in dict_of(query).items()}
    return [{"number": number, "kunci": guest_key(number)} for number in numbers]


def dict_of(query: Select[Any, Any]) -> dict[Any, Any]:
    """Return the last row for each first column."""
    return {key: value for key, value in db.session.execute(query)}  # noqa: C416 - Rows


def _delivered(_visitor: Visitor) -> list[Filling]:
    query = (
        select(OrderGroup.number, Order.number)
        .join(OrderGroup, OrderGroup.id == Order.group_id)
        .where(Order.delivered_at.is_not(None))
        .limit(1)
    )
    return [
        {"number": number, "order_number": order, "kunci": guest_key(number)}
        for number, order in db.session.execute(query)
    ]


def _numbers_of(market_ids: Select[int | None]) -> Select[str]:
    sent = select(Shipment.group_id).where(Shipment.market_id.in_(market_ids))
    paid = OrderGroup.paid_at.is_not(None)
    return select(OrderGroup.number).where(OrderGroup.id.in_(sent), paid).limit(2)


def _product_of_officer(visitor: Visitor) -> list[Filling]:
    mine = Product.market_id.in_(visitor.markets(Role.MARKET_OFFICER))
    shown = Product.status != ProductStatus.DRAFT
    return _each("slug", Product.slug, Product.status, mine, shown)


def _of_market(name: str, column: Any, market: Any, visitor: Visitor) -> list[Filling]:
    mine = market.in_(visitor.markets(Role.MARKET_OFFICER))
    return [{name: value} for value in db.session.scalars(select(column).where(mine).limit(1))]


def _paper(visitor: Visitor) -> list[Filling]:
    """Return a paper of each kind that somebody gave."""
    mine = CashDeposit.stall_id.in_(visitor.stalls) | CashDeposit.courier_id.in_([visitor.user_id])
    return _each("number", CashDeposit.number, CashDeposit.shift_id.is_(None), mine)


def _own_product(visitor: Visitor) -> list[Filling]:
    return _each("slug", Product.slug, Product.status, Product.stall_id.in_(visitor.stalls))


def _lines_in_hand(visitor: Visitor) -> list[Filling]:
    rows = db.session.execute(
        select(Order.number, OrderLine.id)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(Order.stall_id.in_(visitor.stalls), Order.status == OrderStatus.ACCEPTED)
        .limit(1)
    )
    return [{"number": number, "line_id": line_id} for number, line_id in rows]


def _own_problem(visitor: Visitor) -> list[Filling]:
    rows = db.session.execute(
        select(Order.number, Problem.id)
        .join(Order, Order.id == Problem.order_id)
        .where(Order.stall_id.in_(visitor.stalls))
        .limit(2)
    )
    return [{"number": number, "problem_id": problem_id} for number, problem_id in rows]


def _of_sent(column: Any, kind: Any, visitor: Visitor) -> Select[Any, Any]:
    sent = select(kind, column).select_from(Order).join(Shipment, Shipment.id == Order.shipment_id)
    return sent.where(Shipment.market_id.in_(visitor.markets(Role.MARKET_OFFICER)))


def _problems_of_officer(visitor: Visitor) -> list[Filling]:
    query = _of_sent(Problem.id, Problem.status, visitor).join(Problem)
    return [{"problem_id": found} for found in dict_of(query).values()]


def _groups_of_officer(visitor: Visitor) -> list[Filling]:
    query = _of_sent(OrderGroup.number, Order.status, visitor).join(OrderGroup)
    return [{"number": number} for number in dict.fromkeys(dict_of(query).values())][:4]


def _orders_of_officer(visitor: Visitor) -> list[Filling]:
    query = _of_sent(Order.number, Order.status, visitor).where(
        Order.status.in_({OrderStatus.PLACED, OrderStatus.DELIVERED})
    )
    return [{"order_number": number} for number in dict_of(query).values()]


SOURCES: dict[str, Callable[[Visitor], list[Filling]]] = {
    "public_market.show": _slug_of(Market),
    "public_market.stalls": _slug_of(Market),
    "public_category.show": _slug_of(Category),
    "public_stall.show": lambda _visitor: _each(
        "slug", Stall.slug, Stall.status, Stall.status == StallStatus.VERIFIED
    ),
    "public_product.show": lambda _visitor: _each(
        "slug", Product.slug, Product.stock_mode, Product.listed_at.is_not(None)
    ),
    "customer_group.show": _groups,
    "customer_problem.ask": _delivered,
    "customer_papers.receipt": _groups,
    "customer_papers.invoice": _groups,
    "trader_problems.show": _own_problem,
    "officer_problems.show": _problems_of_officer,
    "officer_groups.show": _groups_of_officer,
    "officer_groups.ask_undo": lambda visitor: _groups_of_officer(visitor)[:1],
    "officer_groups.ask_refund": _orders_of_officer,
    "officer_groups.ask_call_off": _orders_of_officer,
    "trader_slip.show": lambda visitor: _each(
        "number", Order.number, Order.status, Order.stall_id.in_(visitor.stalls)
    )[:2],
    "officer_books.account": lambda visitor: [
        {"code": code}
        for market_id in db.session.scalars(visitor.markets(Role.MARKET_OFFICER).limit(1))
        for code in db.session.scalars(
            select(Account.code).where(Account.code == f"bank:market:{market_id}")
        )
    ],
    "officer_books.group": lambda visitor: [
        {"number": number}
        for number in db.session.scalars(_numbers_of(visitor.markets(Role.MARKET_OFFICER)))
    ],
    "admin_books.account": lambda _visitor: _each("code", Account.code, Account.kind),
    "admin_books.group": lambda _visitor: [
        {"number": filling["number"]} for filling in _groups(_visitor)[:3]
    ],
    "trader_orders.show": lambda visitor: _each(
        "number", Order.number, Order.status, Order.stall_id.in_(visitor.stalls)
    ),
    "trader_scales.choose": _lines_in_hand,
    "trader_product.show": _own_product,
    "trader_product.edit": lambda visitor: _own_product(visitor)[:1],
    "courier_trips.show": lambda visitor: _each(
        "number",
        Trip.number,
        Trip.status,
        Trip.market_id.in_(visitor.markets(Role.COURIER)),
        Trip.courier_id.in_([visitor.user_id]) | Trip.courier_id.is_(None),
    ),
    "officer_refund.show": lambda visitor: _each(
        "refund_id",
        RefundDue.id,
        RefundDue.status,
        RefundDue.market_id.in_(visitor.markets(Role.MARKET_OFFICER)),
    ),
    "officer_stalls.show": lambda visitor: _each(
        "slug", Stall.slug, Stall.status, Stall.market_id.in_(visitor.markets(Role.MARKET_OFFICER))
    ),
    "officer_products.show": _product_of_officer,
    "officer_deposits.shift": lambda visitor: _each(
        "number",
        CourierShift.number,
        CourierShift.accepted_at.is_(None),
        CourierShift.market_id.in_(visitor.markets(Role.MARKET_OFFICER)),
    ),
    "officer_deposits.stall": lambda visitor: _of_market(
        "slug", Stall.slug, Stall.market_id, visitor
    ),
    "officer_till.show": lambda visitor: _of_market("slug", Market.slug, Market.id, visitor),
    "officer_till.paper": lambda visitor: _of_market(
        "number", BankDeposit.number, BankDeposit.market_id, visitor
    ),
    "account_deposit.show": _paper,
    "officer_qris.show": lambda visitor: _each(
        "slug", Market.slug, Market.qris, Market.id.in_(visitor.markets(Role.MARKET_OFFICER))
    ),
    "officer_payouts.show": lambda visitor: _each(
        "number",
        PayoutBatch.number,
        PayoutBatch.status,
        PayoutBatch.market_id.in_(visitor.markets(Role.MARKET_OFFICER)),
    ),
    "admin_payouts.show": lambda _visitor: _each("number", PayoutBatch.number, PayoutBatch.status),
    "trader_balance.payout": lambda visitor: _each(
        "number", Payout.number, Payout.status, Payout.stall_id.in_(visitor.stalls)
    ),
    "admin_commission.show_one": lambda _visitor: _each(
        "rule_id", CommissionRule.id, CommissionRule.valid_until.is_(None)
    ),
    "admin_people.show": lambda visitor: [{"user_id": visitor.user_id}, *_someone()],
    **shelf.SOURCES,
}


def _someone() -> list[Filling]:
    return [
        {"user_id": db.session.scalars(select(User.id).order_by(User.id.desc()).limit(1)).one()}
    ]
