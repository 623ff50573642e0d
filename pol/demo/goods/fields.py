"""From fields, gardens and the hen house."""

from pol.catalogue.rules import Condition, Unit
from pol.demo.goods.table import Goods

KG, ONS, IKAT, BUAH, BUTIR = Unit.KG, Unit.ONS, Unit.IKAT, Unit.BUAH, Unit.BUTIR
BUNGKUS, SISIR, EKOR = Unit.BUNGKUS, Unit.SISIR, Unit.EKOR
DRIED, PACKAGED = Condition.DRIED, Condition.PACKAGED

# fmt: off
FIELDS: tuple[Goods, ...] = (
    Goods("Kangkung cabut", "sayur-daun", "kangkung", IKAT, 2_000, 3_500,
          "Dipetik subuh dari sawah, daunnya masih berembun. "
          "Renyah ditumis terasi.", as_available=True, grosir_from=10),
    Goods("Bayam hijau", "sayur-daun", "bayam", IKAT, 2_000, 3_500,
          "Bayam muda berdaun lebar tanpa batang tua. "
          "Manis untuk sayur bening.", as_available=True, grosir_from=10),
    Goods("Sawi hijau", "sayur-daun", "sawi", IKAT, 3_000, 5_000,
          "Sawi segar dengan batang tebal berair. "
          "Pas untuk mi, bakso, dan tumisan."),
    Goods("Daun singkong", "sayur-daun", "bayam", IKAT, 2_500, 4_000,
          "Pucuk muda yang cepat empuk. "
          "Enak direbus dengan sambal atau dimasak santan.", as_available=True),
    Goods("Kenikir", "sayur-daun", "kangkung", IKAT, 2_000, 3_500,
          "Daun urap yang harum dan sedikit getir. "
          "Pelengkap pecel dan nasi boran."),
    Goods("Kemangi", "sayur-daun", "bayam", IKAT, 2_000, 3_000,
          "Kemangi wangi untuk lalapan pecel lele. "
          "Diikat kecil supaya habis sekali makan.", as_available=True),
    Goods("Kacang panjang", "sayur-buah-umbi", "kacang_panjang", IKAT, 4_000, 6_500,
          "Polongnya muda dan tidak berserat. "
          "Untuk lodeh, pecel, atau lalapan."),
    Goods("Terong ungu", "sayur-buah-umbi", "terong", KG, 9_000, 14_000,
          "Kulit mulus mengilap, bijinya masih muda. "
          "Lembut dibalado atau dibakar."),
    Goods("Mentimun", "sayur-buah-umbi", "mentimun", KG, 7_000, 11_000,
          "Mentimun segar yang renyah dan tidak pahit. "
          "Wajib untuk lalapan dan acar.", grosir_from=10),
    Goods("Tomat merah", "sayur-buah-umbi", "tomat", KG, 10_000, 16_000,
          "Tomat matang pohon dengan kulit kencang. "
          "Asam manisnya pas untuk sambal."),
    Goods("Kentang Granola", "sayur-buah-umbi", "kentang", KG, 16_000, 22_000,
          "Umbi kering berkulit bersih, tidak bertunas. "
          "Pulen untuk perkedel dan sup."),
    Goods("Wortel", "sayur-buah-umbi", "wortel", KG, 13_000, 19_000,
          "Wortel manis yang daunnya baru dipotong. "
          "Untuk sop, jus, dan campuran tumis."),
    Goods("Labu siam", "sayur-buah-umbi", "labu_siam", KG, 6_000, 9_000,
          "Labu muda yang tidak bergetah banyak. "
          "Sedap dilodeh dengan tempe."),
    Goods("Jagung manis", "sayur-buah-umbi", "jagung", KG, 8_000, 12_000,
          "Dipanen kemarin sore, bijinya penuh dan manis. "
          "Enak direbus atau dibakar.", grosir_from=10),
    Goods("Cabai merah besar", "cabai-bawang", "cabai_merah", KG, 32_000, 55_000,
          "Cabai merah segar bertangkai hijau. "
          "Harganya kami perbarui mengikuti pasar pagi."),
    Goods("Cabai merah keriting", "cabai-bawang", "cabai_merah", KG, 34_000, 58_000,
          "Keriting segar yang pedasnya sedang. "
          "Warnanya cantik untuk bumbu halus."),
    Goods("Cabai rawit merah", "cabai-bawang", "cabai_rawit", KG, 45_000, 85_000,
          "Rawit merah pilihan yang benar-benar pedas. "
          "Dijual mulai seperempat kilo."),
    Goods("Cabai rawit campur", "cabai-bawang", "cabai_rawit", ONS, 4_500, 8_000,
          "Rawit hijau, jingga, dan merah dalam satu timbangan. "
          "Untuk gorengan dan sambal bawang.", as_available=True),
    Goods("Bawang merah", "cabai-bawang", "bawang_merah", KG, 32_000, 46_000,
          "Bawang kering simpan, kulitnya merah mengilap. "
          "Harum saat digoreng.", grosir_from=5),
    Goods("Bawang putih kating", "cabai-bawang", "bawang_putih", KG, 36_000, 48_000,
          "Siung besar yang mudah dikupas. "
          "Simpan kering agar tahan lama.", grosir_from=5),
    Goods("Beras medium Lamongan", "beras", "beras", KG, 12_500, 14_000,
          "Beras panen petani Lamongan yang digiling minggu ini. "
          "Pulen sedang dan bersih dari kutu.", DRIED, grosir_from=10),
    Goods("Beras premium pulen", "beras", "beras", KG, 14_500, 17_000,
          "Butir utuh, sedikit patahan, tanpa pemutih. "
          "Nasinya pulen sampai sore.", DRIED, grosir_from=10),
    Goods("Beras merah", "beras", "beras", KG, 18_000, 25_000,
          "Beras merah pecah kulit yang kaya serat. "
          "Rendam sebentar sebelum dimasak.", DRIED),
    Goods("Beras organik", "beras", "beras", KG, 19_000, 26_000,
          "Ditanam tanpa pupuk kimia oleh kelompok tani desa. "
          "Wangi alami, dikemas dua kali sebulan.", DRIED),
    Goods("Ketan putih", "beras", "ketan", KG, 17_000, 22_000,
          "Ketan putih lengket untuk jadah dan lemper. "
          "Bersih, tidak bercampur beras.", DRIED),
    Goods("Ketan hitam", "beras", "ketan", KG, 22_000, 30_000,
          "Ketan hitam harum untuk bubur dan tape. "
          "Dikemas rapat agar tetap kering.", DRIED),
    Goods("Jagung pipil", "jagung-kacang", "jagung", KG, 7_500, 10_000,
          "Jagung kering dari lahan Mantup dan Ngimbang. "
          "Untuk nasi jagung atau pakan.", DRIED, grosir_from=10),
    Goods("Kacang tanah", "jagung-kacang", "kacang_tanah", KG, 27_000, 36_000,
          "Kacang lokal yang sudah disortir. "
          "Gurih untuk bumbu pecel dan rempeyek.", DRIED),
    Goods("Kacang hijau", "jagung-kacang", "kacang_hijau", KG, 24_000, 32_000,
          "Panen musim kemarau, cepat empuk saat direbus. "
          "Untuk bubur dan isian kue.", DRIED),
    Goods("Kedelai lokal", "jagung-kacang", "kedelai", KG, 13_000, 17_000,
          "Kedelai lokal berbiji sedang. "
          "Dipakai perajin tempe dan tahu sekitar sini.", DRIED, grosir_from=10),
    Goods("Pisang raja", "buah-segar", "pisang", SISIR, 22_000, 32_000,
          "Matang di pohon, kulitnya kuning berbintik. "
          "Manis untuk buah meja dan pisang goreng."),
    Goods("Pisang kepok", "buah-segar", "pisang", SISIR, 15_000, 23_000,
          "Kepok kuning yang legit setelah digoreng. "
          "Satu sisir sekitar 14 buah."),
    Goods("Mangga gadung", "buah-segar", "mangga", KG, 16_000, 26_000,
          "Mangga harum dengan daging tebal. "
          "Siap makan dalam satu dua hari."),
    Goods("Semangka merah", "buah-segar", "semangka", KG, 6_500, 9_500,
          "Semangka tanpa biji yang manis berair. "
          "Ditimbang utuh, bisa dibelah di lapak.", grosir_from=10),
    Goods("Jeruk manis", "buah-segar", "jeruk", KG, 17_000, 25_000,
          "Jeruk manis yang kulitnya mudah dikupas. "
          "Segar untuk perasan pagi."),
    Goods("Pepaya California", "buah-segar", "pepaya", KG, 7_000, 11_000,
          "Dagingnya jingga tebal dan manis. "
          "Matang merata, tidak lembek."),
    Goods("Melon", "buah-segar", "melon", KG, 11_000, 16_000,
          "Melon jaring dari sawah Lamongan di musim kemarau. "
          "Manis, renyah, dan harum."),
    Goods("Kelapa tua", "kelapa-siwalan", "kelapa", BUAH, 7_000, 11_000,
          "Santannya kental dan gurih. "
          "Bisa dikupas atau diparut tanpa tambahan biaya."),
    Goods("Kelapa muda", "kelapa-siwalan", "kelapa_muda", BUAH, 8_000, 13_000,
          "Degan segar, airnya manis dan dagingnya lembut. "
          "Dibuka saat Anda datang."),
    Goods("Siwalan kupas", "kelapa-siwalan", "siwalan", BUNGKUS, 8_000, 13_000,
          "Buah lontar muda dari Paciran, isi sepuluh biji. "
          "Kenyal dan menyegarkan.", as_available=True),
    Goods("Ayam potong", "daging-ayam", "ayam", KG, 34_000, 42_000,
          "Dipotong pagi ini oleh juru sembelih halal. "
          "Bisa minta dipotong menjadi 8 atau 10."),
    Goods("Dada ayam fillet", "daging-ayam", "ayam", KG, 48_000, 58_000,
          "Dada tanpa tulang dan kulit, dipotong bersih. "
          "Cepat matang untuk katsu dan sup."),
    Goods("Ayam kampung utuh", "daging-ayam", "ayam", EKOR, 70_000, 95_000,
          "Ayam kampung pekarangan, dagingnya padat. "
          "Kuahnya gurih untuk soto.", as_available=True),
    Goods("Daging sapi has", "daging-ayam", "daging_sapi", KG, 125_000, 145_000,
          "Daging segar tanpa gajih berlebih. "
          "Dipotong searah permintaan Anda."),
    Goods("Tetelan sapi", "daging-ayam", "daging_sapi", KG, 65_000, 85_000,
          "Tetelan untuk kaldu, rawon, dan bakso. "
          "Masih ada dagingnya, tidak hanya lemak."),
    Goods("Telur ayam negeri", "telur", "telur_ayam", KG, 26_000, 31_000,
          "Telur baru dari peternak, cangkangnya bersih. "
          "Sekilo sekitar 16 butir.", grosir_from=10),
    Goods("Telur ayam kampung", "telur", "telur_ayam", BUTIR, 2_500, 3_500,
          "Telur ayam umbaran, kuningnya pekat. "
          "Dijual mulai lima butir."),
    Goods("Telur asin", "telur", "telur_asin", BUTIR, 3_500, 5_000,
          "Telur bebek diasinkan dua belas hari, masirnya terasa. "
          "Sudah direbus, siap dimakan.", PACKAGED),
    Goods("Tempe daun", "tahu-tempe", "tempe", BUNGKUS, 3_000, 5_500,
          "Tempe bungkus daun pisang, harum dan padat. "
          "Dibuat dari kedelai pilihan setiap malam."),
    Goods("Tempe papan", "tahu-tempe", "tempe", BUAH, 6_000, 9_000,
          "Satu papan cukup untuk keluarga. "
          "Potong tipis untuk mendoan atau kering tempe."),
    Goods("Tahu putih", "tahu-tempe", "tahu", BUNGKUS, 5_000, 8_000,
          "Tahu pagi, masih hangat saat buka lapak. "
          "Isi sepuluh potong, tanpa pengawet."),
)
# fmt: on
