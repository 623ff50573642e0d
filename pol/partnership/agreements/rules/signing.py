"""Who may sign what: the name, the text that was read, and the terms that rules allow."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from pol.kernel.errors import Refused
from pol.partnership.agreements.rules import AgreementStatus
from pol.partnership.slots.rules import Bearer

SIGN_DAYS = 14
"""How long a draft waits for both names."""


class NotToSign(Refused):
    message = "Perjanjian ini tidak menunggu tanda tangan lagi."


class TooLateToSign(Refused):
    message = (
        "Perjanjian ini mestinya ditandatangani kedua pihak paling lambat %(day)s, jadi sekarang "
        "batal dan tempatnya ditawarkan ke antrean. Ajukan lagi kalau masih berminat."
    )


class AlreadySigned(Refused):
    message = "Pihak Anda sudah menandatangani perjanjian ini."


class TextChanged(Refused):
    message = (
        "Naskahnya berubah sejak Anda membacanya, jadi belum ditandatangani. Baca lagi, lalu "
        "ketik nama Anda."
    )


class OtherTextSigned(Refused):
    message = (
        "Pihak lain menandatangani naskah yang berbeda dari yang sekarang. Batalkan perjanjian "
        "ini, lalu buat yang baru."
    )


class NameDiffers(Refused):
    message = "Ketik nama Anda persis seperti di akun: %(name)s."


class OwnerSigns(Refused):
    message = "Hanya pemilik lapak yang menandatangani perjanjian. Minta pemiliknya membuka ini."


class TermsBreakRule(Refused):
    message = (
        "Syarat perjanjian ini melanggar %(code)s (%(source)s): %(wrong)s Ubah syaratnya dengan "
        "alasan, lalu tanda tangani."
    )


class TermsFrozen(Refused):
    message = (
        "Sudah ada yang menandatangani, jadi syaratnya tidak bisa diubah lagi. Batalkan perjanjian "
        "ini dulu bila memang harus berbeda."
    )


class TermsDiffer(Refused):
    message = (
        "Syarat perjanjian ini berbeda dari pembukaan %(number)s tanpa alasan tertulis: "
        "%(names)s. Tulis alasannya lewat “Ubah syarat”."
    )


class ChangeReasonNeeded(Refused):
    message = "Tulis alasan perubahannya dulu; kedua pihak membacanya sebelum menandatangani."


TERM_WORDS = {
    "form": "bentuk kerja sama",
    "margin_bp": "bagian toko",
    "payment_days": "masa bayar",
    "notice_days": "masa pemberitahuan",
    "min_life_bp": "sisa umur simpan",
    "unsold_bearer": "penanggung barang tidak laku",
    "damage_bearer": "penanggung barang rusak",
    "loss_bearer": "penanggung barang hilang",
    "late_fine_bp": "denda telat bayar",
    "short_fine_bp": "denda kurang kirim",
    "charges": "biaya lain",
    "price": "harga",
}


def sign_by(*, made_on: date, from_on: date, is_renewal: bool) -> date:
    """Return the last day to sign: somebody else waits for the place.

    What goes on at a place may be signed until it begins: nobody waits for that before.
    """
    usual = made_on + timedelta(days=SIGN_DAYS)
    return max(usual, from_on) if is_renewal else usual


def check_may_sign(
    *,
    status: AgreementStatus,
    signed: Mapping[Bearer, str],
    side: Bearer,
    read_sha256: str,
    text_sha256: str,
    last_on: date,
    today: date,
) -> None:
    """Check that a side may put its name under the text that it has read.

    `signed` is which text each side has signed.

    :raises AlreadySigned: this side has
    :raises NotToSign: it is signed by both, or was called off
    :raises TooLateToSign: `last_on`, the last day to sign, has passed
    :raises TextChanged: what was read is not what is there now
    :raises OtherTextSigned: the other side's name stands under another text
    """
    if side in signed:
        raise AlreadySigned
    if status is not AgreementStatus.DRAFT:
        raise NotToSign
    if today > last_on:
        raise TooLateToSign(day=f"{last_on:%d-%m-%Y}")
    if read_sha256 != text_sha256:
        raise TextChanged
    if any(theirs != text_sha256 for theirs in signed.values()):
        raise OtherTextSigned


def check_name(*, typed: str, name: str) -> None:
    """Check that somebody typed their own name; spaces and capitals do not matter.

    :raises NameDiffers: it is another one
    """
    if _plain(typed) != _plain(name):
        raise NameDiffers(name=name)


def check_may_change(*, status: AgreementStatus, signed: Collection[Bearer], reason: str) -> None:
    """Check that terms may still be changed.

    :raises NotToSign: it is no draft any more
    :raises TermsFrozen: one side has already signed these terms
    :raises ChangeReasonNeeded: nobody says why
    """
    if status is not AgreementStatus.DRAFT:
        raise NotToSign
    if signed:
        raise TermsFrozen
    if not reason.strip():
        raise ChangeReasonNeeded


def check_same_terms(*, differing: Collection[str], number: str, change_reason: str | None) -> None:
    """Check that terms equal the call's, or that the change has a reason that both sign.

    :raises TermsDiffer: they differ silently
    """
    if differing and not change_reason:
        names = ", ".join(TERM_WORDS.get(name, name) for name in differing)
        raise TermsDiffer(number=number, names=names)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
