"""The text of an agreement says what the deal says, in plain Indonesian, the same each time."""

from dataclasses import replace
from datetime import date

import pytest

from pol.kernel.money import Rupiah
from pol.partnership.agreements.rules import text
from pol.partnership.agreements.rules.deal import Deal, Party, Spot
from pol.partnership.slots.rules import Bearer, ChargeBasis, ChargeKind, CoopForm
from pol.partnership.slots.rules.terms import Charge

DEAL = Deal(
    number="PKS-1",
    call_number="PS-1",
    retailer=Party("Swalayan Contoh", "NIB 123", "0322"),
    producer=Party("UMKM Contoh", "Sidoharjo, Kecamatan Lamongan", "081"),
    product="Keripik Tempe Contoh",
    product_number="LP-1",
    price=Rupiah(15_000),
    form=CoopForm.CONSIGNMENT,
    from_on=date(2026, 3, 2),
    until_on=date(2027, 1, 1),
    margin_bp=1_250,
    charges=(),
    payment_days=14,
    settle_every_days=7,
    notice_days=30,
    min_life_bp=5_000,
    unsold_bearer=Bearer.PRODUCER,
    damage_bearer=Bearer.RETAILER,
    loss_bearer=Bearer.RETAILER,
    late_fine_bp=200,
    short_fine_bp=100,
    spots=(Spot("Toko Babat", "Jalan 2", "Gondola 1 ambalan 3", 285, 280, 2),),
    change_reason=None,
)


@pytest.mark.parametrize(
    "words",
    [
        "Pasal 1. Para pihak",
        "Toko: Swalayan Contoh, NIB 123, telepon 0322.",
        "Gondola 1 ambalan 3, 2 muka, lebar 28 cm, mulai 28,5 cm dari kiri.",
        "Berlaku 2 Maret 2026 sampai dengan 31 Desember 2026.",
        "diam berarti berakhir",
        "Bagian toko 12,5 % (Rp1.875 per buah), bagian produsen Rp13.125 per buah",
        "Tidak ada biaya lain. Yang tidak disebut di sini tidak boleh dipungut.",
        "Setiap 7 hari toko menutup hitungan penjualan",
        "paling lambat 14 hari sesudah hari hitungannya ditutup",
        "Toko yang terlambat membayar menambah 2 %",
        "menanggung 1 % dari nilai kekurangannya",
        "Barang tidak laku: ditanggung produsen.",
        "Barang hilang di toko: ditanggung toko.",
        "paling sedikit 50 % dari umur simpan",
        "paling lambat 30 hari sebelumnya",
    ],
)
def test_a_text_says_every_term(words: str) -> None:
    assert words in text.write(DEAL)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (CoopForm.CONSIGNMENT, "Barang tetap milik produsen selama di rak"),
        (CoopForm.OUTRIGHT, "Barang menjadi milik toko pada saat diterima"),
        (CoopForm.RENT, "Produsen menyewa ruang rak"),
        (CoopForm.PROGRAMME, "kemitraan dengan UMKM, tanpa sewa"),
    ],
)
def test_each_form_says_when_goods_change_hands(form: CoopForm, words: str) -> None:
    assert words in text.write(replace(DEAL, form=form))


def test_who_buys_outright_reads_the_price_paid() -> None:
    assert "Toko membeli dengan harga Rp13.125 per buah" in text.write(
        replace(DEAL, form=CoopForm.OUTRIGHT)
    )


def test_charges_are_named_one_by_one() -> None:
    charges = (
        Charge(ChargeKind.LISTING_FEE, ChargeBasis.ONCE, "Pendaftaran", Rupiah(50_000), 0),
        Charge(ChargeKind.RENT, ChargeBasis.PER_PERIOD, "Sewa rak", Rupiah(25_000), 0),
        Charge(ChargeKind.PROMOTION, ChargeBasis.SHARE_OF_SALES, "Brosur", Rupiah(0), 250),
    )
    said = text.write(replace(DEAL, charges=charges))
    assert "Pendaftaran: Rp50.000, sekali." in said
    assert "Sewa rak: Rp25.000, setiap 7 hari." in said
    assert "Brosur: 2,5 % dari penjualan." in said
    assert "Daftar ini tertutup" in said


def test_no_fines_and_no_least_life_are_said_too() -> None:
    said = text.write(replace(DEAL, late_fine_bp=0, short_fine_bp=0, min_life_bp=0))
    assert "Tidak ada denda" in said
    assert "Sisa umur simpan" not in said


def test_another_deal_is_another_text() -> None:
    same, other = text.write(DEAL), text.write(replace(DEAL, payment_days=15))
    assert text.fingerprint(same) == text.fingerprint(text.write(replace(DEAL)))
    assert text.fingerprint(same) != text.fingerprint(other)


def test_a_change_is_named_with_its_reason() -> None:
    said = text.write(replace(DEAL, change_reason="Toko baru"))
    assert "Beda dari syarat pembukaan" in said
    assert "PS-1 dengan alasan: Toko baru" in said


def test_a_text_is_read_back_as_articles() -> None:
    articles = text.read(text.write(DEAL))
    assert articles[0].title == "Pasal 1. Para pihak"
    assert len(articles[0].lines) == 2
    assert articles[-1].title.endswith("Tanda tangan")
