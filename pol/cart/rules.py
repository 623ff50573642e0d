"""What may lie in a cart, and why a line cannot be ordered as it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pol.kernel.errors import Refused
from pol.kernel.money import Rupiah

MAX_LINES = 60
MAX_MILLI = 10_000_000  # ten thousand units: more is a typing error


class IfGone(StrEnum):
    """What the customer wants when a line turns out to be gone."""

    CALL = "call"
    REPLACE = "replace"
    DROP = "drop"


class QuantityTooSmall(Refused):
    message = "Jumlahnya kurang: pembelian terkecil %(least)s."


class QuantityNotInSteps(Refused):
    message = "Jumlah itu tidak pas: mulai %(least)s, lalu kelipatannya."


class QuantityTooLarge(Refused):
    message = "Jumlah itu terlalu besar. Periksa lagi angkanya."


class CartFull(Refused):
    message = "Keranjang sudah penuh (60 barang). Pesan dulu yang ini, lalu belanja lagi."


class NotForSale(Refused):
    message = "Barang ini sedang tidak dijual."


@dataclass(frozen=True)
class Step:
    """The smallest quantity of a product and the step it grows by, in thousandths of its unit."""

    min_milli: int
    step_milli: int
    text: str


def check_quantity(milli: int, *, step: Step) -> None:
    """Raise unless the quantity can be sold.

    :raises QuantityTooSmall: below the minimum of sale
    :raises QuantityNotInSteps: not a whole number of steps above it
    :raises QuantityTooLarge: beyond any real purchase
    """
    if milli < step.min_milli:
        raise QuantityTooSmall(least=step.text)
    if milli > MAX_MILLI:
        raise QuantityTooLarge
    if (milli - step.min_milli) % step.step_milli:
        raise QuantityNotInSteps(least=step.text)


class Trouble(StrEnum):
    """Why a line cannot be ordered as it stands."""

    GONE = "gone"
    SHORT = "short"
    PRICE = "price"
    QUANTITY = "quantity"


def troubles_of(
    *,
    is_listed: bool,
    free_milli: int | None,
    quantity_milli: int,
    price_seen: Rupiah,
    price_now: Rupiah,
    step: Step,
) -> Sequence[Trouble]:
    """Return what the customer must know of a line; only PRICE lets it be ordered still."""
    if not is_listed:
        return [Trouble.GONE]
    found = []
    if free_milli is not None and free_milli < quantity_milli:
        found.append(Trouble.SHORT if free_milli >= step.min_milli else Trouble.GONE)
    if quantity_milli < step.min_milli or (quantity_milli - step.min_milli) % step.step_milli:
        found.append(Trouble.QUANTITY)
    if price_now != price_seen:
        found.append(Trouble.PRICE)
    return found
