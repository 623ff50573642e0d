"""Every package with tables and every listener in the application, in two lists."""

from importlib import import_module

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
)
_wired: list[bool] = []


def wire() -> None:
    """Make all tables known and connect facts to those who react; a second call changes nothing."""
    if _wired:
        return
    _wired.append(True)
    import_module("pol.kernel.audit")
    for name in PACKAGES_WITH_TABLES:
        import_module(f"pol.{name}.models")
