"""When a run may be asked for, changed by hand, reviewed and fixed."""

from collections.abc import Sequence

from pol.kernel.errors import Refused
from pol.partnership.allocation.rules.checker import Violation
from pol.partnership.allocation.rules.statuses import RunStatus
from pol.partnership.slots.rules import CallStatus

SECONDS = (30, 120, 300)
"""How long a run may think."""

BY_HAND = "by_hand"
GOING = (RunStatus.QUEUED, RunStatus.RUNNING)
EDITABLE = (RunStatus.COMPUTED, RunStatus.REVIEWED)


class CallNotClosed(Refused):
    message = (
        "Pendaftarannya belum ditutup, jadi penetapan belum bisa dihitung. Tunggu batas waktunya, "
        "atau tutup dulu."
    )


class NobodyPassed(Refused):
    message = "Belum ada pengajuan yang lolos kurasi, jadi tidak ada yang bisa ditetapkan."


class RunGoing(Refused):
    message = "Penetapan pembukaan ini sedang dihitung. Tunggu sampai selesai."


class RunNotThere(Refused):
    message = "Hitungan ini belum selesai atau sudah ditetapkan, jadi tidak bisa diubah."


class RunNotReviewed(Refused):
    message = "Periksa dulu hasilnya dan tandai sudah diperiksa, baru ditetapkan."


class InputChanged(Refused):
    message = (
        "Sejak dihitung, rak atau pengajuannya berubah: ada tempat yang sudah terisi, beban yang "
        "bertambah, atau pengajuan yang ditarik. Hitung sekali lagi, lalu tetapkan hasil yang baru."
    )


class EditBreaksRule(Refused):
    message = "Tempat itu tidak bisa: %(why)s."


class EditFacingsWrong(EditBreaksRule):
    """It breaks a rule by how many facings it asks for, not by where."""


class EditReasonMissing(Refused):
    message = "Tulis alasan perubahan ini; pemohon berhak membacanya."


class NothingChanged(Refused):
    message = "Tempatnya sama dengan yang sekarang, jadi tidak ada yang diubah."


WHY = {
    "width": "ambalannya tidak cukup panjang",
    "overlap": "menimpa barang di sebelahnya",
    "height": "barangnya lebih tinggi daripada ambalan",
    "depth": "barangnya lebih dalam daripada ambalan",
    "load": "bebannya melebihi kekuatan ambalan",
    "category": "jenis barang ini tidak boleh di ambalan itu",
    "capacity": "produsennya tidak sanggup membuat sebanyak itu",
    "producer": "produsen ini sudah punya tempat paling banyak di toko itu",
    "twice": "barang ini sudah berdiri di toko itu",
    "store": "pemohon tidak meminta toko itu",
    "facings": "jumlah muka di luar yang diminta pemohon",
}
OF_FACINGS = ("facings", "capacity")


def check_may_ask(*, status: CallStatus, passed: int, going: bool) -> None:
    """Require that a call is closed, somebody passed, and nothing is being computed.

    :raises CallNotClosed, NobodyPassed, RunGoing: otherwise
    """
    if status is not CallStatus.CLOSED:
        raise CallNotClosed
    if not passed:
        raise NobodyPassed
    if going:
        raise RunGoing


def check_editable(status: RunStatus) -> None:
    """Require that a run is computed and not fixed.

    :raises RunNotThere: otherwise
    """
    if status not in EDITABLE:
        raise RunNotThere


def check_edit(violations: Sequence[Violation]) -> None:
    """Require that the independent checker has nothing against a change.

    :raises EditBreaksRule, EditFacingsWrong: it has; says what first
    """
    if violations:
        first = violations[0]
        refusal = EditFacingsWrong if first.code in OF_FACINGS else EditBreaksRule
        raise refusal(why=WHY.get(first.code, first.message))


def gap_ppm(*, objective: int, bound: int) -> int:
    """Return the distance to the bound in millionths of the objective, rounded up."""
    return -(-(bound - objective) * 1_000_000 // max(1, abs(objective)))
