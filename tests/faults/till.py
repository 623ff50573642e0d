"""Officers at the counter: each press is about a stall, a courier or a customer of its own."""

from collections.abc import Callable
from itertools import count

from flask import Flask
from sqlalchemy import select

from pol.identity.rules import Role
from pol.kernel import clock
from pol.kernel.db import db
from pol.kernel.money import Rupiah
from pol.kernel.transaction import transaction
from pol.ledger import services as ledger
from pol.ledger.queries import get_balance
from pol.orders.models import OrderLine
from pol.payments.rules import Method
from pol.stalls.models import Market
from tests.factories.catalogue import make_product
from tests.factories.orders import (
    bring_to_customer,
    make_kept_stall,
    make_open_market,
    orders_of,
    pay,
    place,
)
from tests.factories.people import give_role, make_person
from tests.faults.press import DONE_OR_DONE_BEFORE, Effect, Press
from tests.payments.counter import counted
from tests.rig.client import open_session
from tests.rig.visitor import Visitor

OWED, PAID, PRICE, BACK = 80_000, 50_000, 30_000, 10_000
_numbers = count(1)


class Till:
    """An officer who takes cash in, brings it to the bank and gives money back."""

    def __init__(self, app: Flask, url: str) -> None:
        with transaction():
            self._officer = make_person("Bu Loket (contoh)")
        self._at_officer = Visitor(app, url, sid=open_session(self._officer))

    @property
    def ways(self) -> dict[str, Callable[[], Press]]:
        """Return what is done at the counter."""
        return {
            "debt, paid": self.take_debt,
            "till, emptied": self.bring_to_bank,
            "bag, accepted": self.accept_bag,
            "line, refunded": self.give_back,
        }

    def take_debt(self) -> Press:
        """Take some of what a stall owes."""
        with transaction():
            market = self._market()
            stall, _ = make_kept_stall(market)
            _give(f"cash:stall:{stall.id}", OWED)
        codes = (f"cash:stall:{stall.id}", f"cash:market:{market.id}")
        return self._press(
            f"/petugas/setoran/lapak/{stall.slug}", lambda: _cash(*codes),
            (OWED, 0), (OWED - PAID, PAID), key=_key(), seen=str(OWED), amount=str(PAID),
        )  # fmt: skip

    def bring_to_bank(self) -> Press:
        """Bring some of the till's cash to the bank."""
        with transaction():
            market = self._market()
            _give(f"cash:market:{market.id}", OWED)
        codes = (f"cash:market:{market.id}", f"bank:market:{market.id}")
        return self._press(
            f"/petugas/kas/{market.slug}/bank", lambda: _cash(*codes),
            (OWED, 0), (OWED - PAID, PAID), key=_key(), amount=str(PAID), reference="BRI 1",
        )  # fmt: skip

    def accept_bag(self) -> Press:
        """Take a courier's bag over."""
        with transaction():
            market, courier = self._market(), make_person("Kang Tas (contoh)")
            give_role(courier, Role.COURIER, market_id=market.id)
            _give(f"cash:courier:{courier.id}", OWED)
            shift = counted(courier, market, OWED, seen=OWED, now=clock.now())
            number = shift.number
        codes = (f"cash:courier:{courier.id}", f"cash:market:{market.id}")
        return self._press(
            f"/petugas/setoran/kurir/{number}/terima", lambda: _cash(*codes),
            (OWED, 0), (0, OWED), counted=str(OWED),
        )  # fmt: skip

    def give_back(self) -> Press:
        """Give a part of a line back as store credit."""
        now = clock.now()
        with transaction():
            stall, trader = make_kept_stall(self._market())
            customer = make_person("Mbak Kembali (contoh)")
            product = make_product(stall, price=PRICE, stock_milli=None)
            group = place([(product, 1_000)], now=now, method=Method.TRANSFER, user=customer)
            pay(group, officer=self._officer, now=now)
            (order,) = orders_of(group)
            bring_to_customer(order, trader=trader, courier=make_person(), now=now)
            of_order = select(OrderLine.id).where(OrderLine.order_id == order.id)
            line, number = db.session.scalars(of_order).one(), order.number
        codes = (f"credit:customer:{customer.id}", f"payable:stall:{stall.id}")
        before = _cash(*codes)
        press = self._press(
            f"/petugas/pesanan/{number}/kembali", lambda: _cash(*codes),
            before, (before[0] - BACK, before[1] + BACK), line=str(line), amount=str(BACK),
            channel="credit", reason="Layu", seen="0", counted=str(BACK),
        )  # fmt: skip
        press.answers = DONE_OR_DONE_BEFORE
        return press

    def _market(self) -> Market:
        market = make_open_market()
        give_role(self._officer, Role.MARKET_OFFICER, market_id=market.id)
        return market

    def _press(
        self, path: str, look: Callable[[], object], before: object, after: object, **values: str
    ) -> Press:
        tab = self._at_officer.twin()
        form = tab.filled(path, **values)
        return Press("counter", "petugas", tab, form, effect=Effect(look, before, after))


def _give(code: str, amount: int) -> None:
    """Let cash come into a hand."""
    ledger.post(
        key=f"loket:{next(_numbers)}",
        at=clock.now(),
        reference="loket",
        memo="Uji",
        lines=[(code, Rupiah(amount)), ("held:orders", Rupiah(-amount))],
    )


def _key() -> str:
    return f"loket-{next(_numbers):016}"


def _cash(*codes: str) -> tuple[int, ...]:
    return tuple(get_balance(code).amount for code in codes)
