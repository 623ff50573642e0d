"""Market officers and administrators: money back, payouts, cash, rules and books."""

from collections.abc import Callable, Mapping
from typing import Any

from pol.orders.models import OrderGroup
from tests.faults.presses.stage import Aim, Stage, on


def _refund(s: Stage, **typed: Any) -> Aim:
    page = f"/petugas/pengembalian/{s.due.id}"
    return on(page=page, refund_id=s.due.id, **typed)


def _order(s: Stage, group: OrderGroup, what: str) -> Aim:
    number = s.number(group)
    return on(
        page=f"/petugas/pesanan/{number}/{what}", order_number=number, reason="Layu",
        line=str(s.line(group)), amount="10.000", counted="10000", channel="credit",
    )  # fmt: skip


TABLE: Mapping[str, Callable[[Stage], Aim]] = {
    "officer_groups.call_off": lambda s: _order(s, s.placed, "batal"),
    "officer_groups.refund": lambda s: _order(s, s.delivered, "kembali"),
    "officer_groups.undo": lambda s: on(
        page=f"/petugas/belanjaan/{s.placed.number}/batal", number=s.placed.number,
        reason="Banjir", channel="credit",
    ),
    "officer_problems.decide": lambda s: on(
        page=f"/petugas/masalah/{s.values['officer_problems.problem_id']}",
        amount="2.000", counted="2000", channel="credit", reason="Layu",
    ),
    "officer_refund.change_way": lambda s: _refund(s, channel="cash"),
    "officer_refund.hand_out": lambda s: _refund(s, courier=str(s.people["courier"].id)),
    "officer_refund.take_back": lambda s: on(
        page=f"/petugas/pengembalian/{s.handed.id}", refund_id=s.handed.id
    ),
    "officer_refunds.finish": lambda s: on(),
    "officer_payouts.make": lambda s: on(pasar=str(s.market.id), sampai="2026-03-02"),
    "officer_payouts.approve": lambda s: on(number=s.batch.number, who="checker"),
    "officer_payouts.drop": lambda s: on(number=s.batch.number),
    "officer_payouts.paid": lambda s: on(),
    "officer_payouts.all_paid": lambda s: on(),
    "officer_payouts.failed": lambda s: on(),
    "officer_deposits.accept": lambda s: on(
        page=f"/petugas/setoran/kurir/{s.shift.number}", number=s.shift.number
    ),
    "officer_deposits.receive": lambda s: on(),
    "officer_till.bring": lambda s: on(),
    "admin_payouts.approve": lambda s: on(number=s.batch.number),
    "admin_commission.add": lambda s: on(rate="2,5", valid_from="2026-04-01", source="SK contoh"),
    "admin_commission.end": lambda s: on(),
    "admin_commission.withdraw": lambda s: on(rule_id=s.rule_id),
    "admin_books.close": lambda s: on(day="2026-03-01"),
}  # fmt: skip
"""By endpoint."""
