"""Who takes part on paper: retailers, their stores, and products that could stand there."""

from dataclasses import dataclass

from pol.partnership.slots.rules import GoodsCategory as G


@dataclass(frozen=True)
class StorePlan:
    """A store, by village code, with so many gondolas."""

    name: str
    village_code: str
    address: str
    gondolas: int = 2


@dataclass(frozen=True)
class RetailerPlan:
    """A retailer with its owner; several stores make a chain."""

    name: str
    owner: str
    stores: tuple[StorePlan, ...]


RETAILERS = (
    RetailerPlan(
        "Bengawan Mart (contoh)",
        "Ratna Kusumawati (contoh)",
        (
            StorePlan("Bengawan Mart Babat (contoh)", "35.24.05.1003", "Jl. Gotong Royong 12", 3),
            StorePlan("Bengawan Mart Kota (contoh)", "35.24.22.1014", "Jl. Lamongrejo 45", 3),
            StorePlan("Bengawan Mart Sukodadi (contoh)", "35.24.17.2007", "Jl. Airlangga 8"),
        ),
    ),
    RetailerPlan(
        "Segoro Swalayan (contoh)",
        "Hendra Widodo (contoh)",
        (
            StorePlan("Segoro Paciran (contoh)", "35.24.14.2003", "Jl. Daendels 101"),
            StorePlan("Segoro Brondong (contoh)", "35.24.07.1010", "Jl. Raya Brondong 20"),
        ),
    ),
    RetailerPlan(
        "Toko Tani Makmur (contoh)",
        "Sumarni Utami (contoh)",
        (
            StorePlan("Tani Makmur Ngimbang (contoh)", "35.24.04.2016", "Jl. Raya Ngimbang 3"),
            StorePlan("Tani Makmur Mantup (contoh)", "35.24.16.2004", "Jl. Raya Mantup 17"),
        ),
    ),
    *(
        RetailerPlan(name, owner, (StorePlan(name, code, address),))
        for name, owner, code, address in (
            (
                "Swalayan Dua Putri (contoh)",
                "Nurul Safitri (contoh)",
                "35.24.22.1015",
                "Jl. Veteran 60",
            ),
            (
                "Toko Barokah Deket (contoh)",
                "Anwar Maulana (contoh)",
                "35.24.25.2004",
                "Jl. Raya Deket 5",
            ),
            (
                "Minimarket Lestari (contoh)",
                "Indah Lestari (contoh)",
                "35.24.06.2009",
                "Jl. Raya Kedungpring 9",
            ),
            (
                "Swalayan Karangbinangun (contoh)",
                "Wahyu Nugroho (contoh)",
                "35.24.24.2021",
                "Jl. Karangbinangun 2",
            ),
            (
                "Toko Segar Tikung (contoh)",
                "Fitri Rahayu (contoh)",
                "35.24.23.2001",
                "Jl. Raya Tikung 31",
            ),
        )
    ),
)


@dataclass(frozen=True)
class SheetPlan:
    """A product: millimetres, grams, days, pieces a week, rupiah, and its picture's motif."""

    name: str
    category: G
    size: tuple[int, int, int]
    weight_g: int
    life_days: int
    capacity_week: int
    price: int
    motif: str
    demand: int


SHEETS = (
    SheetPlan("Abon Lele Gurih 100 g", G.OLAHAN_IKAN, (120, 180, 60), 110, 180, 220, 24_000,
              "lele", 14),
    SheetPlan("Wingko Babat isi 10", G.KUE_KERING, (180, 60, 120), 300, 14, 400, 22_000,
              "wingko", 26),
    SheetPlan("Krupuk Ikan Payus 250 g", G.KERUPUK, (200, 280, 80), 260, 150, 250, 18_000,
              "krupuk", 16),
    SheetPlan("Sambal Pecel Lele 180 g", G.SAMBAL_BUMBU, (70, 110, 70), 300, 240, 180, 21_000,
              "sambal", 12),
    SheetPlan("Kopi Jahe Sachet isi 12", G.KOPI_JAHE, (160, 200, 60), 280, 365, 160, 28_000,
              "kopi_bubuk", 9),
    SheetPlan("Keripik Singkong Balado 150 g", G.KERIPIK, (170, 250, 80), 160, 120, 300, 14_000,
              "keripik", 22),
    SheetPlan("Sirup Legen Paciran 350 ml", G.MINUMAN, (75, 230, 75), 480, 120, 140, 25_000,
              "legen", 8),
    SheetPlan("Terasi Brondong 200 g", G.SAMBAL_BUMBU, (90, 120, 60), 210, 300, 200, 19_000,
              "terasi", 10),
    SheetPlan("Dompet Tenun Parengan", G.KERAJINAN, (120, 90, 30), 90, 3_650, 60, 45_000,
              "tenun_ikat", 3),
    SheetPlan("Jumbrek Kering Paciran 200 g", G.KUE_KERING, (150, 200, 70), 210, 60, 150, 17_000,
              "jumbrek", 11),
)  # fmt: skip
