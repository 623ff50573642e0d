"""What an agreement is about, as plain values: the parties, the goods, the terms, the places."""

from dataclasses import dataclass
from datetime import date

from pol.kernel.money import Rupiah
from pol.partnership.slots.rules import Bearer, CoopForm
from pol.partnership.slots.rules.terms import Charge

TERMS = (
    *("form", "margin_bp", "payment_days", "notice_days", "min_life_bp"),
    *("unsold_bearer", "damage_bearer", "loss_bearer", "late_fine_bp", "short_fine_bp"),
)
"""What an agreement copies from its call, besides the dates."""


@dataclass(frozen=True)
class Party:
    """One side, as it is written on paper."""

    name: str
    identity: str
    phone: str


@dataclass(frozen=True)
class Spot:
    """A place on a shelf."""

    store: str
    address: str
    shelf: str
    x_mm: int
    width_mm: int
    facings: int


@dataclass(frozen=True)
class Deal:
    """Everything that the text of an agreement says."""

    number: str
    call_number: str
    retailer: Party
    producer: Party
    product: str
    product_number: str
    price: Rupiah
    form: CoopForm
    from_on: date
    until_on: date
    margin_bp: int
    charges: tuple[Charge, ...]
    payment_days: int
    settle_every_days: int
    notice_days: int
    min_life_bp: int
    unsold_bearer: Bearer
    damage_bearer: Bearer
    loss_bearer: Bearer
    late_fine_bp: int
    short_fine_bp: int
    spots: tuple[Spot, ...]
    change_reason: str | None
