"""Products on paper that could stand on a shelf: their measures, and how well they sell."""

from dataclasses import dataclass

from pol.partnership.slots.rules import GoodsCategory as G


@dataclass(frozen=True)
class SheetPlan:
    """A product: millimetres, grams, days, pieces a week, rupiah, and its picture's motif.

    `shop` is which stall of the small market makes it, `demand` how many a usual store sells in a
    week, `permit_days` how many days from today its P-IRT still holds; crafts need none.
    """

    name: str
    category: G
    size: tuple[int, int, int]
    weight_g: int
    life_days: int
    capacity_week: int
    price: int
    motif: str
    demand: int
    shop: int
    permit_days: int = 600


SHEETS = (
    SheetPlan("Abon Lele Gurih 100 g", G.OLAHAN_IKAN, (120, 180, 60), 110, 180, 220, 24_000,
              "lele", 12, 0, 900),
    SheetPlan("Wingko Babat isi 10", G.KUE_KERING, (180, 60, 120), 300, 21, 400, 22_000,
              "wingko", 20, 25, 88),
    SheetPlan("Krupuk Ikan Payus 250 g", G.KERUPUK, (200, 280, 80), 260, 150, 250, 18_000,
              "krupuk", 14, 22),
    SheetPlan("Sambal Pecel Lele 180 g", G.SAMBAL_BUMBU, (70, 110, 70), 300, 240, 180, 21_000,
              "sambal", 9, 17, 62),
    SheetPlan("Kopi Jahe Sachet isi 12", G.KOPI_JAHE, (160, 200, 60), 280, 365, 160, 28_000,
              "kopi_bubuk", 6, 8),
    SheetPlan("Keripik Singkong Balado 150 g", G.KERIPIK, (170, 250, 80), 160, 120, 300, 14_000,
              "keripik", 18, 27),
    SheetPlan("Sirup Legen Paciran 350 ml", G.MINUMAN, (75, 230, 75), 480, 120, 140, 25_000,
              "legen", 7, 50, 55),
    SheetPlan("Terasi Brondong 200 g", G.SAMBAL_BUMBU, (90, 120, 60), 210, 300, 200, 19_000,
              "terasi", 6, 33, 36),
    SheetPlan("Dompet Tenun Parengan", G.KERAJINAN, (120, 90, 30), 90, 3_650, 60, 45_000,
              "tenun_ikat", 3, 19),
    SheetPlan("Jumbrek Kering Paciran 200 g", G.KUE_KERING, (150, 200, 70), 210, 30, 150, 17_000,
              "jumbrek", 4, 48),
    SheetPlan("Bandeng Presto Vakum 250 g", G.OLAHAN_IKAN, (230, 40, 110), 270, 45, 160, 32_000,
              "bandeng", 7, 0, 700),
    SheetPlan("Petis Udang Lamongan 250 g", G.SAMBAL_BUMBU, (80, 110, 80), 330, 180, 140, 20_000,
              "sambal", 5, 36, 80),
    SheetPlan("Wedang Uwuh Rempah isi 6", G.KOPI_JAHE, (140, 190, 50), 120, 300, 120, 23_000,
              "kopi_bubuk", 3, 28),
    SheetPlan("Kerupuk Kulit Sapi 100 g", G.KERUPUK, (180, 260, 80), 110, 90, 200, 20_000,
              "krupuk", 8, 31, 6),
)  # fmt: skip
