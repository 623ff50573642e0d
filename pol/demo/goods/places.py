"""The markets of Lamongan.

Names and villages are public; days and hours are examples where no public source states them, and
say so. Pasar Babat (built 1988, renewed 2012, open day and night) and the place of Pasar Agrobis,
Pasar Pon and Pasar Wage come from press reports of 2009 to 2024.
"""

from pol.demo.goods.table import MarketPlace
from pol.stalls.rules.hours import PASARAN

EXAMPLE = "Hari dan jam buka di halaman ini contoh, belum dicocokkan dengan pengelola."
DAY = 24 * 60


def _at(hour: int) -> int:
    return hour * 60


def _on(*days: str) -> int:
    return sum(1 << PASARAN.index(day) for day in days)


# fmt: off
KNOWN: tuple[MarketPlace, ...] = (
    MarketPlace("pasar-sidoharjo", "Pasar Sidoharjo", "35.24.22.1014",
                "Kelurahan Sidoharjo, Lamongan",
                f"Pasar rakyat di tengah kota: sayur, buah, jajan pasar, dan sembako. {EXAMPLE}",
                _at(3), _at(17)),
    MarketPlace("pasar-ikan-lamongan", "Pasar Ikan Lamongan", "35.24.22.1017",
                "Kelurahan Sidokumpul, Lamongan",
                f"Bandeng, udang, dan ikan laut untuk kota, ramai sebelum fajar. {EXAMPLE}",
                _at(2), _at(14)),
    MarketPlace("pasar-babat", "Pasar Babat", "35.24.05.1003",
                "Kelurahan Babat, Babat",
                "Pasar terbesar di Lamongan, di simpang Bojonegoro, Tuban, dan "
                "Jombang. Buka siang malam.",
                0, DAY),
    MarketPlace("pasar-blimbing", "Pasar Blimbing", "35.24.14.1001",
                "Kelurahan Blimbing, Paciran",
                f"Pasar pesisir: hasil laut, siwalan, legen, dan jumbrek. {EXAMPLE}",
                _at(4), _at(16)),
    MarketPlace("pasar-brondong", "Pasar Ikan Brondong", "35.24.07.1010",
                "Kelurahan Brondong, Brondong",
                f"Di dekat pelabuhan perikanan Brondong, ikan turun setiap pagi. {EXAMPLE}",
                _at(3), _at(15)),
    MarketPlace("pasar-pon-mertani", "Pasar Pon Mertani", "35.24.18.2018",
                "Desa Mertani, Karanggeneng",
                f"Dikenal karena hari pasaran Pon, pedagang datang dari desa sekitar. {EXAMPLE}",
                _at(4), _at(13), pasaran_mask=_on("Pon", "Legi")),
    MarketPlace("pasar-agrobis-babat", "Pasar Agrobis Babat", "35.24.05.2009",
                "Desa Plaosan, Babat",
                f"Pasar grosir hasil bumi untuk pedagang dan rumah makan. {EXAMPLE}",
                _at(0), _at(20)),
    MarketPlace("pasar-sidomulyo", "Pasar Sidomulyo", "35.24.25.2008",
                "Desa Sidomulyo, Deket",
                f"Barangnya dulu diantar layanan Pasar Online Lamongan pertama. {EXAMPLE}",
                _at(4), _at(16)),
    MarketPlace("pasar-sukodadi", "Pasar Sukodadi", "35.24.17.2007",
                "Desa Sukodadi, Sukodadi",
                f"Pasar di jalan raya antara Lamongan dan Babat. {EXAMPLE}",
                _at(4), _at(15)),
    MarketPlace("pasar-mantup", "Pasar Mantup", "35.24.16.2004",
                "Desa Mantup, Mantup",
                f"Jagung, kacang, dan hasil kebun dari selatan. {EXAMPLE}",
                _at(4), _at(14)),
    MarketPlace("pasar-ngimbang", "Pasar Ngimbang", "35.24.04.2016",
                "Desa Ngimbang, Ngimbang",
                f"Pasar perbukitan selatan: palawija, pisang, dan madu hutan. {EXAMPLE}",
                _at(4), _at(14)),
    MarketPlace("pasar-sekaran", "Pasar Sekaran", "35.24.09.2013",
                "Desa Sekaran, Sekaran",
                f"Pasar bagi warga Sekaran, Karanggeneng, dan Maduran. {EXAMPLE}",
                _at(4), _at(13)),
    MarketPlace("pasar-karanggeneng", "Pasar Karanggeneng", "35.24.18.2017",
                "Desa Karanggeneng, Karanggeneng",
                f"Sayur sawah, ikan tambak, dan jajan pasar. {EXAMPLE}",
                _at(4), _at(13)),
    MarketPlace("pasar-wage-pucangro", "Pasar Wage Pucangro", "35.24.20.2001",
                "Desa Pucangro, Kalitengah",
                f"Dikenal karena hari pasaran Wage. {EXAMPLE}",
                _at(4), _at(13), pasaran_mask=_on("Wage", "Pahing")),
)
# fmt: on

