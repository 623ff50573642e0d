"""The four forms of cooperation: whose the goods are, who bears the rest, who pays when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pol.kernel.errors import Refused
from pol.partnership.slots.rules import Bearer, ChargeKind, CoopForm
from pol.partnership.slots.rules.terms import Charge


class UnsoldRiskOfForm(Refused):
    message = (
        "Beli putus berarti barang sudah milik toko sejak diterima, jadi yang tidak laku "
        "ditanggung toko. Pilih titip jual kalau barangnya bisa dikembalikan."
    )


class RentUnsoldRisk(Refused):
    message = (
        "Sewa rak berarti barang dan hasilnya milik produsen, jadi yang tidak laku kembali ke "
        "produsen."
    )


class BoughtGoodsRisk(Refused):
    message = (
        "Beli putus berarti barang sudah milik toko sejak diterima, jadi yang rusak atau hilang di "
        "toko ditanggung toko."
    )


class RentWithoutRent(Refused):
    message = (
        "Sewa rak perlu biaya berjenis “Sewa rak” yang ada besarnya. Tambahkan, atau pilih bentuk "
        "kerja sama lain."
    )


class RentNotOfForm(Refused):
    message = (
        "Biaya “%(name)s” adalah sewa rak, padahal bentuk ini tidak memungut sewa. Hapus biaya "
        "itu, atau pilih bentuk sewa rak."
    )


class ConsignmentSaid:
    """What both sides of titip jual read."""

    message = (
        "Titip jual: barang tetap milik produsen sampai terjual di kasir. Toko membayar hasilnya "
        "sesudah dipotong margin, %(days)s hari sesudah periode ditutup."
    )


class OutrightSaid:
    """What both sides of beli putus read."""

    message = (
        "Beli putus: barang menjadi milik toko begitu diterima. Toko membayar semua yang "
        "diterima, %(days)s hari sesudah tanggal terima, laku atau tidak. Yang tidak laku, rusak, "
        "atau hilang di toko ditanggung toko."
    )


class RentSaid:
    """What both sides of sewa rak read."""

    message = (
        "Sewa rak: barang dan hasil penjualannya milik produsen. Sewa dipotong dari hasil itu, dan "
        "sisanya dibayar toko %(days)s hari sesudah periode ditutup; kalau sewanya lebih besar, "
        "produsen membayar kekurangannya."
    )


class ProgrammeSaid:
    """What both sides of a programme slot read."""

    message = (
        "Slot program: ruang rak disediakan toko tanpa sewa, sebagai kemitraan dengan UMKM. Barang "
        "milik produsen sampai terjual; hasilnya dibayar %(days)s hari sesudah periode ditutup."
    )


@dataclass(frozen=True)
class Defaults:
    """What a new call begins with; its retailer may write something else."""

    margin_bp: int
    payment_days: int
    settle_every_days: int
    unsold_bearer: Bearer
    damage_bearer: Bearer
    loss_bearer: Bearer


class Rent(StrEnum):
    """Whether a form of cooperation has a rent among its charges."""

    NEEDED = "needed"
    POSSIBLE = "possible"
    NONE = "none"


@dataclass(frozen=True)
class FormOfCooperation:
    """One row of the table; `unsold` and `broken` are None where the two sides may choose.

    `broken` is who bears what is damaged or missing in the store.
    """

    says: str
    defaults: Defaults
    rent: Rent
    unsold: tuple[Bearer, type[Refused]] | None = None
    broken: tuple[Bearer, type[Refused]] | None = None


_P, _R = Bearer.PRODUCER, Bearer.RETAILER
FORMS: Mapping[CoopForm, FormOfCooperation] = {
    CoopForm.CONSIGNMENT: FormOfCooperation(
        ConsignmentSaid.message, Defaults(2_000, 7, 14, _P, _R, _R), Rent.POSSIBLE
    ),
    CoopForm.OUTRIGHT: FormOfCooperation(
        OutrightSaid.message,
        Defaults(2_500, 14, 7, _R, _R, _R),
        Rent.NONE,
        unsold=(_R, UnsoldRiskOfForm),
        broken=(_R, BoughtGoodsRisk),
    ),
    CoopForm.RENT: FormOfCooperation(
        RentSaid.message,
        Defaults(0, 7, 30, _P, _R, _R),
        Rent.NEEDED,
        unsold=(_P, RentUnsoldRisk),
    ),
    CoopForm.PROGRAMME: FormOfCooperation(
        ProgrammeSaid.message, Defaults(1_000, 7, 14, _P, _R, _R), Rent.NONE
    ),
}


def check_bearers(form: CoopForm, *, unsold: Bearer, damage: Bearer, loss: Bearer) -> None:
    """Check that the form lets these sides bear what is not sold, damaged or missing.

    :raises UnsoldRiskOfForm, RentUnsoldRisk, BoughtGoodsRisk: the form itself says who does
    """
    of = FORMS[form]
    if of.unsold is not None and unsold is not of.unsold[0]:
        raise of.unsold[1]
    if of.broken is not None and {damage, loss} != {of.broken[0]}:
        raise of.broken[1]


def check_rent(form: CoopForm, charges: Iterable[Charge]) -> None:
    """Check that who rents a place pays for it, and that nobody else does where it is free.

    :raises RentWithoutRent: a rent is what this form is about, and there is none
    :raises RentNotOfForm: there is one, and the form has none
    """
    rents = [charge.name for charge in charges if charge.kind is ChargeKind.RENT and charge.costs]
    wanted = FORMS[form].rent
    if wanted is Rent.NEEDED and not rents:
        raise RentWithoutRent
    if wanted is Rent.NONE and rents:
        raise RentNotOfForm(name=rents[0])
