"""Which passwords and PINs are good enough, and how long one-time codes live."""

from datetime import timedelta

from pol.identity.rules import CodePurpose
from pol.kernel.errors import Refused

PIN_LENGTH = 6
MIN_LENGTH = 8
MAX_LENGTH = 128
COMMON = frozenset(
    """
    password passw0rd password1 qwertyui qwerty123 asdfghjk 1q2w3e4r abcd1234 iloveyou sayangku
    bismillah bismillah1 indonesia indonesia1 lamongan lamongan1 persela1967 rahasia123
    """.split()  # noqa: SIM905 - words are easier to read than a list of them
)
UP, DOWN = "0123456789" * 2, "9876543210" * 2

CODE_LASTS = {
    CodePurpose.RESET_PASSWORD: timedelta(minutes=15),
    CodePurpose.NEW_DEVICE: timedelta(minutes=15),
    CodePurpose.FIRST_ADMINISTRATOR: timedelta(hours=24),
}
CODE_TRIES = 5


class SecretTooShort(Refused):
    message = "Pakai PIN 6 angka, atau sandi paling sedikit 8 huruf."


class SecretTooLong(Refused):
    message = "Sandi ini terlalu panjang: paling banyak 128 huruf."


class SecretTooEasy(Refused):
    message = "Sandi atau PIN ini mudah ditebak. Pilih yang lain."


class WrongSecret(Refused):
    message = "Nomor HP atau sandi tidak cocok. Periksa lagi keduanya."


class WrongOldSecret(Refused):
    message = "Sandi yang sekarang tidak cocok."


class WrongCode(Refused):
    message = "Kode ini salah atau sudah tidak berlaku. Periksa lagi, atau minta kode baru."


class NoSuchAccount(Refused):
    message = "Belum ada akun dengan nomor HP ini. Periksa nomornya, atau bantu orangnya mendaftar."


class CodeNotForStaff(Refused):
    message = "Kode untuk petugas dan administrator hanya dibuat oleh administrator."


class TooBusy(Refused):
    message = "Banyak orang sedang masuk bersamaan. Tunggu beberapa detik, lalu coba lagi."


def check_secret(secret: str, *, phone: str) -> None:
    """Require a 6-digit PIN or a longer password that is not among the first guesses.

    :raises SecretTooShort: neither 6 digits nor at least 8 letters
    :raises SecretTooLong: more than 128 letters
    :raises SecretTooEasy: one of the guesses that are tried first
    """
    is_pin = len(secret) == PIN_LENGTH and secret.isascii() and secret.isdecimal()
    if not is_pin and len(secret) < MIN_LENGTH:
        raise SecretTooShort
    if len(secret) > MAX_LENGTH:
        raise SecretTooLong
    if is_easy(secret, phone=phone):
        raise SecretTooEasy


def is_easy(secret: str, *, phone: str) -> bool:
    """Answer whether a secret is one letter repeated, a run of digits, well known, or the phone."""
    if len(set(secret)) <= 2 or secret.lower() in COMMON:
        return True
    if secret in UP or secret in DOWN or secret[:3] * 2 == secret:
        return True
    return secret.isdecimal() and secret in phone


def plain_code(text: str) -> str:
    """Return a one-time code as it was issued, however it was typed: "123 456", "ab-cd"."""
    return "".join(c for c in text.upper() if c.isalnum())[:32]
