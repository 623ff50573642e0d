"""Tables of consigned goods in stores."""

from pol.partnership.consignment.models.count import CountLine, StockCount
from pol.partnership.consignment.models.delivery import DeliveryLine, DeliveryNote
from pol.partnership.consignment.models.returning import ReturnLine, ReturnNote
from pol.partnership.consignment.models.sale import (
    PosMapping,
    SaleImport,
    SaleImportRow,
    SaleLine,
)
from pol.partnership.consignment.models.stock import Batch, StockEvent
from pol.partnership.consignment.models.till_key import TillKey

__all__ = [
    "Batch",
    "CountLine",
    "DeliveryLine",
    "DeliveryNote",
    "PosMapping",
    "ReturnLine",
    "ReturnNote",
    "SaleImport",
    "SaleImportRow",
    "SaleLine",
    "StockCount",
    "StockEvent",
    "TillKey",
]
