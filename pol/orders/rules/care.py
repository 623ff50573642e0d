"""When a line may shrink."""

from pol.kernel.errors import Refused
from pol.orders.rules.life import OrderStatus

OPEN_TO_CHANGE = frozenset({OrderStatus.PLACED, OrderStatus.ACCEPTED})


class LineNotOpen(Refused):
    message = "Baris ini tidak bisa diubah lagi. Muat ulang halaman."


class NotLess(Refused):
    message = "Jumlah yang baru harus lebih kecil dari yang dipesan."


class LastLine(Refused):
    message = "Ini barang terakhir di pesanan. Kalau memang habis, tolak pesanannya."


def check_shrink(*, status: OrderStatus, is_active: bool, have: int, want: int, lines: int) -> None:
    """Raise unless a trader may leave `want` of a line of `have`, among so many active lines.

    :raises LineNotOpen: the order is packed, or the line is out already
    :raises NotLess: a line only ever shrinks
    :raises LastLine: the order would be empty
    """
    if status not in OPEN_TO_CHANGE or not is_active:
        raise LineNotOpen
    if not 0 <= want < have:
        raise NotLess
    if want == 0 and lines == 1:
        raise LastLine
