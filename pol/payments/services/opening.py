"""Opening the payment of a new order group, in the way that the customer chose."""

from pol.kernel.db import run, table
from pol.kernel.money import ZERO, Rupiah
from pol.payments.models import Payment
from pol.payments.queries.qris import find_payee, has_payee
from pol.payments.rules import Method, PaymentStatus
from pol.payments.rules.provider import OnlineNotOffered
from pol.payments.rules.qris import QrisNotOffered, make_dynamic, read_static
from pol.payments.services import payments, providers, qris
from pol.payments.services.payments import Bill

_OPEN = table(Payment).insert()


def open_payment(*, bill: Bill, method: Method) -> Rupiah:
    """Open the payment; return the unique code that is charged on top of the bill.

    :raises NoAmountFree: all unique codes of a transfer are in use
    :raises QrisNotOffered, QrisAmountOutside: there is no code for this bill
    :raises OnlineNotOffered: there is no payment provider
    """
    if method is Method.TRANSFER:
        return payments.open_transfer(bill=bill)
    if method is Method.CASH:
        payments.open_cash(bill=bill)
    elif method is Method.QRIS:
        _open_qris(bill)
    else:
        _open_online(bill)
    return ZERO


def offered_methods(*, stall_ids: set[int], market_id: int, amount: Rupiah) -> list[Method]:
    """Return the ways in which a cart of this sum may be paid."""
    methods = [Method.CASH]
    if qris.limits().allow(amount) and has_payee(stall_ids=stall_ids, market_id=market_id):
        methods.append(Method.QRIS)
    if providers.in_use():
        methods.append(Method.ONLINE)
    return [*methods, Method.TRANSFER]


def _open_qris(bill: Bill) -> None:
    payee = find_payee(stall_ids=set(bill.stall_ids), market_id=bill.market_id)
    if payee is None:
        raise QrisNotOffered
    code = make_dynamic(read_static(payee.code), bill.amount, qris.limits())
    _insert(bill, Method.QRIS, stall_id=payee.stall_id, code=code)


def _open_online(bill: Bill) -> None:
    if providers.in_use() is None:
        raise OnlineNotOffered
    _insert(bill, Method.ONLINE)


def _insert(
    bill: Bill, method: Method, *, stall_id: int | None = None, code: str | None = None
) -> None:
    values = {
        "group_id": bill.group_id,
        "market_id": bill.market_id,
        "method": method,
        "status": PaymentStatus.WAITING,
        "amount": bill.amount,
        "unique_code": ZERO,
        "due_at": bill.due_at,
        "stall_id": stall_id,
        "qris": code,
    }
    run(_OPEN, values)
