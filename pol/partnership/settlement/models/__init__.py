"""Tables of settlement between retailers and producers."""

from pol.partnership.settlement.models.bill import (
    IS_ONCE,
    Bill,
    BillLine,
    SettledEvent,
    SettlementPeriod,
)
from pol.partnership.settlement.models.dispute import Dispute, DisputeStep
from pol.partnership.settlement.models.letter import ShelfLetter
from pol.partnership.settlement.models.payment import BillPayment
from pol.partnership.settlement.models.renewal import Renewal

__all__ = [
    "IS_ONCE",
    "Bill",
    "BillLine",
    "BillPayment",
    "Dispute",
    "DisputeStep",
    "Renewal",
    "SettledEvent",
    "SettlementPeriod",
    "ShelfLetter",
]
