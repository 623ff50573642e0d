"""What letters say, and when the clock writes one; every figure is that of its day."""

from dataclasses import dataclass
from datetime import date, timedelta

from pol.kernel.money import Rupiah
from pol.partnership.agreements.rules.text import MONTHS
from pol.partnership.settlement.rules import LetterKind, RenewalKind
from pol.partnership.slots.rules import Bearer

REMIND_AFTER = (1, 8, 22)
"""Days late on which a bill gets its first, second and third reminder."""

APART_DAYS = 7
ORDINALS = ("pertama", "kedua", "ketiga")
PROPOSALS = {
    RenewalKind.RENEW: "Surat usulan perpanjangan tempat",
    RenewalKind.RESIZE: "Surat usulan perubahan ukuran tempat",
    RenewalKind.MOVE: "Surat usulan pemindahan tempat",
    RenewalKind.FREE: "Surat pengosongan tempat",
}
Facts = tuple[tuple[str, str], ...]
"""What a letter tells in a table: a name and what it is."""


@dataclass(frozen=True)
class Content:
    """A letter before it has a number; `facts` are pairs of a label and what it is."""

    kind: LetterKind
    from_side: Bearer
    title: str
    subject: str
    facts: Facts
    words: str


@dataclass(frozen=True)
class Overdue:
    """A bill whose day has passed."""

    number: str
    payable: Rupiah
    paid: Rupiah
    open: Rupiah
    due_on: date


@dataclass(frozen=True)
class Place:
    """A place as letters name it; `until_on` is exclusive."""

    number: str
    product: str
    store: str
    spot: str
    facings: int
    until_on: date

    @property
    def last_day(self) -> str:
        """Return the last day as letters write it."""
        return day_text(self.until_on - timedelta(days=1))


def day_text(day: date) -> str:
    """Return a day as letters write it."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def is_reminder_due(days_late: int, *, reminders: int, last_on: date | None, today: date) -> bool:
    """Answer whether a bill gets its next reminder: by days late, and a week after the last one."""
    if reminders >= len(REMIND_AFTER) or days_late < REMIND_AFTER[reminders]:
        return False
    return last_on is None or (today - last_on).days >= APART_DAYS


def remind(bill: Overdue, *, turn: int, today: date, late_fine_bp: int) -> Content:
    """Write a reminder in the producer's name; `turn` counts from 1."""
    days = (today - bill.due_on).days
    fine = ""
    if late_fine_bp:
        percent = f"{late_fine_bp / 100:g}".replace(".", ",")
        fine = f" Menurut perjanjian, uang yang telat dikenai denda {percent} %."
    return Content(
        kind=LetterKind.REMINDER,
        from_side=Bearer.PRODUCER,
        title=f"Surat pengingat {ORDINALS[turn - 1]}",
        subject=f"Tagihan {bill.number} telat {days} hari",
        facts=(
            ("Tagihan", bill.number),
            ("Untuk produsen", str(bill.payable)),
            ("Sudah dibayar", str(bill.paid)),
            ("Harus dibayar sekarang", str(bill.open)),
            ("Jatuh tempo", day_text(bill.due_on)),
        ),
        words="Sampai hari ini pembayaran tagihan ini belum kami terima seluruhnya. Mohon kirim "
        f"{bill.open} dan catat buktinya pada tagihan itu.{fine} Kalau ada baris yang tidak cocok, "
        "tahan baris itu saja; sisanya tetap dibayar.",
    )


def propose(
    place: Place,
    *,
    kind: RenewalKind,
    by: Bearer,
    until_on: date | None,
    facings: int | None,
    spot: str | None = None,
    reason: str,
    answer_by: date,
) -> Content:
    """Write what one side proposes for a place."""
    facts = [*_facts(place)]
    if until_on is not None:
        facts.append(("Diusulkan sampai", day_text(until_on - timedelta(days=1))))
    if facings is not None:
        facts.append(("Diusulkan menjadi", f"{facings} muka"))
    if spot is not None:
        facts.append(("Diusulkan pindah ke", spot))
    facts.append(("Dijawab paling lambat", day_text(answer_by)))
    leave = "Tempat dilepas bila barang di rak nol dan semua tagihan lunas. "
    return Content(
        kind=LetterKind.VACATING if kind is RenewalKind.FREE else LetterKind.PROPOSAL,
        from_side=by,
        title=PROPOSALS[kind],
        subject=f"{place.product} di {place.store}",
        facts=tuple(facts),
        words=f"{reason.strip()}\n{leave if kind is RenewalKind.FREE else ''}"
        "Tanpa jawaban tidak ada yang berubah: tidak ada perpanjangan diam-diam.",
    )


