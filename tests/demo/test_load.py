import json
from collections.abc import Collection, Iterator
from datetime import timedelta
from enum import StrEnum

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from pol.catalogue.models import Product
from pol.catalogue.rules import ProductStatus
from pol.demo import bulk_orders
from pol.demo.accounts import ACCOUNTS, COURIER, PASSWORD, TRADER
from pol.demo.checks import check_all
from pol.demo.goods import plan
from pol.demo.shelves import bulk_paper, seasons
from pol.identity.queries.people import find_by_phone, find_user
from pol.identity.rules.second_factor import matching_step
from pol.identity.services.passwords import match_secret
from pol.kernel import clock
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.orders.models import Order, OrderGroup
from pol.orders.queries.trader import count_by_status, sales_by_day
from pol.orders.rules.life import OrderStatus
from pol.partnership.agreements.models import Agreement
from pol.partnership.allocation.models import Offer
from pol.partnership.allocation.queries.fairness import list_decisions
from pol.partnership.applications.models import Application
from pol.partnership.applications.queries.forecast import list_lapsing
from pol.partnership.consignment.models import (
    DeliveryNote,
    ReturnNote,
    SaleImport,
    SaleLine,
    StockCount,
)
from pol.partnership.consignment.rules import ImportStatus
from pol.partnership.settlement.models import Bill, Dispute, Renewal
from pol.partnership.settlement.queries.compliance import Month, list_speeds, list_stores
from pol.partnership.settlement.rules import BillStatus
from pol.partnership.slots.models import Placement, SlotCall, Store
from pol.partnership.slots.queries.follow_ups import list_idle_stores
from pol.payments.models import BankDeposit, CashDeposit, CourierShift, Payment, RefundDue
from pol.payments.queries.cash import look_into_bag
from pol.payments.rules import PaymentStatus, RefundStatus
from pol.stalls.models import Stall
from pol.stalls.queries.seats import list_seats
from pol.stalls.rules import StallStatus
from tests.rig import databases
from tests.rig.databases import Database

S = OrderStatus


@pytest.fixture(scope="module")
def market(database: Database) -> Iterator[Flask]:
    """Give the small demo market, loaded once per run and engine."""
    with databases.created(database.kind, "demo_load", like="demo") as own:
        app = databases.application(own.url)
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def run(market: Flask) -> FlaskCliRunner:
    return market.test_cli_runner()


def test_the_small_market_is_of_believable_size_and_adds_up(market: Flask) -> None:
    counts = {
        model: db.session.scalar(select(func.count()).select_from(model))
        for model in (Stall, Product, Order)
    }
    assert counts == {Stall: 60, Product: 600, Order: 300}
    assert {found.promise: found.wrong for found in check_all() if found.wrong} == {}


def test_orders_stand_in_every_state(market: Flask) -> None:
    found = set(db.session.scalars(select(Order.status).distinct()))
    assert found == set(OrderStatus)


def test_every_desk_has_something_to_do(market: Flask) -> None:
    trader = find_by_phone(TRADER.phone)
    assert trader is not None
    (seat,) = list_seats(user_id=trader.id)
    at_stall = count_by_status(stall_id=seat.stall_id)
    assert all(at_stall[status] for status in (S.PLACED, S.ACCEPTED, S.READY, S.ON_THE_WAY))
    today = business_day(clock.now())
    days = sales_by_day(
        stall_id=seat.stall_id, since=today - timedelta(days=14), until=today + timedelta(days=1)
    )
    assert sum(day.orders for day in days) > 3
    proofs = select(Payment.id).where(Payment.status == PaymentStatus.PROOF_SENT)
    owed = select(RefundDue.id).where(RefundDue.status == RefundStatus.DUE)
    stalls = select(Stall.id).where(Stall.status == StallStatus.SUBMITTED)
    products = select(Product.id).where(Product.status == ProductStatus.SUBMITTED)
    assert all(db.session.scalars(each).all() for each in (proofs, owed, stalls, products))


def test_cash_has_found_its_way_home(market: Flask) -> None:
    accepted = CourierShift.accepted_at.is_not(None)
    shifts = select(CourierShift.id)
    owed = select(CourierShift.id).where(CourierShift.counted != CourierShift.expected, accepted)
    by_stalls = select(CashDeposit.id).where(CashDeposit.stall_id.is_not(None))
    wanted = {
        "waiting": shifts.where(~accepted),
        "accepted": shifts.where(accepted),
        "with a difference": owed,
        "of stalls": by_stalls,
    }
    assert not [name for name, each in wanted.items() if not db.session.scalars(each).all()]
    assert db.session.scalars(select(BankDeposit.id)).all()
    courier = find_by_phone(COURIER.phone)
    assert courier is not None
    assert look_into_bag(courier.id).lines


