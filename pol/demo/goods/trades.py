"""What a stall trades in: how it is called, what it sells, how it words its goods."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trade:
    """One kind of stall; `homes` are villages where it is at home beside (market, village code)."""

    slug: str
    signs: tuple[str, ...]
    categories: tuple[str, ...]
    block: str
    weight: int
    about: str
    homes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Variant:
    """How the same goods differ from stall to stall; the price moves by `percent`."""

    words: str
    percent: int


# fmt: off
TRADES: tuple[Trade, ...] = (
    Trade("ikan-segar", ("Ikan Segar", "Lapak Bandeng", "Ikan Laut"),
          ("ikan-tambak", "ikan-laut", "udang-kerang"), "Los Ikan", 16,
          "Ikan dan udang dari tambak dan nelayan pantai utara, ditimbang di depan pembeli."),
    Trade("ikan-olahan", ("Ikan Asin", "Olahan Ikan", "Bandeng Presto"),
          ("ikan-olahan", "bumbu-jadi"), "Los Ikan", 7,
          "Ikan asin, pindang, dan otak-otak buatan rumah tangga pesisir.",
          (("pasar-blimbing", "35.24.14.2015"), ("pasar-brondong", "35.24.07.2008"))),
    Trade("sayur", ("Sayur", "Lapak Sayur", "Sayur Segar"),
          ("sayur-daun", "sayur-buah-umbi", "cabai-bawang"), "Los Sayur", 16,
          "Sayur dipetik subuh, habis sebelum siang."),
    Trade("bumbu", ("Bumbu Dapur", "Rempah", "Cabai Bawang"),
          ("cabai-bawang", "rempah", "bumbu-jadi"), "Los Bumbu", 9,
          "Cabai, bawang, dan rempah, bisa minta dihaluskan di tempat."),
    Trade("sembako", ("Toko Beras", "Sembako", "Palawija"),
          ("beras", "jagung-kacang", "gula-garam-minyak"), "Kios", 10,
          "Beras dan kebutuhan pokok dengan harga yang ditulis apa adanya."),
    Trade("buah", ("Buah Segar", "Lapak Buah", "Pisang & Buah"),
          ("buah-segar", "kelapa-siwalan"), "Los Buah", 8,
          "Buah musiman dari kebun sekitar, boleh dicicip dulu."),
    Trade("lauk", ("Ayam Potong", "Tahu Tempe", "Telur & Tempe"),
          ("daging-ayam", "telur", "tahu-tempe"), "Los Daging", 9,
          "Lauk segar setiap pagi untuk dapur rumah dan warung."),
    Trade("warung", ("Warung Soto", "Nasi Boran", "Pecel Lele"),
          ("masakan-matang", "sambal-saus", "minuman-segar"), "Pujasera", 7,
          "Masakan Lamongan yang dimasak hari ini, kuah dan sambal dibungkus terpisah."),
    Trade("jajanan", ("Jajan Pasar", "Wingko & Oleh-oleh", "Krupuk"),
          ("wingko-jumbrek", "krupuk-keripik", "kue-basah"), "Kios", 8,
          "Jajanan dan oleh-oleh khas Lamongan untuk rumah dan hantaran.",
          (("pasar-babat", "35.24.05.2007"), ("pasar-blimbing", "35.24.14.2003"))),
    Trade("minuman", ("Legen & Siwalan", "Jamu", "Kopi & Madu"),
          ("minuman-segar", "kopi-madu", "kelapa-siwalan"), "Kios", 4,
          "Minuman segar dan hasil siwalan dari pesisir utara.",
          (("pasar-blimbing", "35.24.14.2003"),)),
    Trade("kain", ("Tenun Ikat", "Batik", "Griya Kain"),
          ("tenun-batik", "busana", "sandal-tas"), "Kios Kain", 6,
          "Tenun ikat, batik, dan busana buatan perajin Lamongan.",
          (("pasar-babat", "35.24.10.2009"), ("pasar-blimbing", "35.24.14.2006"),
           ("pasar-desa-maduran", "35.24.10.2009"))),
    Trade("kerajinan", ("Kerajinan", "Alat Dapur", "Anyaman"),
          ("anyaman", "gerabah-alat", "sandal-tas"), "Kios", 4,
          "Anyaman, gerabah, dan alat dapur buatan tangan."),
)

SIZES = (
    Variant("besar", 12), Variant("sedang", 0),
    Variant("kecil", -10), Variant("pilihan", 18),
)
MAKES = (
    Variant("buatan sendiri", 0), Variant("istimewa", 15),
    Variant("hemat", -12), Variant("racikan ibu", 6),
)
HARVESTS = (
    Variant("panen pagi", 4), Variant("pilihan", 12),
    Variant("hemat", -12), Variant("kebun sendiri", 0),
)
STOCKS = (
    Variant("kualitas super", 10), Variant("karung baru", 3),
    Variant("hemat", -7), Variant("langganan", -2),
)
PATTERNS = (
    Variant("motif klasik", 0), Variant("warna alam", 20),
    Variant("warna cerah", 5), Variant("ukuran besar", 14),
)

VARIANTS: dict[str, tuple[Variant, ...]] = {
    "ikan": SIZES, "sayur": HARVESTS, "bumbu": HARVESTS, "pokok": STOCKS,
    "buah": HARVESTS, "lauk": SIZES,
    "masakan": MAKES, "jajanan": MAKES, "minuman": MAKES, "kain": PATTERNS, "kerajinan": PATTERNS,
}
"""By top category, in which words the same goods differ."""
# fmt: on
