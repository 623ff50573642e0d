"""`flask ledger check` names the groups that do not add up, and nothing else."""

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.kernel.money import Rupiah
from pol.orders.models import OrderGroup
from pol.orders.queries.checks import list_broken_groups, list_wrongly_held
from pol.orders.services import life
from pol.payments.rules import Method
from tests.factories.catalogue import make_product
from tests.factories.orders import (
    bring_to_customer,
    make_kept_stall,
    make_open_market,
    orders_of,
    pay,
    place,
)
from tests.factories.people import make_person
from tests.factories.traders import make_officer
from tests.ledger.test_append_only import cli, forge


@pytest.fixture
def groups(session: Session, now: datetime) -> list[OrderGroup]:
    """Give groups in every state of money: cash, waiting, held, handed over, refunded."""
    market = make_open_market()
    (one, trader), (two, _) = make_kept_stall(market), make_kept_stall(market)
    wishes = [(make_product(one, price=30_000), 1_000), (make_product(two), 2_000)]
    officer, courier = make_officer(market), make_person("Kurir")
    cash = place(wishes, now=now)
    paid = [place(wishes, now=now, method=Method.TRANSFER) for _ in range(3)]
    waiting = place(wishes, now=now, method=Method.TRANSFER)
    for group in paid:
        pay(group, officer=officer, now=now)
    for order in orders_of(paid[0]):
        life.refuse_order(order=order, trader_id=trader.id, reason="Habis", now=now)
    for group in (cash, paid[1]):
        bring_to_customer(orders_of(group)[0], trader=trader, courier=courier, now=now)
    db.session.commit()
    return [cash, *paid, waiting]


def test_a_sound_market_is_named_sound(app: Flask, groups: list[OrderGroup]) -> None:
    assert list_broken_groups() == []
    assert list_wrongly_held() == []
    result = cli(app).invoke(args=["ledger", "check"])
    assert (result.exit_code, result.output) == (0, "difference Rp0\n")


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE order_group SET goods = goods + 1",
        "UPDATE order_group SET delivery = delivery + 1",
        "UPDATE order_group SET charged = charged + 1",
        "UPDATE order_group SET refunded = refunded - 1, charged = charged + 5",
        "UPDATE order_group SET unique_code = unique_code + 1",
    ],
)
def test_a_group_that_does_not_add_up_is_named(
    app: Flask, groups: list[OrderGroup], forgery: str
) -> None:
    group = groups[1]
    number = group.number
    forge(f"{forgery} WHERE id = {group.id}")
    assert [broken.number for broken in list_broken_groups()] == [number]
    runner: FlaskCliRunner = cli(app)
    result = runner.invoke(args=["ledger", "check"])
    assert result.exit_code == 1
    first, second = result.output.splitlines()
    assert first == "difference Rp0"
    assert second.startswith(f"group {number}: goods ")


def test_what_is_held_is_what_parts_on_their_way_say(app: Flask, groups: list[OrderGroup]) -> None:
    group = groups[3]
    number = group.number
    for order in orders_of(group):
        order.prepaid = order.prepaid - Rupiah(7)
    db.session.commit()
    (wrong,) = list_wrongly_held()
    assert (wrong.number, (wrong.held - wrong.prepaid).amount) == (number, 14)
    result = cli(app).invoke(args=["ledger", "check"])
    assert result.exit_code == 1
    assert f"group {number}: prepaid " in result.output