def answer(
    place: Place, *, to: str, kind: RenewalKind, by: Bearer, agreed: bool, words: str
) -> Content:
    """Write what the other side answered; `to` is the number of the proposal."""
    said = "disetujui" if agreed else "tidak disetujui"
    after = ""
    if agreed and kind is RenewalKind.RENEW:
        after = "\nPerjanjian lanjutannya sudah disiapkan dan berlaku sesudah ditandatangani."
    return Content(
        kind=LetterKind.ANSWER,
        from_side=by,
        title="Surat jawaban usulan",
        subject=f"Usulan {to} {said}",
        facts=(("Usulan", to), *_facts(place)),
        words=f"{PROPOSALS[kind].removeprefix('Surat ').capitalize()} ini {said}. "
        f"{words.strip()}".strip()
        + after,
    )


def lapse(place: Place, *, to: str, kind: RenewalKind, by: Bearer, answer_by: date) -> Content:
    """Write that a proposal got no answer; `by` is who proposed it, `to` is its number."""
    return Content(
        kind=LetterKind.ANSWER,
        from_side=by,
        title="Surat usulan tidak dijawab",
        subject=f"Usulan {to} lewat tanpa jawaban",
        facts=(
            ("Usulan", to),
            *_facts(place),
            ("Dijawab paling lambat", day_text(answer_by)),
        ),
        words=f"{PROPOSALS[kind].removeprefix('Surat ').capitalize()} ini tidak dijawab sampai "
        "waktunya lewat, jadi tidak berlaku lagi dan tidak ada yang berubah: tempat ini tetap "
        "seperti di perjanjiannya sampai hari terakhirnya. Tidak ada perpanjangan diam-diam. "
        "Kalau masih diinginkan, ajukan usulan baru.",
    )


def call_off(place: Place, *, renewal: str, agreement: str, why: str) -> Content:
    """Write that a renewal was called off, so that its place ends on its day all the same."""
    return _vacating(
        place,
        facts=(
            ("Usulan", renewal),
            ("Perjanjian lanjutan", agreement),
            *_facts(place),
            ("Sebab dibatalkan", why),
        ),
        words="Perpanjangan tempat ini sudah disetujui, lalu dibatalkan sebelum berlaku. Jadi "
        f"tempat ini selesai pada {place.last_day}, hari terakhirnya sekarang. Sampai hari itu "
        "barang tetap boleh dikirim dan dijual. Sesudahnya sisa barang dihitung bersama lalu "
        "diambil, tagihan yang terbuka dilunasi, dan tempat ini dilepas untuk produsen berikutnya.",
    )


def vacate(
    place: Place,
    *,
    agreement: str,
    why: str,
    stock: int,
    balance: Rupiah,
    unsigned: str | None = None,
) -> Content:
    """Write that an agreement is over and what is left to do before its place is free (I14).

    `unsigned` is the agreement that was to follow, if nobody has finished signing it.
    """
    late = (
        f" Perjanjian lanjutan {unsigned} sudah disepakati, tetapi belum ditandatangani kedua "
        "pihak; kalau masih ingin lanjut, tandatangani sebelum barangnya diambil."
        if unsigned
        else ""
    )
    return _vacating(
        place,
        facts=(
            ("Perjanjian", agreement),
            *_facts(place),
            ("Sebab berakhir", why),
            ("Barang yang masih di rak", f"{stock} buah"),
            ("Belum lunas", str(balance)),
        ),
        words="Perjanjian ini sudah berakhir dan tidak diperpanjang dengan sendirinya. Sisa barang "
        "dihitung bersama lalu diambil, dan tagihan yang terbuka dilunasi. Sesudah barang di rak "
        f"nol dan semua lunas, tempat ini dilepas untuk produsen berikutnya.{late}",
    )


def _vacating(place: Place, *, facts: Facts, words: str) -> Content:
    return Content(
        kind=LetterKind.VACATING,
        from_side=Bearer.RETAILER,
        title="Surat pengosongan tempat",
        subject=f"{place.product} di {place.store}",
        facts=facts,
        words=words,
    )


def _facts(place: Place) -> Facts:
    return (
        ("Tempat", f"{place.number}, {place.spot}"),
        ("Ukuran", f"{place.facings} muka"),
        ("Hari terakhir", place.last_day),
    )
