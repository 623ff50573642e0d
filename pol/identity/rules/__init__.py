"""Roles, phone numbers, passwords: what is acceptable."""

from enum import StrEnum


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
