"""Tables of payments: what customers pay, what is taken, kept and paid out."""

from pol.payments.models.cash import CashDeposit, CourierShift
from pol.payments.models.commission import CommissionRule
from pol.payments.models.payment import Payment, RefundDue
from pol.payments.models.payout import BankAccount, Payout, PayoutBatch
from pol.payments.models.provider import PaymentAttempt, ProviderMessage

__all__ = [
    "BankAccount",
    "CashDeposit",
    "CommissionRule",
    "CourierShift",
    "Payment",
    "PaymentAttempt",
    "Payout",
    "PayoutBatch",
    "ProviderMessage",
    "RefundDue",
]
