"""Every package with tables and every listener in the application, in two lists."""

from importlib import import_module

from pol.catalogue.services import listing
from pol.identity.signals import CodeIssued
from pol.kernel.signals import subscribe
from pol.notices import services as notices
from pol.orders.services import paying
from pol.partnership.applications.services import call_news
from pol.partnership.slots.signals import CallCancelled, CallExtended
from pol.payments.signals import MoneyArrived
from pol.stalls.signals import StallChanged, StallSuspended, StallVerified

PACKAGES_WITH_TABLES = (
    "regions",
    "identity",
    "files",
    "notices",
    "ledger",
    "stalls",
    "catalogue",
    "payments",
    "delivery",
    "cart",
    "orders",
    "partnership.slots",
    "partnership.applications",
    "partnership.allocation",
    "partnership.agreements",
    "partnership.consignment",
    "partnership.settlement",
)
_wired: list[bool] = []


def wire() -> None:
    """Make all tables known and connect facts to those who react; a second call changes nothing."""
    if _wired:
        return
    _wired.append(True)
    import_module("pol.kernel.audit")
    import_module("pol.kernel.leases")
    for name in PACKAGES_WITH_TABLES:
        import_module(f"pol.{name}.models")
    subscribe(CodeIssued, notices.send_code)
    subscribe(MoneyArrived, paying.note_arrival)
    subscribe(StallVerified, listing.follow_stall)
    subscribe(StallSuspended, listing.follow_stall)
    subscribe(StallChanged, listing.follow_stall)
    subscribe(CallCancelled, call_news.tell_cancelled)
    subscribe(CallExtended, call_news.tell_extended)
