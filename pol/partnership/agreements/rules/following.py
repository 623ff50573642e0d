"""What may follow an agreement: the same place for longer, or another width."""

from datetime import date

from pol.kernel.errors import Refused
from pol.partnership.agreements.rules import AgreementStatus


class NothingToFollow(Refused):
    message = "Perjanjiannya tidak sedang berlaku, jadi tidak ada yang bisa dilanjutkan."


class FollowsTooShort(Refused):
    message = "Perpanjangan harus sampai sesudah %(day)s, hari terakhir perjanjian sekarang."


class FacingsOutside(Refused):
    message = "Produk ini diajukan untuk %(least)s sampai %(most)s muka. Pilih di antaranya."


def check_may_follow(*, status: AgreementStatus, until_on: date, new_until_on: date) -> None:
    """Check that an agreement may be followed by another that ends later.

    :raises NothingToFollow: it is not in force
    :raises FollowsTooShort: the new one would be over before it begins
    """
    if status is not AgreementStatus.IN_FORCE:
        raise NothingToFollow
    if new_until_on <= until_on:
        raise FollowsTooShort(day=f"{until_on:%d-%m-%Y}")


def check_facings(*, facings: int, least: int, most: int) -> None:
    """Check that a product may stand so wide.

    :raises FacingsOutside: that is not what was applied for
    """
    if not least <= facings <= most:
        raise FacingsOutside(least=least, most=most)