VILLAGES = (
    ("Sukorame", "35.24.01.2004", "Sukorame"), ("Bluluk", "35.24.02.2003", "Bluluk"),
    ("Sumberagung", "35.24.03.2003", "Modo"), ("Kedungpring", "35.24.06.2009", "Kedungpring"),
    ("Laren", "35.24.08.2012", "Laren"), ("Maduran", "35.24.10.2007", "Maduran"),
    ("Parengan", "35.24.10.2009", "Maduran"), ("Pasarlegi", "35.24.11.2002", "Sambeng"),
    ("Sugio", "35.24.12.2015", "Sugio"), ("Pucuk", "35.24.13.2001", "Pucuk"),
    ("Solokuro", "35.24.15.2006", "Solokuro"), ("Payaman", "35.24.15.2005", "Solokuro"),
    ("Kembangbahu", "35.24.19.2008", "Kembangbahu"), ("Kalitengah", "35.24.20.2012", "Kalitengah"),
    ("Turi", "35.24.21.2009", "Turi"), ("Bakalanpule", "35.24.23.2004", "Tikung"),
    ("Karangbinangun", "35.24.24.2021", "Karangbinangun"), ("Deketwetan", "35.24.25.2005", "Deket"),
    ("Glagah", "35.24.26.2014", "Glagah"), ("Sarirejo", "35.24.27.2009", "Sarirejo"),
    ("Paciran", "35.24.14.2003", "Paciran"), ("Kranji", "35.24.14.2008", "Paciran"),
    ("Sendangagung", "35.24.14.2005", "Paciran"), ("Weru", "35.24.14.2015", "Paciran"),
    ("Sedayulawas", "35.24.07.2008", "Brondong"), ("Labuhan", "35.24.07.2002", "Brondong"),
    ("Moropelang", "35.24.05.2019", "Babat"), ("Made", "35.24.22.2011", "Lamongan"),
)  # fmt: skip
"""Village, its code and kecamatan, where the demo places a small village market."""


def _village_market(index: int, village: str, code: str, kecamatan: str) -> MarketPlace:
    days = (0, _on("Legi", "Wage"), 0, _on("Pahing", "Kliwon"))[index % 4]
    return MarketPlace(
        f"pasar-desa-{village.lower()}",
        f"Pasar Desa {village}",
        code,
        f"Desa {village}, {kecamatan}",
        f"Pasar desa (contoh) untuk warga {village} dan sekitarnya. {EXAMPLE}",
        _at(4),
        _at(12 + index % 3),
        weekday_mask=127 if index % 7 else 0b1010101,
        pasaran_mask=days,
    )


MARKETS: tuple[MarketPlace, ...] = (
    *KNOWN,
    *(_village_market(index, *place) for index, place in enumerate(VILLAGES)),
)
"""Forty-two markets; the first six make the small demo."""
