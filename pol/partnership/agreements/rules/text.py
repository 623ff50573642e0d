"""The text of an agreement in plain Indonesian: a pure function of the deal.

Perpres 112/2007 article 8: written in Indonesian, a closed list of charges, fines both ways.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from pol.identity.rules.phones import as_written
from pol.kernel.text import decimal
from pol.partnership.agreements.rules.deal import Deal, Party
from pol.partnership.slots.rules import Bearer, ChargeBasis, CoopForm
from pol.partnership.slots.rules.holding import centimetres
from pol.partnership.slots.rules.terms import Charge

MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
SIDES = {Bearer.PRODUCER: "produsen", Bearer.RETAILER: "toko"}
FORMS = {
    CoopForm.CONSIGNMENT: "titip jual",
    CoopForm.OUTRIGHT: "beli putus",
    CoopForm.RENT: "sewa rak",
    CoopForm.PROGRAMME: "slot program",
}
BELONGS = {
    CoopForm.CONSIGNMENT: (
        "Barang tetap milik produsen selama di rak. Barang menjadi milik pelanggan pada saat "
        "penjualannya dicatat; toko tidak pernah menjadi pemiliknya."
    ),
    CoopForm.OUTRIGHT: (
        "Barang menjadi milik toko pada saat diterima dan ditandatangani di surat jalan. Barang "
        "yang sudah dibeli tidak dikembalikan, kecuali rusak pada saat diterima atau ditarik oleh "
        "produsen."
    ),
    CoopForm.RENT: (
        "Produsen menyewa ruang rak. Barang tetap milik produsen sampai penjualannya dicatat; "
        "hasil jualnya milik produsen, dikurangi bagian toko dan biaya yang disebut di sini."
    ),
    CoopForm.PROGRAMME: (
        "Ruang rak disediakan toko sebagai kemitraan dengan UMKM, tanpa sewa. Barang tetap milik "
        "produsen sampai penjualannya dicatat."
    ),
}


@dataclass(frozen=True)
class Article:
    """One heading with its sentences."""

    title: str
    lines: tuple[str, ...]


def write(deal: Deal) -> str:
    """Return the whole text; the same deal always gives the same text."""
    articles = list(_articles(deal))
    return "\n\n".join(
        "\n".join((f"Pasal {number}. {article.title}", *article.lines))
        for number, article in enumerate(articles, 1)
    )


def read(text: str) -> list[Article]:
    """Return the articles of a text, to be laid out on a page."""
    blocks = (block.split("\n") for block in text.split("\n\n"))
    return [Article(block[0], tuple(block[1:])) for block in blocks]


def fingerprint(text: str) -> str:
    """Return the SHA-256 of a text; what both sides sign."""
    return sha256(text.encode()).hexdigest()


def _articles(deal: Deal) -> Iterator[Article]:
    yield Article("Para pihak", (_party("Toko", deal.retailer), _party("Produsen", deal.producer)))
    yield Article("Barang dan tempatnya", tuple(_goods(deal)))
    yield Article(
        "Bentuk kerja sama dan kapan barang berpindah milik",
        (f"Bentuknya {FORMS[deal.form]}.", BELONGS[deal.form]),
    )
    yield Article("Masa berlaku", tuple(_validity(deal)))
    yield Article("Harga dan bagian toko", tuple(_price(deal)))
    yield Article("Biaya lain", tuple(_charges(deal)))
    yield Article("Pembayaran", tuple(_payment(deal)))
    yield Article("Denda dua arah", tuple(_fines(deal)))
    yield Article("Siapa menanggung apa", tuple(_bearers(deal)))
    yield Article("Kiriman", tuple(_deliveries(deal)))
    yield Article("Mengakhiri perjanjian", tuple(_ending(deal)))
    yield Article(
        "Kalau ada selisih",
        (
            "Baris nota tagihan yang dipersoalkan ditahan dulu, sisanya tetap dibayar tepat waktu.",
            "Kalau kedua pihak tidak sepakat, Dinas Koperasi dan Usaha Mikro menjadi penengah.",
        ),
    )
    if deal.change_reason:
        yield Article(
            "Beda dari syarat pembukaan",
            (
                f"Perjanjian ini berbeda dari syarat pembukaan {deal.call_number} dengan alasan: "
                f"{deal.change_reason}",
                "Dengan menandatangani, kedua pihak menyetujui perbedaan itu.",
            ),
        )
    yield Article(
        "Tanda tangan",
        (
            "Perjanjian ini ditandatangani dengan mengetik nama lengkap. Waktu dan sidik naskah "
            "ini disimpan bersama tanda tangannya, sehingga naskahnya tidak bisa diubah lagi.",
        ),
    )


def _party(role: str, party: Party) -> str:
    return f"{role}: {party.name}, {party.identity}, telepon {as_written(party.phone)}."


def _goods(deal: Deal) -> Iterator[str]:
    yield f"Barang: {deal.product} (lembar produk {deal.product_number})."
    for spot in deal.spots:
        yield (
            f"{spot.store}, {spot.address}: {spot.shelf}, {spot.facings} muka, lebar "
            f"{centimetres(spot.width_mm)} cm, mulai {centimetres(spot.x_mm)} cm dari kiri."
        )
    yield "Letak dan ukurannya hanya berubah lewat surat yang disetujui kedua pihak."


def _validity(deal: Deal) -> Iterator[str]:
    last = deal.until_on - timedelta(days=1)
    yield f"Berlaku {_day(deal.from_on)} sampai dengan {_day(last)}."
    yield "Perjanjian tidak diperpanjang dengan sendirinya; diam berarti berakhir."


def _price(deal: Deal) -> Iterator[str]:
    margin = deal.price.share(deal.margin_bp)
    if deal.form is CoopForm.OUTRIGHT:
        yield f"Harga jual ke pelanggan {deal.price} per buah."
        yield (
            f"Toko membeli dengan harga {deal.price - margin} per buah, yaitu harga jual dikurangi "
            f"{_percent(deal.margin_bp)} % ({margin})."
        )
        yield "Harga ini melekat pada setiap barang yang diterima dan tidak diubah sesudahnya."
        return
    yield f"Harga ke pelanggan {deal.price} per buah; toko tidak mengubahnya sendiri."
    if deal.margin_bp:
        yield (
            f"Bagian toko {_percent(deal.margin_bp)} % ({margin} per buah), bagian produsen "
            f"{deal.price - margin} per buah, sebelum biaya lain."
        )
    else:
        yield "Toko tidak mengambil bagian; seluruh hasil jual milik produsen, sebelum biaya lain."
    yield "Harga dan bagian ini melekat pada setiap penjualan dan tidak diubah sesudahnya."


def _charges(deal: Deal) -> Iterator[str]:
    for charge in deal.charges:
        yield f"{charge.name}: {_charge(charge, deal)}."
    if deal.charges:
        yield "Daftar ini tertutup: yang tidak disebut di sini tidak boleh dipungut."
    else:
        yield "Tidak ada biaya lain. Yang tidak disebut di sini tidak boleh dipungut."


def _charge(charge: Charge, deal: Deal) -> str:
    if charge.basis is ChargeBasis.SHARE_OF_SALES:
        bought = deal.form is CoopForm.OUTRIGHT
        of = "harga jual barang yang dibeli toko" if bought else "penjualan"
        return f"{_percent(charge.share_bp)} % dari {of}"
    often = (
        "sekali" if charge.basis is ChargeBasis.ONCE else f"setiap {deal.settle_every_days} hari"
    )
    return f"{charge.amount}, {often}"


def _payment(deal: Deal) -> Iterator[str]:
    every, days = deal.settle_every_days, deal.payment_days
    if deal.form is CoopForm.OUTRIGHT:
        yield f"Setiap {every} hari toko menerbitkan nota tagihan atas barang yang dibelinya."
        yield (
            f"Toko membayar paling lambat {days} hari sesudah tanggal terima, laku atau tidak; "
            "kalau notanya baru terbit sesudah itu, pada hari notanya terbit. Hari Minggu dan hari "
            "libur ikut dihitung."
        )
    else:
        yield (
            f"Setiap {every} hari toko menutup hitungan penjualan dan menerbitkan nota tagihan: "
            "penjualan, dikurangi bagian toko dan biaya yang disebut di sini, ditambah yang "
            "ditanggung toko."
        )
        yield (
            f"Toko membayar paling lambat {days} hari sesudah hari hitungannya ditutup; hari "
            "Minggu dan hari libur ikut dihitung."
        )
    if deal.charges:
        yield (
            "Kalau biaya dan potongannya lebih besar daripada hasilnya, produsen membayar "
            f"kekurangannya ke toko paling lambat {days} hari sesudah hari itu; yang belum dibayar "
            "dikurangkan dari nota berikutnya."
        )
    yield "Kalau tidak ada yang harus dibayar, nota tagihan tetap terbit dan menyebut alasannya."


def _fines(deal: Deal) -> Iterator[str]:
    if not deal.late_fine_bp and not deal.short_fine_bp:
        yield "Tidak ada denda, baik untuk toko maupun untuk produsen."
        return
    yield (
        f"Toko yang terlambat membayar menambah {_percent(deal.late_fine_bp)} % dari jumlah yang "
        "terlambat, sekali."
    )
    yield (
        f"Produsen yang mengirim kurang dari yang dijanjikan di surat jalan menanggung "
        f"{_percent(deal.short_fine_bp)} % dari nilai kekurangannya."
    )


def _bearers(deal: Deal) -> Iterator[str]:
    yield f"Barang tidak laku: ditanggung {SIDES[deal.unsold_bearer]}."
    yield f"Barang rusak di toko: ditanggung {SIDES[deal.damage_bearer]}."
    yield f"Barang hilang di toko: ditanggung {SIDES[deal.loss_bearer]}."


def _deliveries(deal: Deal) -> Iterator[str]:
    yield "Barang masuk dengan surat jalan; petugas toko menghitung dan menandatanganinya."
    if deal.min_life_bp:
        yield (
            f"Sisa umur simpan pada saat diterima paling sedikit {_percent(deal.min_life_bp)} % "
            "dari umur simpan produk."
        )
    yield "Barang kedaluwarsa atau yang izinnya habis tidak dipajang dan tidak dijual."


def _ending(deal: Deal) -> Iterator[str]:
    yield (
        f"Masing-masing pihak boleh mengakhiri lebih awal dengan alasan tertulis, paling lambat "
        f"{deal.notice_days} hari sebelumnya."
    )
    if deal.form is CoopForm.OUTRIGHT:
        yield "Barang yang tersisa tetap milik toko, yang menjual atau memindahkannya sendiri."
    else:
        yield "Pada akhir perjanjian barang dihitung bersama; yang tersisa diambil produsen."
    yield "Tempatnya baru dilepas bila barang di rak sudah nol dan semua tagihan lunas."


def _percent(basis_points: int) -> str:
    return decimal(basis_points * 10)


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
