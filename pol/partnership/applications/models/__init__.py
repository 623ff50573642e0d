"""Tables of product sheets and applications."""

from pol.partnership.applications.models.application import (
    Application,
    ApplicationStep,
    ApplicationStore,
    CurationScore,
    RepairItem,
)
from pol.partnership.applications.models.sheet import ProductSheet, SheetPermit, StoreCode

__all__ = [
    "Application",
    "ApplicationStep",
    "ApplicationStore",
    "CurationScore",
    "ProductSheet",
    "RepairItem",
    "SheetPermit",
    "StoreCode",
]
