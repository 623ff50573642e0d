"""The four forms of cooperation: whose the goods are, who bears the rest, when money is due."""

from collections.abc import Mapping
from dataclasses import dataclass

from pol.kernel.errors import Refused
from pol.partnership.slots.rules import Bearer, CoopForm


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
        "diterima, %(days)s hari sesudah tanggal terima, laku atau tidak."
    )


class RentSaid:
    """What both sides of sewa rak read."""

    message = (
        "Sewa rak: barang dan hasil penjualannya milik produsen. Produsen membayar sewa, toko "
        "menyerahkan hasil penjualan %(days)s hari sesudah periode ditutup."
    )


class ProgrammeSaid:
    """What both sides of a programme slot read."""

    message = (
        "Slot program: ruang rak disediakan toko sebagai kemitraan dengan UMKM. Barang milik "
        "produsen sampai terjual; hasilnya dibayar %(days)s hari sesudah periode ditutup."
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


@dataclass(frozen=True)
class FormOfCooperation:
    """One row of the table; `unsold` is None where the two sides may choose."""

    says: str
    defaults: Defaults
    unsold: tuple[Bearer, type[Refused]] | None = None


_P, _R = Bearer.PRODUCER, Bearer.RETAILER
FORMS: Mapping[CoopForm, FormOfCooperation] = {
    CoopForm.CONSIGNMENT: FormOfCooperation(
        ConsignmentSaid.message, Defaults(2_000, 7, 14, _P, _R, _R)
    ),
    CoopForm.OUTRIGHT: FormOfCooperation(
        OutrightSaid.message, Defaults(2_500, 14, 14, _R, _R, _R), (_R, UnsoldRiskOfForm)
    ),
    CoopForm.RENT: FormOfCooperation(
        RentSaid.message, Defaults(0, 7, 30, _P, _R, _R), (_P, RentUnsoldRisk)
    ),
    CoopForm.PROGRAMME: FormOfCooperation(
        ProgrammeSaid.message, Defaults(1_000, 7, 14, _P, _R, _R)
    ),
}


def check_unsold(form: CoopForm, bearer: Bearer) -> None:
    """Check that the form lets this side bear what is not sold.

    :raises UnsoldRiskOfForm, RentUnsoldRisk: the form itself says who does
    """
    fixed = FORMS[form].unsold
    if fixed is not None and bearer is not fixed[0]:
        raise fixed[1]
