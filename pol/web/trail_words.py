"""What the lines of the audit trail say to people: the happening, whom it is about, its details.

The codes themselves stay as they were written, sealed; what is missing here is shown as its code.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pol.identity.queries.trail import TrailRow
from pol.identity.rules import CodePurpose
from pol.identity.services.doors import Door
from pol.kernel.money import Rupiah
from pol.web.agreement_words import SIDES
from pol.web.forms.account_roles import ROLE_NAMES
from pol.web.language import lazy_gettext as _l
from pol.web.trail_names import ACTIONS, SUBJECTS

DETAILS: Mapping[str, Any] = {
    "address": _l("alamat"),
    "after": _l("sesudah"),
    "amount": _l("jumlah"),
    "bad": _l("ditolak"),
    "before": _l("sebelum"),
    "by": _l("oleh"),
    "came_from": _l("semula"),
    "count": _l("banyaknya"),
    "counted": _l("terhitung"),
    "courier": _l("kurir"),
    "device": _l("perangkat"),
    "door": _l("lewat"),
    "ends_with": _l("akhiran"),
    "entries": _l("banyak catatan"),
    "expected": _l("seharusnya"),
    "fields": _l("isian"),
    "good": _l("diterima"),
    "kind": _l("jenis"),
    "market_id": _l("pasar"),
    "number": _l("nomor"),
    "purpose": _l("untuk"),
    "reason": _l("alasan"),
    "reference": _l("rujukan"),
    "refusal": _l("penolakan"),
    "region_code": _l("wilayah"),
    "role": _l("peran"),
    "seal": _l("segel"),
    "sha256": _l("sidik"),
    "shelf": _l("ambalan"),
    "shortage": _l("kurang"),
    "side": _l("pihak"),
    "source": _l("dasar"),
    "stall": _l("lapak"),
    "status": _l("keadaan"),
    "terms_sha256": _l("sidik syarat"),
    "text_sha256": _l("sidik naskah"),
    "typed": _l("diketik"),
    "user_id": _l("akun"),
    "valid_from": _l("berlaku mulai"),
    "valid_until": _l("berlaku sampai"),
}
DOORS: Mapping[str, Any] = {
    Door.PASSWORD: _l("sandi"),
    Door.CODE: _l("kode sekali pakai"),
    Door.LETTER: _l("surat berisi kode"),
    Door.SECOND_FACTOR: _l("langkah kedua"),
    Door.REGISTRATION: _l("pendaftaran"),
    Door.ORDER: _l("lacak pesanan"),
    Door.CALLBACK: _l("pesan penyedia"),
}
PURPOSES: Mapping[str, Any] = {
    CodePurpose.RESET_PASSWORD: _l("lupa sandi"),
    CodePurpose.NEW_DEVICE: _l("perangkat baru"),
    CodePurpose.FIRST_ADMINISTRATOR: _l("administrator pertama"),
}
VALUES: Mapping[str, Mapping[Any, Any]] = {
    "door": DOORS,
    "purpose": PURPOSES,
    "role": ROLE_NAMES,
    "side": SIDES,
}
MONEY = frozenset(
    {"amount", "awarded", "counted", "expected", "held", "payable", "shortage", "wanted"}
)
"""The details that are rupiah wherever they are written."""

SEAL = re.compile("[0-9a-f]{64}")
SEAL_SHOWN = 12


@dataclass(frozen=True)
class Detail:
    """One detail; `whole` is what was too long to show."""

    name: str
    value: str
    whole: str | None = None


@dataclass(frozen=True)
class Line:
    """A line of the trail with what it says."""

    row: TrailRow
    action: str
    subject: str
    details: tuple[Detail, ...]


def in_words(row: TrailRow) -> Line:
    """Return a line of the trail as people read it."""
    return Line(
        row=row,
        action=str(ACTIONS.get(row.action, row.action)),
        subject=subject_words(row.subject),
        details=tuple(_details(row.detail)),
    )


def subject_words(code: str) -> str:
    """Return whom or what a line is about: "user:6" is account 6, an address is a page."""
    kind, _sep, rest = code.partition(":")
    if rest.startswith("/"):  # a refused form says its endpoint instead of a kind
        kind = "page"
    return str(SUBJECTS[kind]) % {"number": rest} if kind in SUBJECTS else code


def _details(detail: Mapping[str, Any]) -> Iterator[Detail]:
    for name, value in detail.items():
        if value in (None, "", [], {}):
            continue
        words = str(DETAILS.get(name, name))
        if isinstance(value, str) and SEAL.fullmatch(value):
            yield Detail(words, f"{value[:SEAL_SHOWN]}…", value)
        elif isinstance(value, int) and name in MONEY:
            yield Detail(words, str(Rupiah(value)))
        elif isinstance(value, str):
            yield Detail(words, str(VALUES.get(name, {}).get(value, value)))
        else:
            yield Detail(words, str(value))
