"""Made by hand: cloth, clothes, baskets, pots and tools."""

from pol.catalogue.rules import Condition, Unit
from pol.demo.goods.table import Goods

LEMBAR, BUAH, PASANG = Unit.LEMBAR, Unit.BUAH, Unit.PASANG
NEW = Condition.NEW

# fmt: off
HANDS: tuple[Goods, ...] = (
    Goods("Tenun ikat Parengan", "tenun-batik", "tenun_ikat", LEMBAR, 280_000, 480_000,
          "Ditenun dengan alat tenun bukan mesin di Parengan, Maduran. "
          "Satu lembar cukup untuk sarung atau kemeja.", NEW),
    Goods("Selendang tenun ikat", "tenun-batik", "tenun_ikat", LEMBAR, 120_000, 210_000,
          "Selendang lembut dengan rumbai ikat tangan. "
          "Warnanya direndam dua kali agar awet.", NEW),
    Goods("Kain tenun motif bandeng lele", "tenun-batik", "tenun_ikat", LEMBAR, 320_000, 550_000,
          "Motif bandeng dan lele, lambang Lamongan. "
          "Dikerjakan dua minggu oleh satu penenun.", NEW),
    Goods("Batik tulis Sendang", "tenun-batik", "batik", LEMBAR, 250_000, 600_000,
          "Batik tulis dari Sendangduwur dan Sendangagung, Paciran. "
          "Tidak ada dua lembar yang sama.", NEW),
    Goods("Batik cap motif gapura", "tenun-batik", "batik", LEMBAR, 110_000, 180_000,
          "Batik cap dua warna untuk seragam dan keluarga. "
          "Ukuran 2 x 1,15 meter.", NEW, grosir_from=10),
    Goods("Sarung tenun", "busana", "sarung", LEMBAR, 85_000, 190_000,
          "Sarung kotak-kotak yang adem dan tidak luntur. "
          "Sudah dijahit, siap dipakai.", NEW),
    Goods("Kemeja batik pria", "busana", "baju", LEMBAR, 95_000, 180_000,
          "Kemeja lengan pendek dengan jahitan rapi. "
          "Tulis ukuran pada catatan pesanan.", NEW),
    Goods("Gamis katun", "busana", "baju", LEMBAR, 110_000, 210_000,
          "Gamis harian dari katun yang menyerap keringat. "
          "Ada saku di kanan.", NEW),
    Goods("Seragam sekolah", "busana", "baju", LEMBAR, 65_000, 110_000,
          "Kemeja sekolah kain tebal yang tidak menerawang. "
          "Tukar ukuran bisa dalam tiga hari.", NEW),
    Goods("Kerudung segi empat", "busana", "sarung", LEMBAR, 22_000, 45_000,
          "Kain voal yang tegak di dahi. "
          "Jahit tepi rapat, banyak warna.", NEW, grosir_from=10),
    Goods("Tas anyam pandan", "sandal-tas", "tas", BUAH, 55_000, 120_000,
          "Anyaman pandan dengan pegangan kulit. "
          "Kuat untuk belanja ke pasar.", NEW),
    Goods("Dompet tenun", "sandal-tas", "tas", BUAH, 35_000, 70_000,
          "Dibuat dari sisa kain tenun ikat Parengan. "
          "Resleting kuat dan lapisan dalam rapi.", NEW),
    Goods("Sandal kulit", "sandal-tas", "sandal", PASANG, 60_000, 120_000,
          "Sandal kulit jahitan tangan yang makin lentur. "
          "Sebut nomor kaki pada catatan.", NEW),
    Goods("Sandal jepit", "sandal-tas", "sandal", PASANG, 14_000, 24_000,
          "Sandal harian dengan tali kuat. "
          "Nomor 36 sampai 44.", NEW, grosir_from=12),
    Goods("Sepatu kanvas", "sandal-tas", "sepatu", PASANG, 85_000, 150_000,
          "Sepatu kanvas untuk sekolah dan kerja. "
          "Sol karet yang tidak licin.", NEW),
    Goods("Keranjang bambu", "anyaman", "anyaman", BUAH, 28_000, 60_000,
          "Anyaman bambu rapat dengan gagang rotan. "
          "Muat belanja untuk seminggu.", NEW),
    Goods("Besek bambu", "anyaman", "anyaman", BUAH, 3_000, 6_000,
          "Kotak anyaman untuk berkat dan oleh-oleh. "
          "Pengganti plastik yang bisa dipakai ulang.", NEW, grosir_from=20),
    Goods("Tampah bambu", "anyaman", "tampah", BUAH, 18_000, 35_000,
          "Tampah garis tengah 50 cm, halus tanpa serpihan. "
          "Untuk menampi beras dan tumpeng.", NEW),
    Goods("Kukusan bambu", "anyaman", "tampah", BUAH, 15_000, 28_000,
          "Kukusan runcing untuk nasi dan ketan. "
          "Rendam air dulu sebelum dipakai pertama kali.", NEW),
    Goods("Boranan", "anyaman", "anyaman", BUAH, 45_000, 85_000,
          "Wadah nasi boran berkaki empat dari bambu. "
          "Dianyam perajin setempat, cocok juga untuk hiasan.", NEW),
    Goods("Sapu ijuk", "gerabah-alat", "sapu", BUAH, 14_000, 24_000,
          "Ijuk lebat dengan gagang kayu yang ringan. "
          "Diikat kawat, tidak mudah rontok.", NEW),
    Goods("Cobek batu", "gerabah-alat", "sambal", BUAH, 55_000, 110_000,
          "Cobek batu kali dengan ulekannya. "
          "Sudah digosok, tidak berpasir.", NEW),
    Goods("Kendi gerabah", "gerabah-alat", "gerabah", BUAH, 30_000, 60_000,
          "Kendi tanah liat yang membuat air tetap sejuk. "
          "Dibakar dengan jerami.", NEW),
    Goods("Layah tanah liat", "gerabah-alat", "gerabah", BUAH, 8_000, 16_000,
          "Layah kecil untuk sambal di meja makan. "
          "Cuci dengan sabut agar awet.", NEW, grosir_from=12),
    Goods("Pisau dapur pandai besi", "gerabah-alat", "pisau", BUAH, 35_000, 75_000,
          "Ditempa pandai besi desa, mudah diasah. "
          "Gagang kayu jati.", NEW),
)
# fmt: on
