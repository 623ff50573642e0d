"""From ponds, rivers and the Java Sea."""

from pol.catalogue.rules import Condition, Unit
from pol.demo.goods.table import Goods

KG, ONS, EKOR, BUNGKUS = Unit.KG, Unit.ONS, Unit.EKOR, Unit.BUNGKUS
FROZEN, DRIED = Condition.FROZEN, Condition.DRIED
COOKED, PACKAGED = Condition.COOKED, Condition.PACKAGED

# fmt: off
WATER: tuple[Goods, ...] = (
    Goods("Bandeng tambak segar", "ikan-tambak", "bandeng", KG, 27_000, 36_000,
          "Dipanen dini hari dari tambak Lamongan, sisiknya masih mengilap. "
          "Gurih dibakar, digoreng, atau dimasak kuah asam.", grosir_from=5),
    Goods("Bandeng cabut duri", "ikan-tambak", "bandeng", EKOR, 22_000, 32_000,
          "Durinya sudah dicabut satu per satu, tinggal dibumbui. "
          "Aman untuk anak-anak dan nikmat digoreng tepung."),
    Goods("Mujair tambak", "ikan-tambak", "mujair", KG, 26_000, 34_000,
          "Mujair hidup yang ditimbang saat Anda memesan. "
          "Dagingnya padat, enak dibuat pecak atau goreng kering.", as_available=True),
    Goods("Nila merah segar", "ikan-tambak", "kakap", KG, 30_000, 40_000,
          "Nila merah dari kolam air mengalir, tidak bau tanah. "
          "Pas untuk bakaran keluarga di akhir pekan."),
    Goods("Lele segar dibersihkan", "ikan-tambak", "lele", KG, 24_000, 30_000,
          "Sudah dibuang isi perut dan insangnya, tinggal dicuci. "
          "Ukurannya rata, cocok untuk pecel lele.", grosir_from=5),
    Goods("Gabus sungai", "ikan-tambak", "lele", KG, 48_000, 65_000,
          "Tangkapan Bengawan Solo, datang tidak setiap hari. "
          "Banyak dicari untuk masakan pemulihan.", as_available=True),
    Goods("Tongkol segar", "ikan-laut", "tongkol", KG, 28_000, 38_000,
          "Turun dari kapal di Brondong pagi ini, insangnya masih merah. "
          "Enak dibumbu pedas atau dipindang."),
    Goods("Kakap merah", "ikan-laut", "kakap", KG, 68_000, 92_000,
          "Kakap merah utuh dari nelayan pantai utara. "
          "Dagingnya manis dan tebal untuk gulai, bakar, atau kukus."),
    Goods("Kurisi", "ikan-laut", "kurisi", KG, 24_000, 33_000,
          "Ikan merah muda yang banyak didaratkan di Brondong. "
          "Lembut untuk digoreng atau dibuat pepes."),
    Goods("Layang segar", "ikan-laut", "layang", KG, 22_000, 29_000,
          "Ikan layang dari melaut semalam, disimpan dengan es. "
          "Hemat dan gurih untuk lauk harian.", grosir_from=5),
    Goods("Kembung banjar", "ikan-laut", "layang", KG, 34_000, 44_000,
          "Kembung sedang dengan mata bening. "
          "Kaya rasa, nikmat dibakar dengan sambal kecap."),
    Goods("Tengiri potong", "ikan-laut", "tongkol", KG, 78_000, 105_000,
          "Dipotong setebal dua jari saat dipesan. "
          "Cocok untuk empek-empek, otak-otak, atau goreng kunyit."),
    Goods("Udang vaname segar", "udang-kerang", "udang", KG, 68_000, 90_000,
          "Udang vaname tambak, dipanen pagi dan langsung diberi es. "
          "Kulitnya tipis dan dagingnya manis.", grosir_from=5),
    Goods("Udang windu", "udang-kerang", "udang", KG, 110_000, 145_000,
          "Udang windu besar untuk hidangan istimewa. "
          "Jumlahnya terbatas mengikuti panen petambak.", as_available=True),
    Goods("Cumi segar", "udang-kerang", "cumi", KG, 62_000, 85_000,
          "Cumi tangkapan malam, kulitnya masih berbintik ungu. "
          "Empuk untuk cumi hitam atau bakar."),
    Goods("Rajungan hidup", "udang-kerang", "rajungan", KG, 85_000, 120_000,
          "Rajungan bubu dari Paciran, capitnya diikat rapi. "
          "Dagingnya manis, sedap direbus atau dibumbu kare.", as_available=True),
    Goods("Kerang dara", "udang-kerang", "kerang", KG, 24_000, 34_000,
          "Sudah direndam air bersih supaya pasirnya keluar. "
          "Enak direbus dengan sambal nanas."),
    Goods("Kerang hijau kupas", "udang-kerang", "kerang", BUNGKUS, 14_000, 20_000,
          "Dikupas dan dibungkus setengah kilo, siap ditumis. "
          "Simpan dingin dan masak hari ini juga."),
    Goods("Ikan asin layang", "ikan-olahan", "ikan_asin", ONS, 5_000, 7_500,
          "Dijemur dua hari penuh di pesisir, asinnya pas. "
          "Renyah digoreng untuk teman nasi jagung.", DRIED),
    Goods("Ikan asin jambal", "ikan-olahan", "ikan_asin", ONS, 11_000, 15_000,
          "Jambal tebal yang empuk setelah digoreng. "
          "Harum dan tidak terlalu asin.", DRIED),
    Goods("Teri nasi kering", "ikan-olahan", "ikan_asin", ONS, 10_000, 14_000,
          "Teri putih kecil yang bersih dari kotoran. "
          "Cocok untuk sambal, rempeyek, atau taburan bubur.", DRIED),
    Goods("Rebon kering", "ikan-olahan", "udang", ONS, 5_500, 8_500,
          "Udang rebon kecil yang dijemur kering. "
          "Untuk sambal, bakwan, dan bothok.", DRIED),
    Goods("Pindang tongkol", "ikan-olahan", "tongkol", BUNGKUS, 10_000, 16_000,
          "Dipindang pagi hari, isi dua ekor sebungkus. "
          "Tinggal digoreng sebentar untuk lauk.", COOKED),
    Goods("Bandeng presto", "ikan-olahan", "bandeng", EKOR, 20_000, 30_000,
          "Duri lunak dengan bumbu kunyit dan bawang. "
          "Tahan seminggu di dalam kulkas.", PACKAGED),
    Goods("Otak-otak bandeng", "ikan-olahan", "otak_otak", BUNGKUS, 35_000, 48_000,
          "Bandeng isi dibungkus daun pisang lalu dibakar. "
          "Oleh-oleh pesisir yang selalu dicari.", COOKED),
    Goods("Bandeng asap", "ikan-olahan", "bandeng", EKOR, 24_000, 34_000,
          "Diasap dengan sabut kelapa sampai cokelat keemasan. "
          "Langsung bisa disantap dengan sambal petis.", COOKED),
    Goods("Fillet ikan beku", "ikan-olahan", "kakap", BUNGKUS, 28_000, 38_000,
          "Daging ikan tanpa duri, dibekukan per setengah kilo. "
          "Praktis untuk nugget, sup, dan bekal.", FROZEN),
)
# fmt: on
