"""Time-based codes of an authenticator app (TOTP, RFC 6238); each code counts once."""

from datetime import datetime

import pyotp

from pol.kernel.errors import Refused

STEP_SECONDS = 30
DRIFT = 1  # phones run a little early or late
ISSUER = "Pasar Online Lamongan"


class WrongTotp(Refused):
    message = (
        "Kode enam angka itu salah atau sudah dipakai. Tunggu kode berikutnya, lalu coba lagi."
    )


def new_secret() -> str:
    """Return a random secret for an authenticator app (base32, 160 bits)."""
    return pyotp.random_base32()


def matching_step(secret: str, code: str, *, now: datetime) -> int | None:
    """Return the 30-second step whose code this is, of the present and its two neighbours."""
    digits = "".join(c for c in code if not c.isspace())
    if len(digits) != 6 or not (digits.isascii() and digits.isdecimal()):
        return None
    totp, step = pyotp.TOTP(secret), int(now.timestamp()) // STEP_SECONDS
    for near in range(step - DRIFT, step + DRIFT + 1):
        if pyotp.utils.strings_equal(totp.at(near * STEP_SECONDS), digits):
            return near
    return None


def address_of(secret: str, *, phone: str) -> str:
    """Return the otpauth address that a QR code shows."""
    return pyotp.TOTP(secret).provisioning_uri(name=phone, issuer_name=ISSUER)
