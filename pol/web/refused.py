"""What was tried with money, weights or proofs and refused leaves a line in the audit trail."""

from flask import Flask, Response, g, request
from wtforms import Form

from pol.kernel import audit, clock
from pol.kernel.errors import Refused
from pol.kernel.transaction import transaction
from pol.web.forms.fields import QuantityField, RupiahField

WATCHED = frozenset(
    {
        "admin_commission", "admin_payouts",
        "courier_bag", "courier_refunds",
        "customer_answer", "customer_credit", "customer_group", "customer_pay", "customer_problem",
        "officer_deposits", "officer_groups", "officer_payouts", "officer_problems", "officer_qris",
        "officer_refund", "officer_refunds", "officer_till", "officer_transfers",
        "dinas_disputes", "producer_money", "retailer_bills",
        "trader_bank_account", "trader_orders", "trader_payments", "trader_problems",
        "trader_qris", "trader_scales",
    }
)  # fmt: skip
"""The blueprints whose forms move money, goods of an order, or what proves them."""
LONGEST_VALUE = 40


def _note(response: Response) -> Response:
    """Write the line after the page's own work, which was undone."""
    form, refusal = g.get("wrong_form"), g.get("refusal")
    if request.method != "POST" or request.blueprint not in WATCHED or not (form or refusal):
        return response
    viewer = g.get("viewer")
    with transaction():
        audit.record(
            action="money.refused",
            subject=f"{request.endpoint}:{request.path[:120]}",
            actor_id=viewer.user_id if viewer else None,
            now=clock.now(),
            **_detail(g.get("form"), refusal),
        )
    return response


def _detail(form: Form | None, refusal: Refused | None) -> dict[str, object]:
    """Return which rule or which fields refused, and the figures as they were typed."""
    numbers = [f for f in form or () if isinstance(f, RupiahField | QuantityField)]
    return {
        "refusal": type(refusal).__name__ if refusal else None,
        "fields": sorted(form.errors) if form and not refusal else [],
        "typed": {f.name: str(f.raw_data[0])[:LONGEST_VALUE] for f in numbers if f.raw_data},
    }


def register(app: Flask) -> None:
    """Look at every answer on its way out."""
    app.after_request(_note)
