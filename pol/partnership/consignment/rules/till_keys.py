"""Keys of tills: how many a store may have, and how often one may speak."""

from datetime import datetime, timedelta

from pol.kernel.errors import NotAllowed, Refused

PREFIX = "pol_"
"""What every key begins with, so that people and scanners for leaked secrets know one when they
see it."""
LONGEST_LABEL = 40
MOST_LIVE = 20
MOST_A_MINUTE = 60
MINUTE = timedelta(minutes=1)


class TooManyKeys(Refused):
    message = "Toko ini sudah punya %(most)s kunci. Hentikan dulu yang tidak dipakai lagi."


class SameLabel(Refused):
    message = (
        "Sudah ada kunci “%(label)s” yang masih berlaku. Pakai nama lain, atau hentikan dulu yang "
        "lama."
    )


class KeyUnknown(NotAllowed):
    message = "Kunci kasir tidak dikenal atau sudah dihentikan. Minta kunci baru ke pemilik toko."


class TooOften(Refused):
    """Carries the seconds until the next request is welcome."""

    message = "Kasir ini mengirim lebih dari %(most)s kali semenit. Coba lagi %(seconds)s detik."

    def __init__(self, seconds: int) -> None:
        super().__init__(most=MOST_A_MINUTE, seconds=seconds)
        self.seconds = seconds


def count_use(*, uses: int, used_at: datetime | None, now: datetime) -> int:
    """Return how often a key was used in this minute, with this time.

    :raises TooOften: it was used too often in this minute already
    """
    minute = now.replace(second=0, microsecond=0)
    if used_at is None or used_at < minute:
        return 1
    if uses >= MOST_A_MINUTE:
        raise TooOften((minute + MINUTE - now).seconds + 1)
    return uses + 1
