"""Final weighing (timbang akhir): what real grams do to a line that was sold as "about"."""

from enum import Enum, auto

from pol.kernel.errors import Refused
from pol.orders.rules.life import OrderStatus

MOST_TIMES = 3
"""More than this many times the order is a slip of the finger, not a fish."""


class Weighed(Enum):
    """What follows from a weight."""

    RESTATE = auto()  # the price follows the weight at once
    ASK = auto()  # heavier than the customer accepts unasked


class NotWeighed(Refused):
    message = "Barang ini dijual per satuan, jadi tidak perlu ditimbang."


class WeighTooEarly(Refused):
    message = "Terima dulu pesanannya, baru timbang barangnya."


class WeightImplausible(Refused):
    message = (
        "Berat itu tidak masuk akal: 0, atau lebih dari tiga kali yang dipesan. "
        "Periksa angkanya, misalnya 1,05 untuk satu kilo lebih lima puluh gram."
    )


class TooLittleStock(Refused):
    message = (
        "Stok produk ini tidak cukup untuk berat itu. Perbarui stoknya dulu, lalu simpan lagi."
    )


def most_unasked(ordered_milli: int, tolerance_bp: int) -> int:
    """Return the heaviest weight that the customer accepts without being asked, rounded down."""
    return ordered_milli + ordered_milli * tolerance_bp // 10_000


def weigh(
    *,
    status: OrderStatus,
    is_weighed: bool,
    ordered_milli: int,
    milli: int,
    tolerance_bp: int,
) -> Weighed:
    """Decide what a weight, in thousandths of the unit, means.

    :raises NotWeighed: the line is sold by the piece
    :raises WeighTooEarly: the order is not accepted, or is packed already
    :raises WeightImplausible: nothing, or more than three times what was ordered
    """
    if not is_weighed:
        raise NotWeighed
    if status is not OrderStatus.ACCEPTED:
        raise WeighTooEarly
    if not 0 < milli <= ordered_milli * MOST_TIMES:
        raise WeightImplausible
    return Weighed.ASK if milli > most_unasked(ordered_milli, tolerance_bp) else Weighed.RESTATE
