"""Who takes part on paper: retailers with their stores and habits."""

from dataclasses import dataclass, field

from pol.partnership.slots.rules import CoopForm


@dataclass(frozen=True)
class StorePlan:
    """A store, by village code, with so many gondolas and boards of each.

    `busy` is 1 where as many people buy as usual.
    """

    name: str
    village_code: str
    address: str
    gondolas: int = 2
    busy: float = 1.0
    boards: int = 4


@dataclass(frozen=True)
class Habits:
    """On what terms a retailer has traded for a year, and how it keeps them.

    `sheets` are the products that stand there, on `boards` shelves of each store until
    `ends_in_days` from today. `pays_after` are the days from closing a period to the money, one of
    which each bill meets; `rent` is what a producer pays for its place in each period. In the last
    `till_weeks` weeks sales come as files of its tills, not on day sheets.
    """

    sheets: tuple[int, ...]
    form: CoopForm = CoopForm.CONSIGNMENT
    margin_bp: int = 1_500
    payment_days: int = 14
    settle_weeks: int = 4
    pays_after: tuple[int, ...] = (10, 12, 13)
    rent: int = 0
    boards: int = 2
    ends_in_days: int = 45
    till_weeks: int = 0


@dataclass(frozen=True)
class RetailerPlan:
    """A retailer with its owner; several stores make a chain."""

    name: str
    owner: str
    stores: tuple[StorePlan, ...]
    habits: Habits | None = field(default=None)


RETAILERS = (
    RetailerPlan(
        "Bengawan Mart (contoh)",
        "Ratna Kusumawati (contoh)",
        (
            StorePlan("Bengawan Mart Babat (contoh)", "35.24.05.1003", "Jl. Gotong Royong 12", 3,
                      1.3),
            StorePlan("Bengawan Mart Kota (contoh)", "35.24.22.1014", "Jl. Lamongrejo 45", 3, 1.1),
            StorePlan("Bengawan Mart Sukodadi (contoh)", "35.24.17.2007", "Jl. Airlangga 8", 2,
                      0.7),
        ),
        Habits((0, 1, 2, 3, 4, 5, 6, 9, 10), pays_after=(9, 12, 12, 13, 14, 20), boards=3,
               till_weeks=8),
    ),
    RetailerPlan(
        "Segoro Swalayan (contoh)",
        "Hendra Widodo (contoh)",
        (
            StorePlan("Segoro Paciran (contoh)", "35.24.14.2003", "Jl. Daendels 101", busy=1.2),
            StorePlan("Segoro Brondong (contoh)", "35.24.07.1010", "Jl. Raya Brondong 20",
                      busy=0.8),
        ),
        Habits((0, 1, 2, 6, 7, 10), margin_bp=1_200, payment_days=7, settle_weeks=2,
               pays_after=(1, 2, 2, 3, 4), ends_in_days=34),
    ),
    RetailerPlan(
        "Toko Tani Makmur (contoh)",
        "Sumarni Utami (contoh)",
        (
            StorePlan("Tani Makmur Ngimbang (contoh)", "35.24.04.2016", "Jl. Raya Ngimbang 3",
                      busy=0.8),
            StorePlan("Tani Makmur Mantup (contoh)", "35.24.16.2004", "Jl. Raya Mantup 17",
                      busy=0.6),
            StorePlan("Tani Makmur Modo (contoh)", "35.24.03.2003", "Jl. Raya Modo 4", 0),
        ),
        Habits((0, 2, 4, 5, 11), margin_bp=1_800, payment_days=30, pays_after=(28, 30, 30, 38),
               ends_in_days=75),
    ),
    RetailerPlan(
        "Swalayan Dua Putri (contoh)",
        "Nurul Safitri (contoh)",
        (StorePlan("Swalayan Dua Putri (contoh)", "35.24.22.1015", "Jl. Veteran 60", busy=0.9),),
        Habits((0, 1, 3, 5, 9), form=CoopForm.OUTRIGHT, margin_bp=2_500, payment_days=14,
               pays_after=(5, 6, 7), settle_weeks=1),
    ),
    RetailerPlan(
        "Toko Barokah Deket (contoh)",
        "Anwar Maulana (contoh)",
        (StorePlan("Toko Barokah Deket (contoh)", "35.24.25.2004", "Jl. Raya Deket 5", busy=0.5),),
        Habits((0, 3, 4, 12), form=CoopForm.PROGRAMME, margin_bp=1_000, payment_days=15,
               pays_after=(24, 31, 45, 60), ends_in_days=60),
    ),
    RetailerPlan(
        "Minimarket Lestari (contoh)",
        "Indah Lestari (contoh)",
        (
            StorePlan("Minimarket Lestari (contoh)", "35.24.06.2009", "Jl. Raya Kedungpring 9",
                      busy=0.6),
        ),
        Habits((1, 2, 5, 13), form=CoopForm.RENT, margin_bp=0, payment_days=10,
               pays_after=(8, 9, 12), rent=25_000, boards=1, ends_in_days=5),
    ),
    RetailerPlan(
        "Swalayan Karangbinangun (contoh)",
        "Wahyu Nugroho (contoh)",
        (
            StorePlan("Swalayan Karangbinangun (contoh)", "35.24.24.2021",
                      "Jl. Karangbinangun 2"),
        ),
    ),
    RetailerPlan(
        "Toko Segar Tikung (contoh)",
        "Fitri Rahayu (contoh)",
        (StorePlan("Toko Segar Tikung (contoh)", "35.24.23.2001", "Jl. Raya Tikung 31"),),
    ),
)  # fmt: skip
"""Three chains and five independent stores; the last two have no place for local goods yet."""
