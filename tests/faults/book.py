"""What people were told, held against what the tables say: nothing lost, nothing twice."""

from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import func, select

from pol.catalogue.models import Stock
from pol.kernel.db import db
from pol.kernel.money import ZERO, total
from pol.ledger.queries import check_ledger, get_balance
from pol.orders.models import Order, OrderGroup
from pol.orders.rules.life import OrderStatus
from pol.payments.models import Payment
from pol.payments.rules import PaymentStatus
from tests.faults.press import Effect, Press
from tests.faults.town import Town
from tests.orders.checks import check_group, check_stock


@dataclass
class Findings:
    """What does not agree, by kind."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.doubled or self.wrong)

    @property
    def numbers(self) -> dict[str, object]:
        """Return a line for the table."""
        return {
            "lost": len(self.lost),
            "doubled": len(self.doubled),
            "wrong_sums": len(self.wrong),
            "ledger": check_ledger().difference,
        }


def compare(town: Town) -> Findings:
    """Go through everything that was acknowledged."""
    db.session.rollback()
    db.session.expire_all()
    findings = Findings()
    told = [press for press in town.presses if press.acknowledged]
    for press in told:
        _look_for(press, findings)
    _check_goods(told, town, findings)
    _check_money(told, town, findings)
    return findings


def _look_for(press: Press, findings: Findings) -> None:
    if press.effect is not None:
        _look_at(press.effect, press.form.action, findings)
    elif press.what == "checkout":
        _look_for_group(press, findings)
    elif press.what == "payment" and _payment(press.number).status is not PaymentStatus.CONFIRMED:
        findings.lost.append(f"payment of {press.number}")
    elif press.what == "delivery" and _statuses(press.number) != {OrderStatus.DELIVERED}:
        findings.lost.append(f"delivery of {press.number}")


def _look_at(effect: Effect, path: str, findings: Findings) -> None:
    found = effect.look()
    if found == effect.before:
        findings.lost.append(path)
    elif found != effect.after:
        findings.wrong.append(f"{path}: {found} instead of {effect.after}")


def _look_for_group(press: Press, findings: Findings) -> None:
    numbers = db.session.scalars(
        select(OrderGroup.number).where(OrderGroup.name == press.who)
    ).all()
    if press.number not in numbers:
        findings.lost.append(f"{press.who}: {press.number}")
    if len(numbers) > 1:
        findings.doubled.append(f"{press.who}: {', '.join(numbers)}")


def _check_goods(told: list[Press], town: Town, findings: Findings) -> None:
    wanted: Counter[int] = Counter()
    for press in told:
        wanted += press.lines
    taken = Counter(
        {
            product_id: reserved + sold
            for product_id, reserved, sold in db.session.execute(
                select(Stock.product_id, Stock.reserved_milli, Stock.sold_milli)
            )
            if reserved + sold
        }
    )
    if wanted != taken:
        findings.wrong.append(f"stock: wanted {dict(wanted)}, taken {dict(taken)}")
    try:
        check_stock()
    except AssertionError as gap:
        findings.wrong.append(f"stock of orders: {gap}")


def _check_money(told: list[Press], town: Town, findings: Findings) -> None:
    for group in db.session.scalars(select(OrderGroup)):
        try:
            check_group(group)
        except AssertionError as gap:
            findings.wrong.append(f"{group.number}: {gap}")
    amounts = {
        what: total(_payment(press.number).amount for press in told if press.what == what)
        for what in ("payment", "delivery")
    }
    held = {
        "payment": get_balance(f"bank:market:{town.market_id}"),
        "delivery": get_balance(f"cash:courier:{town.courier_id}"),
    }
    if held != amounts:
        findings.wrong.append(f"money: {held} instead of {amounts}")
    report = check_ledger()
    if not report.is_sound or report.difference != ZERO:
        findings.wrong.append(f"ledger: {report}")


def _payment(number: str) -> Payment:
    return db.session.scalars(
        select(Payment)
        .join(OrderGroup, OrderGroup.id == Payment.group_id)
        .where(OrderGroup.number == number)
    ).one()


def _statuses(number: str) -> set[OrderStatus]:
    of_group = select(Order.status).join(OrderGroup, OrderGroup.id == Order.group_id)
    return set(db.session.scalars(of_group.where(OrderGroup.number == number)))


def count_groups() -> int:
    """Return how many order groups there are."""
    return db.session.scalar(select(func.count()).select_from(OrderGroup)) or 0
