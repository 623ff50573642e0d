"""Stock counts: what a difference means, and when it is agreed."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from pol.kernel.errors import Refused
from pol.partnership.consignment.rules import CountStatus, StockEventKind

ANSWER_WITHIN = timedelta(days=3)
"""After so long without a word a producer is taken to agree; notice and page say so."""

STATUS_WORDS: Mapping[CountStatus, str] = {
    CountStatus.OPEN: "sedang dihitung",
    CountStatus.COUNTED: "menunggu produsen",
    CountStatus.AGREED: "disepakati",
    CountStatus.DISPUTED: "dibantah",
}


class CountOpen(Refused):
    message = "Masih ada stok opname yang belum selesai di toko ini: %(number)s."


class NothingToCount(Refused):
    message = "Belum ada barang di rak toko ini, jadi belum ada yang dihitung."


class CountEnded(Refused):
    message = "Stok opname ini sudah tidak bisa diubah: %(status)s."


class NotCounted(Refused):
    message = "Isi hitungan %(name)s kode %(code)s; tulis 0 kalau tidak ada."


class StockHasMoved(Refused):
    message = "%(code)s di rak tinggal %(there)s, kurang dari selisihnya. Buka hitung ulang."


class DisputeReasonNeeded(Refused):
    message = "Tulis apa yang tidak cocok, supaya toko tahu apa yang dihitung ulang."


def check_open(status: CountStatus, needed: CountStatus) -> None:
    """:raises CountEnded: the count is not in the state that is needed"""
    if status is not needed:
        raise CountEnded(status=STATUS_WORDS[status])


def difference(expected: int, counted: int) -> tuple[StockEventKind, int] | None:
    """Return what a difference is and how large: lost or found; None when there is none."""
    if counted == expected:
        return None
    kind = StockEventKind.FOUND if counted > expected else StockEventKind.LOST
    return kind, abs(counted - expected)


def status_of(lines: Iterable[tuple[bool, bool]]) -> CountStatus:
    """Return what a count is when (agreed, disputed) of its lines are known."""
    pairs = list(lines)
    if not all(agreed or disputed for agreed, disputed in pairs):
        return CountStatus.COUNTED
    disputed = any(disputed and not agreed for agreed, disputed in pairs)
    return CountStatus.DISPUTED if disputed else CountStatus.AGREED
