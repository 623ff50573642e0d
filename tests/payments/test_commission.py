"""Commission from the rule to the ledger, and that old orders never move (I7)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from pol.kernel.audit import AuditEntry
from pol.kernel.errors import NotFound
from pol.kernel.localtime import business_day
from pol.kernel.money import ZERO, Rupiah
from pol.orders.models import Order, OrderLine
from pol.orders.queries.locks import lock_order
from pol.orders.services import goods, life
from pol.payments.models import CommissionRule
from pol.payments.queries import commission as queries
from pol.payments.rules import commission as rules
from pol.payments.services.commission import NewRule, add_rule, end_rule
from tests.factories.catalogue import make_category, make_product
from tests.factories.orders import (
    bring_to_customer,
    make_kept_stall,
    make_open_market,
    orders_of,
    place,
)
from tests.factories.traders import make_person
from tests.orders.checks import balance_of

DAY = timedelta(days=1)


def new_rule(now: datetime, **other: Any) -> NewRule:
    values: dict[str, Any] = {
        "basis_points": 250,
        "valid_from": business_day(now),
        "source": "SK contoh 1/2026",
    }
    return NewRule(**values | other)


def put(now: datetime, **other: Any) -> int:
    return add_rule(wanted=new_rule(now, **other), actor_id=None, now=now)


def terms_kept(order: Order) -> tuple[Any, ...]:
    return (
        order.commission_bp,
        order.commission_floor,
        order.commission_ceiling,
        order.commission_rule_id,
        order.commission,
    )


def test_without_a_rule_a_stall_keeps_everything(session: Session, now: datetime) -> None:
    stall, _ = make_kept_stall(make_open_market())
    (order,) = orders_of(place([(make_product(stall), 2_000)], now=now))
    assert terms_kept(order) == (0, ZERO, None, None, ZERO)


def test_the_same_rule_is_written_down_once(session: Session, now: datetime) -> None:
    put(now)
    with pytest.raises(rules.SameRule):
        put(now, source=" SK contoh 1/2026 ")
    put(now, floor=Rupiah(500))
    put(now, source="SK contoh 2/2026")
    ended = queries.lock_rule(put(now, basis_points=300))
    end_rule(rule=ended, until=business_day(now) + DAY, actor_id=make_person().id, now=now)
    put(now, basis_points=300)


def test_the_order_keeps_the_terms_and_the_market_gets_its_part(
    session: Session, now: datetime
) -> None:
    market = make_open_market()
    stall, trader = make_kept_stall(market)
    rule_id = put(now, floor=Rupiah(500), ceiling=Rupiah(2_000))
    group = place([(make_product(stall, price=30_000), 2_000)], now=now)
    (order,) = orders_of(group)
    kept = (250, Rupiah(500), Rupiah(2_000), rule_id, Rupiah(1_500))
    assert terms_kept(order) == kept
    bring_to_customer(order, trader=trader, courier=make_person(), now=now)
    assert balance_of(f"income:commission:{market.id}") == Rupiah(-1_500)
    assert balance_of(f"payable:stall:{stall.id}") == Rupiah(-58_500)


def test_each_stall_of_a_cart_gets_the_rule_of_its_leading_category(
    session: Session, now: datetime
) -> None:
    market, shelf = make_open_market(), make_category("Ikan")
    fish, rice = make_category("Ikan asin", parent=shelf), make_category("Beras")
    first, second = make_kept_stall(market)[0], make_kept_stall(market)[0]
    put(now, basis_points=100)
    put(now, basis_points=300, category_id=shelf.id)
    put(now, basis_points=400, category_id=rice.id)
    mixed = [make_product(first, category=fish), make_product(first, category=rice)]
    other = make_product(second, category=make_category())
    group = place([(mixed[0], 3_000), (mixed[1], 2_000), (other, 1_000)], now=now)
    assert [order.commission_bp for order in orders_of(group)] == [300, 100]


def test_a_line_that_is_gone_is_restated_by_the_rule_of_the_sale(
    session: Session, now: datetime
) -> None:
    stall, _ = make_kept_stall(make_open_market())
    put(now, basis_points=1_000, floor=Rupiah(2_000))
    (order,) = orders_of(place([(make_product(stall, price=9_000), 5_000)], now=now))
    assert order.commission == Rupiah(4_500)
    put(now, basis_points=5_000, stall_id=stall.id)
    (line,) = session.scalars(select(OrderLine).where(OrderLine.order_id == order.id))
    goods.shrink(order, line, 1_000)
    assert (order.subtotal, order.commission) == (Rupiah(9_000), Rupiah(2_000))


@pytest.mark.parametrize(
    ("other", "refusal"),
    [
        ({"source": "  "}, rules.SourceNeeded),
        ({"basis_points": 10_001}, rules.RateOutOfRange),
        ({"basis_points": -1}, rules.RateOutOfRange),
        ({"floor": Rupiah(-1)}, rules.RateOutOfRange),
        ({"floor": Rupiah(2), "ceiling": Rupiah(1)}, rules.LimitsCross),
        ({"stall_id": 1, "market_id": 1}, rules.OneScopeOnly),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(
    session: Session, now: datetime, other: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        put(now, **other)


def test_a_rule_never_reaches_into_the_past(session: Session, now: datetime) -> None:
    with pytest.raises(rules.RuleFromThePast):
        put(now, valid_from=business_day(now) - DAY)
    assert queries.get_rule(put(now)).source == "SK contoh 1/2026"
    with pytest.raises(NotFound):
        queries.get_rule(0)
    with pytest.raises(NotFound):
        queries.lock_rule(0)


def test_the_database_too_knows_only_one_scope(session: Session, now: datetime) -> None:
    market = make_open_market()
    rule = queries.lock_rule(put(now, market_id=market.id))
    rule.category_id = make_category().id
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_rule_ends_tomorrow_at_the_earliest_and_once(session: Session, now: datetime) -> None:
    rule, officer = queries.lock_rule(put(now)), make_person()
    today = business_day(now)
    with pytest.raises(rules.EndTooEarly):
        end_rule(rule=rule, until=today, actor_id=officer.id, now=now)
    end_rule(rule=rule, until=today + DAY, actor_id=officer.id, now=now)
    with pytest.raises(rules.RuleAlreadyOver):
        end_rule(rule=rule, until=today + 2 * DAY, actor_id=officer.id, now=now)
    product = make_product(make_kept_stall(make_open_market())[0])
    (last,) = orders_of(place([(product, 1_000)], now=now))
    (after,) = orders_of(place([(product, 1_000)], now=now + DAY))
    assert (last.commission_bp, after.commission_bp) == (250, 0)
    told = session.scalars(select(AuditEntry.action).where(AuditEntry.subject.like("commission%")))
    assert sorted(told) == ["commission.added", "commission.ended"]


def test_a_rule_that_has_not_begun_may_never_begin(session: Session, now: datetime) -> None:
    first = business_day(now) + 2 * DAY
    rule = queries.lock_rule(put(now, valid_from=first))
    with pytest.raises(rules.EndTooEarly):
        end_rule(rule=rule, until=first - DAY, actor_id=make_person().id, now=now)
    end_rule(rule=rule, until=first, actor_id=make_person().id, now=now)
    product = make_product(make_kept_stall(make_open_market())[0])
    (order,) = orders_of(place([(product, 1_000)], now=now + 2 * DAY))
    assert order.commission_rule_id is None


SCOPES = st.sampled_from(["everywhere", "market", "category", "stall"])
CHANGES = st.tuples(SCOPES, st.integers(0, 10_000), st.integers(0, 9_000), st.booleans())


@settings(
    max_examples=40,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(changes=st.lists(CHANGES, min_size=1, max_size=4))
def test_changing_rules_never_moves_an_old_order(
    session: Session, now: datetime, changes: list[tuple[str, int, int, bool]]
) -> None:
    savepoint = session.begin_nested()
    stall, trader = make_kept_stall(make_open_market())
    product = make_product(stall, price=7_777, stock_milli=None)
    scopes = {
        "everywhere": {},
        "market": {"market_id": stall.market_id},
        "category": {"category_id": product.category_id},
        "stall": {"stall_id": stall.id},
    }
    sold: dict[int, tuple[Any, ...]] = {}
    for at, (scope, basis_points, floor, ends) in enumerate(changes):
        today = now + at * DAY
        (order,) = orders_of(place([(product, 3_000)], now=today))
        sold[order.id] = terms_kept(order)
        made = put(today, basis_points=basis_points, floor=Rupiah(floor), **scopes[scope])
        if ends:
            rule = session.get_one(CommissionRule, made)
            end_rule(rule=rule, until=business_day(today) + DAY, actor_id=trader.id, now=today)
        session.flush()
        session.expire_all()
        for order_id, kept in sold.items():
            assert terms_kept(session.get_one(Order, order_id)) == kept
    for order_id, kept in sold.items():
        order = lock_order(order_id)
        (line,) = goods.list_active_lines(order)
        goods.shrink(order, line, 1_000)
        terms = rules.Terms(kept[0], kept[1], kept[2], kept[3])
        assert order.commission == terms.of(Rupiah(7_777))
        life.cancel_order(order=order, customer_id=None, now=order.placed_at)
        assert (order.subtotal, order.commission, order.commission_bp) == (ZERO, ZERO, kept[0])
    savepoint.rollback()
    session.expunge_all()
