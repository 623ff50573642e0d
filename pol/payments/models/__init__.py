"""Tables of payments: what customers pay, what is taken, kept and paid out."""

from pol.payments.models.cash import BankDeposit, CashDeposit, CourierShift, ShiftLine
from pol.payments.models.commission import CommissionRule
from pol.payments.models.payment import Payment, RefundDue
from pol.payments.models.payout import BankAccount, Payout, PayoutBatch
from pol.payments.models.provider import PaymentAttempt, ProviderMessage

__all__ = [
    "BankAccount",
    "BankDeposit",
    "CashDeposit",
    "CommissionRule",
    "CourierShift",
    "Payment",
    "PaymentAttempt",
    "Payout",
    "PayoutBatch",
    "ProviderMessage",
    "RefundDue",
    "ShiftLine",
]
