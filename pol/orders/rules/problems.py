"""Problems that customers report: until when, who answers, who decides, and for how much."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pol.kernel.errors import Refused
from pol.kernel.money import ZERO, Rupiah
from pol.orders.rules.life import ProblemStatus

PICTURES = 3
"""How many each side may send."""

ANSWER_WITHIN = timedelta(hours=24)
"""A trader who is silent for longer has had the say; the officer decides."""

DECISION_WITHIN = timedelta(hours=48)
"""What customers are promised; the clock starts with the report."""


@dataclass(frozen=True)
class Window:
    """For how long after its hand-over an order may be complained about."""

    since: datetime
    within: timedelta
    source: str


WINDOWS = (
    Window(
        datetime(2020, 1, 1, tzinfo=UTC),
        timedelta(hours=48),
        "Ketentuan layanan Pasar Online Lamongan; perlu dikonfirmasi pengelola pasar",
    ),
)
"""Newest last; the one that was in force at hand-over counts."""


class ProblemTooLate(Refused):
    message = "Komplain bisa dikirim setelah barang sampai, paling lama %(hours)s jam sesudahnya."


class ProblemTextMissing(Refused):
    message = "Ceritakan dulu masalahnya, supaya lapak bisa menolong."


class ProblemOpen(Refused):
    message = "Komplain untuk pesanan ini masih diproses. Tunggu putusannya dulu."


class WantedTooMuch(Refused):
    message = "Uang yang diminta paling banyak %(left)s, yaitu harga barang yang belum kembali."


class ProblemClosed(Refused):
    message = "Komplain ini sudah dijawab atau diputuskan. Muat ulang halaman."


class AnswerMissing(Refused):
    message = "Tulis jawaban untuk pembeli dulu, supaya petugas juga mengerti."


class DecisionMissing(Refused):
    message = "Tulis alasan putusannya dulu, supaya lapak dan pembeli mengerti."


class OwnStall(Refused):
    message = "Anda ikut menjaga lapak ini, jadi putusannya harus dari petugas lain."


def deadline(delivered_at: datetime) -> datetime:
    """Return until when goods of this hand-over may be complained about."""
    return delivered_at + _window(delivered_at).within


def _window(at: datetime) -> Window:
    return [window for window in WINDOWS if window.since <= at][-1]


def may_report(*, delivered_at: datetime | None, is_open: bool, now: datetime) -> bool:
    """Answer whether a page should offer to report a problem."""
    return delivered_at is not None and not is_open and now <= deadline(delivered_at)


def check_report(
    *,
    delivered_at: datetime | None,
    is_open: bool,
    text: str,
    wanted: Rupiah,
    left: Rupiah,
    now: datetime,
) -> None:
    """Raise unless the customer may report a problem now, and want so much of what is left back.

    :raises ProblemTooLate: nothing was handed over, or it was too long ago
    :raises ProblemOpen: another problem of the order is not decided
    :raises ProblemTextMissing: it does not say what is wrong
    :raises WantedTooMuch: more than is left of the order, or less than nothing
    """
    if delivered_at is None or now > deadline(delivered_at):
        window = _window(delivered_at or now)
        raise ProblemTooLate(hours=window.within // timedelta(hours=1))
    if is_open:
        raise ProblemOpen
    if not text.strip():
        raise ProblemTextMissing
    if not ZERO <= wanted <= left:
        raise WantedTooMuch(left=left)


def check_answer(*, status: ProblemStatus, text: str) -> None:
    """Raise unless the trader may answer like this; a yes and a no are both said once.

    :raises ProblemClosed: it was answered or decided before
    :raises AnswerMissing: it says nothing
    """
    if status is not ProblemStatus.OPEN:
        raise ProblemClosed
    if not text.strip():
        raise AnswerMissing


def check_decision(*, status: ProblemStatus, reason: str, keeps_stall: bool) -> None:
    """Raise unless the officer may decide; how much may go back `rules.refunding` says.

    :raises ProblemClosed: it was decided before
    :raises OwnStall: nobody decides about a stall they keep
    :raises DecisionMissing: it does not say why
    """
    if status is ProblemStatus.DECIDED:
        raise ProblemClosed
    if keeps_stall:
        raise OwnStall
    if not reason.strip():
        raise DecisionMissing


def is_silent(*, status: ProblemStatus, at: datetime, now: datetime) -> bool:
    """Answer whether the trader has let the time for an answer go by."""
    return status is ProblemStatus.OPEN and now > at + ANSWER_WITHIN
