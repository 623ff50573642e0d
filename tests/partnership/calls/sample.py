"""Terms and rules to check, as they come from rows."""

from datetime import date
from typing import Any

from pol.kernel.money import Rupiah
from pol.partnership.slots.rules import (
    ChargeBasis,
    ChargeKind,
    CoopForm,
    RuleWeight,
    TermPlace,
    TermRuleKind,
)
from pol.partnership.slots.rules.terms import Charge, Rule, Terms

DAY = date(2026, 3, 2)


def rule(kind: TermRuleKind, number: int = 0, **other: Any) -> Rule:
    """Return a rule that binds everywhere from the sample day on."""
    values: dict[str, Any] = {
        "id": 1,
        "code": f"UJI-{kind.value}",
        "weight": RuleWeight.BINDS,
        "place": TermPlace.STORE,
        "source": "Aturan contoh",
        "article": "Pasal 1",
        "scope": "Toko swalayan",
        "says": "Bunyinya.",
        "remedy": "Obatnya.",
        "doubt": None,
        "form": None,
        "threshold": None,
        "valid_from": DAY,
        "valid_until": None,
    }
    return Rule(kind=kind, number=number, **values | other)


def charge(amount: int = 0, share_bp: int = 0, **other: Any) -> Charge:
    """Return a charge for a leaflet: each period, or a share of sales when one is given."""
    values: dict[str, Any] = {
        "kind": ChargeKind.PROMOTION,
        "basis": ChargeBasis.SHARE_OF_SALES if share_bp else ChargeBasis.PER_PERIOD,
        "name": "Brosur mingguan",
    }
    return Charge(amount=Rupiah(amount), share_bp=share_bp, **values | other)


def terms(*charges: Charge, **other: Any) -> Terms:
    """Return terms that keep every rule, of ten periods of a million rupiah each."""
    values: dict[str, Any] = {
        "form": CoopForm.CONSIGNMENT,
        "title": "Rak oleh-oleh Lamongan",
        "about": "Ruang rak untuk produk UMKM di dekat kasir.",
        "margin_bp": 2_000,
        "payment_days": 7,
        "periods": 10,
        "expected_sales": Rupiah(1_000_000),
        "new_goods_only": False,
        "late_fine_bp": 0,
        "short_fine_bp": 0,
        "area_share_bp": None,
        "best_level_bp": None,
    }
    return Terms(charges=charges, **values | other)
