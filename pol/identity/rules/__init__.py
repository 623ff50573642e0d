"""Roles, purposes of one-time codes, and who may not do what to an account."""

from enum import StrEnum

from pol.kernel.errors import Refused


class Role(StrEnum):
    MARKET_OFFICER = "market_officer"
    COURIER = "courier"
    ADMINISTRATOR = "administrator"
    VILLAGE_OFFICER = "village_officer"
    KECAMATAN_OFFICER = "kecamatan_officer"
    DINAS_OFFICER = "dinas_officer"


class CodePurpose(StrEnum):
    RESET_PASSWORD = "reset_password"  # noqa: S105 - a purpose, not a password
    NEW_DEVICE = "new_device"
    FIRST_ADMINISTRATOR = "first_administrator"


NEEDS_SECOND_FACTOR = frozenset({Role.MARKET_OFFICER, Role.DINAS_OFFICER, Role.ADMINISTRATOR})
"""Roles whose pages open only after a second factor."""

AT_A_MARKET = frozenset({Role.MARKET_OFFICER, Role.COURIER})
AT_A_REGION = frozenset({Role.VILLAGE_OFFICER, Role.KECAMATAN_OFFICER})


class PhoneTaken(Refused):
    message = "Nomor HP ini sudah punya akun. Silakan masuk, atau buat sandi baru kalau lupa."


class PlaceMissing(Refused):
    message = "Peran ini harus terikat pada satu tempat. Pilih pasar atau wilayahnya."


class RoleAlreadyHeld(Refused):
    message = "Orang ini sudah memegang peran itu di tempat yang sama."


class NotYourself(Refused):
    message = "Ini akun Anda sendiri. Minta administrator lain untuk mengubahnya."


def check_place(role: Role, *, market_id: int | None, region_code: str | None) -> None:
    """Require the market or region that belongs to a role, and no other place.

    :raises PlaceMissing: the place of the role is missing, or one was given that it has not
    """
    if (market_id is not None) != (role in AT_A_MARKET):
        raise PlaceMissing
    if (region_code is not None) != (role in AT_A_REGION):
        raise PlaceMissing
    if role is Role.KECAMATAN_OFFICER and len(region_code or "") != len("35.24.22"):
        raise PlaceMissing
    if role is Role.VILLAGE_OFFICER and len(region_code or "") <= len("35.24.22"):
        raise PlaceMissing
