"""From kitchens: spices, dishes, snacks and drinks."""

from pol.catalogue.rules import Condition, Unit
from pol.demo.goods.table import Goods

KG, ONS, LITER, BUNGKUS, BOTOL = Unit.KG, Unit.ONS, Unit.LITER, Unit.BUNGKUS, Unit.BOTOL
BUAH, IKAT, KOTAK, EKOR = Unit.BUAH, Unit.IKAT, Unit.KOTAK, Unit.EKOR
DRIED, COOKED, PACKAGED = Condition.DRIED, Condition.COOKED, Condition.PACKAGED

# fmt: off
KITCHEN: tuple[Goods, ...] = (
    Goods("Kunyit", "rempah", "kunyit", ONS, 1_500, 2_500,
          "Kunyit tua berwarna jingga pekat. "
          "Membuat kuah soto kuning dan harum."),
    Goods("Jahe emprit", "rempah", "jahe", ONS, 3_500, 5_500,
          "Jahe kecil yang pedas dan hangat. "
          "Untuk wedang dan bumbu ikan."),
    Goods("Serai", "rempah", "serai", IKAT, 2_000, 3_500,
          "Serai segar isi tujuh batang. "
          "Memarkan saja, wanginya langsung keluar."),
    Goods("Lengkuas", "rempah", "jahe", ONS, 1_500, 2_500,
          "Laos muda yang mudah diparut. "
          "Bumbu dasar lodeh, soto, dan ayam goreng."),
    Goods("Ketumbar", "rempah", "ketumbar", ONS, 4_000, 6_000,
          "Biji ketumbar kering yang sudah diayak. "
          "Sangrai dulu supaya lebih wangi.", DRIED),
    Goods("Terasi udang Brondong", "bumbu-jadi", "terasi", ONS, 6_500, 9_500,
          "Terasi rebon asli pesisir Brondong tanpa pewarna. "
          "Sedikit saja sudah membuat sambal sedap.", PACKAGED),
    Goods("Petis udang", "bumbu-jadi", "petis", BOTOL, 18_000, 27_000,
          "Petis hitam kental dari sari udang. "
          "Untuk tahu tek, rujak, dan sambal bandeng.", PACKAGED),
    Goods("Bumbu soto Lamongan", "bumbu-jadi", "bumbu_soto", BUNGKUS, 12_000, 18_000,
          "Bumbu halus lengkap dengan serai, daun jeruk, dan koya. "
          "Satu bungkus untuk satu ekor ayam.", PACKAGED, grosir_from=10),
    Goods("Koya gurih", "bumbu-jadi", "bumbu_soto", BUNGKUS, 8_000, 13_000,
          "Koya krupuk udang dan bawang putih, ditumbuk halus. "
          "Taburan yang membuat soto Lamongan berbeda.", PACKAGED),
    Goods("Bumbu nasi boran", "bumbu-jadi", "bumbu_boran", BUNGKUS, 10_000, 16_000,
          "Sambal bumbu merah khas Lamongan, pedas dan kaya rempah. "
          "Tumis sebentar lalu siram ke nasi hangat.", PACKAGED),
    Goods("Bumbu pecel", "bumbu-jadi", "gula_merah", BUNGKUS, 12_000, 18_000,
          "Kacang sangrai, kencur, dan gula merah yang diulek. "
          "Seduh air hangat, siap disiramkan.", PACKAGED),
    Goods("Gula merah lontar", "gula-garam-minyak", "gula_merah", KG, 22_000, 30_000,
          "Gula dari nira siwalan pantai utara. "
          "Wanginya khas untuk jenang dan dawet.", PACKAGED),
    Goods("Gula pasir", "gula-garam-minyak", "garam", KG, 17_500, 19_000,
          "Gula putih kering dalam kemasan sekilo. "
          "Harga mengikuti pasar dan ditulis apa adanya.", PACKAGED, grosir_from=10),
    Goods("Garam krosok", "gula-garam-minyak", "garam", KG, 4_000, 7_000,
          "Garam kasar petambak pesisir. "
          "Untuk mengasinkan telur dan ikan.", DRIED),
    Goods("Minyak goreng", "gula-garam-minyak", "minyak", LITER, 17_500, 20_500,
          "Minyak sawit jernih dalam botol. "
          "Dijual per liter, mulai setengah liter untuk isi ulang.", PACKAGED, grosir_from=12),
    Goods("Soto ayam Lamongan", "masakan-matang", "soto", BUNGKUS, 14_000, 20_000,
          "Kuah kuning, suwiran ayam, telur, dan koya dibungkus terpisah. "
          "Hangatkan kuahnya, lalu taburi koya.", COOKED),
    Goods("Nasi boran", "masakan-matang", "nasi_boran", BUNGKUS, 13_000, 20_000,
          "Nasi, sambal boran, dan lauk pilihan hari ini dengan peyek. "
          "Paling enak dimakan selagi hangat.", COOKED, as_available=True),
    Goods("Pecel lele sambal terasi", "masakan-matang", "pecel_lele", BUNGKUS, 16_000, 22_000,
          "Lele goreng kering, sambal terasi, dan lalapan segar. "
          "Digoreng saat dipesan.", COOKED),
    Goods("Tahu campur", "masakan-matang", "soto", BUNGKUS, 14_000, 19_000,
          "Tahu, lento, mi, tauge, dan kuah petis dengan tetelan. "
          "Sambalnya dipisah supaya bisa diatur.", COOKED),
    Goods("Bandeng bakar sambal", "masakan-matang", "bandeng", EKOR, 28_000, 38_000,
          "Bandeng dibakar dengan arang batok dan bumbu kecap. "
          "Lengkap dengan sambal dan lalapan.", COOKED),
    Goods("Sambal terasi ulek", "sambal-saus", "sambal", BUNGKUS, 6_000, 10_000,
          "Diulek pagi hari dengan tomat dan terasi bakar. "
          "Tahan dua hari di kulkas.", COOKED),
    Goods("Sambal botol rumahan", "sambal-saus", "saus_sambal", BOTOL, 18_000, 28_000,
          "Sambal bawang matang tanpa pengawet. "
          "Tutup rapat dan simpan dingin setelah dibuka.", PACKAGED),
    Goods("Sambal cumi kering", "sambal-saus", "saus_sambal", BOTOL, 28_000, 38_000,
          "Cumi asin suwir dan cabai rawit dalam minyak bawang. "
          "Lauk cepat untuk hari sibuk.", PACKAGED),
    Goods("Kecap manis lokal", "sambal-saus", "kecap", BOTOL, 15_000, 24_000,
          "Kecap kedelai hitam yang kental. "
          "Meresap untuk bakaran dan semur.", PACKAGED),
    Goods("Wingko Babat", "wingko-jumbrek", "wingko", BUNGKUS, 18_000, 28_000,
          "Wingko kelapa muda yang dipanggang dengan arang, isi sepuluh. "
          "Legit di dalam, kecokelatan di luar.", PACKAGED, grosir_from=10),
    Goods("Wingko rasa nangka", "wingko-jumbrek", "wingko", BUNGKUS, 20_000, 30_000,
          "Potongan nangka asli di setiap gigitan. "
          "Dibungkus kertas satu per satu.", PACKAGED),
    Goods("Wingko mini hantaran", "wingko-jumbrek", "wingko", KOTAK, 32_000, 45_000,
          "Dua puluh wingko kecil dalam kotak bermotif tenun. "
          "Pantas untuk hantaran dan oleh-oleh kantor.", PACKAGED),
    Goods("Jumbrek Paciran", "wingko-jumbrek", "jumbrek", BUNGKUS, 12_000, 18_000,
          "Kue tepung beras, santan, dan gula siwalan dalam corong lontar. "
          "Isi sepuluh, habiskan hari ini.", COOKED, as_available=True),
    Goods("Krupuk ikan mentah", "krupuk-keripik", "krupuk", BUNGKUS, 14_000, 22_000,
          "Krupuk tengiri kering setengah kilo, tinggal digoreng. "
          "Mekar penuh dan rasa ikannya nyata.", DRIED, grosir_from=10),
    Goods("Krupuk udang matang", "krupuk-keripik", "krupuk", BUNGKUS, 10_000, 16_000,
          "Digoreng dengan minyak baru dan ditiriskan kering. "
          "Plastik tebal supaya tetap renyah.", PACKAGED),
    Goods("Keripik singkong", "krupuk-keripik", "keripik", BUNGKUS, 9_000, 15_000,
          "Irisan tipis asin gurih dari singkong Sambeng. "
          "Kemasan berdiri yang bisa ditutup lagi.", PACKAGED),
    Goods("Keripik pisang", "krupuk-keripik", "keripik", BUNGKUS, 10_000, 16_000,
          "Pisang kepok tua diiris panjang, manisnya alami. "
          "Camilan sekolah yang aman.", PACKAGED),
    Goods("Emping jagung", "krupuk-keripik", "keripik", BUNGKUS, 9_000, 14_000,
          "Jagung pipil dipipihkan lalu digoreng renyah. "
          "Rasa asin bawang yang ringan.", PACKAGED),
    Goods("Rempeyek kacang", "krupuk-keripik", "krupuk", BUNGKUS, 9_000, 14_000,
          "Tipis, renyah, dan penuh kacang. "
          "Digoreng setiap pagi.", PACKAGED),
    Goods("Kue lapis", "kue-basah", "kue_basah", BUAH, 2_000, 3_500,
          "Lapis tepung beras yang kenyal dan lembut. "
          "Pewarna makanan secukupnya."),
    Goods("Klepon", "kue-basah", "kue_basah", BUNGKUS, 5_000, 8_000,
          "Gula merahnya lumer, kelapanya muda. "
          "Isi sepuluh butir per bungkus.", COOKED),
    Goods("Kotakan jajan pasar", "kue-basah", "kue_basah", KOTAK, 9_000, 15_000,
          "Empat macam kue basah dan air gelas untuk rapat atau pengajian. "
          "Pesan sehari sebelumnya untuk jumlah banyak.", COOKED, grosir_from=20),
    Goods("Legen segar", "minuman-segar", "legen", BOTOL, 8_000, 13_000,
          "Nira siwalan yang disadap pagi ini, manis dan dingin. "
          "Minum hari ini sebelum menjadi masam.", as_available=True),
    Goods("Es degan", "minuman-segar", "kelapa_muda", BUNGKUS, 7_000, 11_000,
          "Serutan kelapa muda dengan airnya sendiri. "
          "Gula dipisah, silakan diatur.", COOKED),
    Goods("Es dawet siwalan", "minuman-segar", "es_dawet", BUNGKUS, 6_000, 10_000,
          "Dawet hijau, santan, dan irisan siwalan. "
          "Es dan kuah dibungkus terpisah.", COOKED),
    Goods("Jamu kunyit asam", "minuman-segar", "jamu", BOTOL, 8_000, 13_000,
          "Kunyit dan asam jawa yang direbus pagi hari. "
          "Tanpa pemanis buatan."),
    Goods("Jamu temulawak", "minuman-segar", "jamu", BOTOL, 8_000, 13_000,
          "Temulawak segar yang diperas dan direbus. "
          "Diminum dingin atau hangat sama enaknya."),
    Goods("Beras kencur", "minuman-segar", "jamu", BOTOL, 8_000, 13_000,
          "Jamu hangat yang disukai anak-anak. "
          "Kocok dulu sebelum diminum."),
    Goods("Kopi bubuk robusta", "kopi-madu", "kopi_bubuk", BUNGKUS, 18_000, 28_000,
          "Disangrai gelap dan digiling halus, 250 gram. "
          "Pahit harum, cocok untuk kopi tubruk.", PACKAGED, grosir_from=10),
    Goods("Kopi susu gula lontar", "kopi-madu", "kopi", BOTOL, 14_000, 20_000,
          "Kopi, susu, dan gula siwalan dalam botol kecil. "
          "Simpan dingin, nikmati dalam dua hari.", COOKED),
    Goods("Madu klanceng", "kopi-madu", "madu", BOTOL, 85_000, 130_000,
          "Madu lebah kecil tanpa sengat, rasanya asam segar. "
          "Panen sedikit setiap bulan.", PACKAGED, as_available=True),
    Goods("Madu hutan", "kopi-madu", "madu", BOTOL, 65_000, 110_000,
          "Madu dari hutan jati selatan, disaring tanpa dipanaskan. "
          "Warnanya gelap dan aromanya kuat.", PACKAGED),
)
# fmt: on
