"""What a product must have, how much of it is sold at a time, and who lets it be seen."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from pol.catalogue.rules import Condition, ProductStatus, Unit
from pol.kernel.errors import Refused
from pol.kernel.money import Rupiah

S = ProductStatus
MOST_PICTURES = 8
MOST_TIERS = 3
DEAREST = Rupiah(1_000_000_000)
MOST_STOCK_MILLI = 10_000_000_000
WEIGHED = frozenset({Unit.KG, Unit.LITER})


class OwnSort(StrEnum):
    """How a trader may sort the own list."""

    NAME = "nama"
    NEWEST = "terbaru"
    LEAST_STOCK = "stok"


@dataclass(frozen=True)
class Tier:
    """A lower price from a quantity on."""

    from_milli: int
    price: Rupiah


class PictureMissing(Refused):
    message = "Pasang satu foto dulu. Pembeli ingin melihat barangnya."


class TooManyPictures(Refused):
    message = "Satu produk paling banyak 8 foto. Hapus satu dulu."


class PictureNotYours(Refused):
    message = "Foto itu tidak ditemukan lagi. Pilih atau potret sekali lagi."


class NameTaken(Refused):
    message = "Lapak ini sudah punya produk dengan nama itu. Pakai nama yang berbeda."


class PriceOutOfRange(Refused):
    message = "Harga harus antara Rp1 dan Rp1.000.000.000."


class QuantityUnfit(Refused):
    message = "Kelipatan dan pembelian terkecil harus lebih dari 0, dan terkecil kelipatannya."


class WholeUnitsOnly(Refused):
    message = "Satuan ini tidak bisa dipecah. Pakai angka bulat seperti 1 atau 2."


class StockOutOfRange(Refused):
    message = "Stok harus 0 atau lebih, dan paling banyak 10.000.000."


class TiersUnfit(Refused):
    message = "Harga grosir harus makin murah untuk jumlah yang makin banyak."


class StockNotCounted(Refused):
    message = "Produk ini dijual seadanya. Ubah dulu cara stoknya di halaman produk."


class StockMovedMeanwhile(Refused):
    """The trader saw another number than there is now."""

    message = (
        "Stok %(name)s berubah selagi layar ini terbuka: sekarang %(free)s %(unit)s. "
        "Periksa dulu, lalu simpan lagi."
    )


class PriceMovedMeanwhile(Refused):
    """The trader saw another price than holds now."""

    message = (
        "Harga %(name)s sudah diubah menjadi %(price)s dari layar lain. "
        "Periksa dulu, lalu simpan lagi."
    )


class ProductNotWaiting(Refused):
    message = "Produk ini sudah diputus petugas lain. Muat ulang halaman."


class ProductMoveClosed(Refused):
    message = "Produk ini sudah berubah, jadi langkah itu tidak berlaku lagi. Muat ulang halaman."


class ProductReasonMissing(Refused):
    message = "Tulis alasannya dulu, supaya pedagang tahu apa yang harus dibenahi."


class OwnProduct(Refused):
    message = "Ini produk lapak Anda sendiri, jadi petugas lain yang harus memutuskan."


def default_quantities(unit: Unit) -> tuple[int, int]:
    """Return step and minimum of sale, in thousandths, that suit a unit."""
    return (250, 250) if unit in WEIGHED else (1_000, 1_000)


def check_price(price: Rupiah) -> None:
    """Accept a price per unit.

    :raises PriceOutOfRange: nothing, less, or a typing error
    """
    if not Rupiah(0) < price <= DEAREST:
        raise PriceOutOfRange


def check_quantities(unit: Unit, *, step_milli: int, min_milli: int) -> None:
    """Accept a step and a minimum of sale.

    :raises QuantityUnfit: not positive, or the minimum is not made of steps
    :raises WholeUnitsOnly: half a bunch
    """
    if step_milli <= 0 or min_milli <= 0 or min_milli % step_milli:
        raise QuantityUnfit
    if unit not in WEIGHED | {Unit.ONS} and step_milli % 1_000:
        raise WholeUnitsOnly


def check_stock(milli: int) -> None:
    """Accept a free quantity.

    :raises StockOutOfRange: below zero, or a typing error
    """
    if not 0 <= milli <= MOST_STOCK_MILLI:
        raise StockOutOfRange


def check_tiers(price: Rupiah, tiers: Sequence[Tier]) -> None:
    """Accept prices that fall as quantities grow.

    :raises TiersUnfit: they do not, or there are more than three
    """
    ladder = [Tier(0, price), *sorted(tiers, key=lambda tier: tier.from_milli)]
    falling = all(
        low.from_milli < high.from_milli and Rupiah(0) < high.price < low.price
        for low, high in pairwise(ladder)
    )
    if not falling or len(tiers) > MOST_TIERS:
        raise TiersUnfit


def check_pictures(count: int) -> None:
    """Accept one to eight pictures.

    :raises PictureMissing: none
    :raises TooManyPictures: more
    """
    if count < 1:
        raise PictureMissing
    if count > MOST_PICTURES:
        raise TooManyPictures


SUBMITTABLE = frozenset({S.DRAFT, S.HIDDEN})


def status_on_submit(status: ProductStatus, *, hidden_by_officer: bool) -> ProductStatus:
    """Return what a product becomes when its trader wants it to be seen.

    What the trader had hidden comes back at once; all else is looked at by the officer.

    :raises ProductMoveClosed: it is waiting or public already
    """
    if status not in SUBMITTABLE:
        raise ProductMoveClosed
    return S.PUBLISHED if status is S.HIDDEN and not hidden_by_officer else S.SUBMITTED


def check_hide(status: ProductStatus) -> None:
    """Let a trader hide what is waiting or public.

    :raises ProductMoveClosed: it is hidden or a draft already
    """
    if status not in {S.PUBLISHED, S.SUBMITTED}:
        raise ProductMoveClosed


def check_decision(
    status: ProductStatus,
    allowed: frozenset[ProductStatus],
    *,
    is_own: bool,
    reason: str | None,
    needs_reason: bool,
) -> None:
    """Let an officer decide about somebody else's product, with a reason for every no.

    :raises OwnProduct: the officer keeps its stall
    :raises ProductNotWaiting: somebody else decided before
    :raises ProductReasonMissing: a no without a reason
    """
    if is_own:
        raise OwnProduct
    if status not in allowed:
        raise ProductNotWaiting
    if needs_reason and not (reason or "").strip():
        raise ProductReasonMissing


CONDITION_WORDS = (
    (Condition.USED, {"bekas", "seken"}),
    (Condition.FROZEN, {"beku", "frozen"}),
    (Condition.DRIED, {"asin", "kering", "ebi", "teri", "petis", "terasi"}),
    (Condition.COOKED, {"matang", "nasi", "pecel", "soto", "rujak", "bakar", "goreng", "tempe"}),
    (Condition.NEW, {"tenun", "batik", "baju", "kain", "sarung", "sandal", "tas", "anyaman"}),
    (
        Condition.PACKAGED,
        {"beras", "bumbu", "gula", "jumbrek", "keripik", "kopi", "krupuk", "minyak", "sambal"}
        | {"sirup", "teh", "tepung", "wingko", "kecap", "garam", "legen", "madu"},
    ),
)


def guess_condition(words: Collection[str]) -> Condition:
    """Return the condition that the words of a name speak of; fresh when none does."""
    found = (condition for condition, known in CONDITION_WORDS if known.intersection(words))
    return next(found, Condition.FRESH)