def test_retailers_have_lived_a_year_each_in_its_own_way(market: Flask) -> None:
    today = business_day(clock.now())
    speeds = list_speeds(today - timedelta(days=180), today)
    assert len(speeds) >= 5
    assert len({row.tenths for row in speeds}) == len(speeds)
    assert any(row.late for row in speeds)
    first_day = db.session.scalar(select(func.min(SaleLine.day)))
    assert first_day is not None
    assert (today - first_day).days > 350


@pytest.mark.parametrize(
    ("column", "never"),
    [
        (SlotCall.status, ()),
        (SlotCall.form, ()),
        (Application.status, ()),
        (Offer.status, ()),
        (Agreement.status, ()),
        (Placement.status, ()),
        (DeliveryNote.status, ()),
        (ReturnNote.status, ()),
        (ReturnNote.reason, ()),
        (StockCount.status, ()),
        (SaleImport.status, (ImportStatus.RUNNING, ImportStatus.REFUSED)),
        (Bill.status, (BillStatus.NOTHING_DUE,)),
        (Dispute.status, ()),
        (Renewal.kind, ()),
    ],
    ids=str,
)
def test_the_shelves_stand_in_every_state(
    market: Flask, column: InstrumentedAttribute[StrEnum], never: Collection[StrEnum]
) -> None:
    found = set(db.session.scalars(select(column).distinct()))
    every = set(type(next(iter(found))))
    assert found >= every - set(never)


def test_the_dinas_finds_something_on_every_page(market: Flask) -> None:
    today = business_day(clock.now())
    assert list_lapsing(today=today)
    assert list_idle_stores(today=today)
    assert any(decision.price for decision in list_decisions())
    shares = {row.share_ppm for row in list_stores(Month.of(today), today=today)}
    assert len(shares) > 5


def test_every_role_can_log_in(market: Flask, run: FlaskCliRunner) -> None:
    logins = json.loads(run.invoke(args=["demo", "accounts", "--json"]).stdout)
    assert [login["role"] for login in logins] == [account.role for account in ACCOUNTS]
    for login, account in zip(logins, ACCOUNTS, strict=True):
        assert match_secret(phone=account.phone, secret=login["password"])
        assert "(contoh)" in login["name"]
        assert login["home"].startswith("/")
        assert ("totp_secret" in login) == account.needs_code


def test_the_table_of_logins_says_how_to_get_a_code(run: FlaskCliRunner) -> None:
    table = run.invoke(args=["demo", "accounts"]).stdout
    assert table.count(PASSWORD) == len(ACCOUNTS)
    assert table.count("flask demo code") == sum(account.needs_code for account in ACCOUNTS)


def test_a_code_of_an_authenticator_app_lets_in(market: Flask, run: FlaskCliRunner) -> None:
    for account in ACCOUNTS:
        shown = run.invoke(args=["demo", "code", account.phone])
        assert (shown.exit_code == 0) == account.needs_code
        if account.needs_code:
            user = find_by_phone(account.phone)
            assert user is not None
            assert user.totp_secret is not None
            code = shown.stdout.strip()
            assert matching_step(user.totp_secret, code, now=clock.now()) is not None


def test_everybody_is_marked_as_made_up(market: Flask) -> None:
    names = db.session.scalars(select(OrderGroup.name).distinct()).all()
    assert [name for name in names if not name.endswith("(contoh)")] == []


def test_a_market_in_use_stays_as_it_is(market: Flask, run: FlaskCliRunner) -> None:
    again = run.invoke(args=["demo", "load"])
    assert again.exit_code == 1
    assert run.invoke(args=["demo", "load", "--if-empty"]).exit_code == 0
    assert db.session.scalar(select(func.count()).select_from(Stall)) == 60


def test_a_real_market_takes_no_demo_data(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, name="PRODUCTION", value=True)
    refused = app.test_cli_runner().invoke(args=["demo", "load"])
    assert refused.exit_code == 1
    assert find_user(1) is None


def test_a_poured_in_market_adds_up_just_as_well(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(plan.COUNTS, "regency", (2, 30, 90))
    monkeypatch.setattr(bulk_orders, "ORDERS", 600)
    monkeypatch.setattr(bulk_paper, "CHAINS", (4, 3, 2))
    monkeypatch.setattr(seasons, "WEEKS", 9)
    loaded = app.test_cli_runner().invoke(args=["demo", "load", "--size", "regency"])
    assert loaded.exit_code == 0, loaded.output
    orders = select(func.count()).select_from(Order)
    assert (db.session.scalar(orders) or 0) > 600
    courier = find_by_phone(COURIER.phone)
    assert courier is not None
    assert len(look_into_bag(courier.id).lines) < 60
    assert {found.promise: found.wrong for found in check_all() if found.wrong} == {}
    assert db.session.scalar(select(func.count()).select_from(Store)) == 4 + 3 + 2 + 5
    assert db.session.scalar(select(func.sum(SaleLine.quantity)))
    assert "difference" in loaded.output
