"""Names, addresses and words of people who do not exist; every name is marked (contoh)."""

from random import Random

MARK = "(contoh)"

WOMEN = (
    "Siti", "Sri", "Nur", "Yuni", "Wati", "Lastri", "Ningsih", "Endang", "Rukmini", "Mutmainah",
    "Aminah", "Kholifah", "Umi", "Darmi", "Sulastri", "Parti", "Rohmah", "Indah", "Fitri", "Dewi",
    "Rini", "Tutik", "Suprapti", "Munawaroh", "Zulaikha", "Maslahah", "Jumiati", "Karsini",
)  # fmt: skip
MEN = (
    "Slamet", "Karto", "Sutrisno", "Agus", "Budi", "Joko", "Hadi", "Wahyu", "Imam", "Rifai",
    "Mustofa", "Sunaryo", "Kasmin", "Darmo", "Sukari", "Mulyono", "Anwar", "Fauzi", "Ridwan",
    "Bambang", "Eko", "Dwi", "Khoirul", "Syamsul", "Ngatemin", "Warsito", "Yanto", "Tarmuji",
)  # fmt: skip
HER_FAMILIES = (
    "Rahayu", "Lestari", "Mulyani", "Handayani", "Astuti", "Wahyuni", "Suryani", "Fadilah",
    "Puspitasari", "Kusumawati", "Utami", "Anggraini", "Maharani", "Nurjanah", "Safitri",
)  # fmt: skip
HIS_FAMILIES = (
    "Santoso", "Wibowo", "Hidayat", "Utomo", "Setyawan", "Saputra", "Purnomo", "Kurniawan",
    "Susanto", "Maulana", "Widodo", "Prasetyo", "Nugroho", "Firmansyah", "Hartono", "Zainuri",
)  # fmt: skip
STREETS = (
    "Jl. Melati", "Jl. Mawar", "Jl. Kenanga", "Jl. Cendrawasih", "Jl. Merpati", "Jl. Bandeng",
    "Jl. Lele", "Jl. Sawo", "Jl. Mangga", "Jl. Delima", "Gang Masjid", "Gang Balai Desa",
    "Dusun Krajan", "Dusun Tambak", "Dusun Sawahan", "Dusun Pesisir",
)  # fmt: skip
LINE_NOTES = (
    "Pilihkan yang segar, ya Bu.", "Tolong dibersihkan sekalian.", "Yang ukuran sedang saja.",
    "Dipotong delapan.", "Kalau bisa yang matang.", "Bungkus terpisah.", "Jangan terlalu pedas.",
    "Untuk hajatan, tolong yang bagus.", "Dua bungkus digabung tidak apa-apa.",
)  # fmt: skip
ORDER_NOTES = (
    "Rumah cat hijau di sebelah musala.", "Titipkan ke pos satpam kalau saya belum pulang.",
    "Telepon dulu sebelum berangkat.", "Masuk gang, motor saja.", "Pagar hitam depan balai desa.",
)  # fmt: skip
REFUSALS = (
    "Barang pagi ini sudah habis.", "Ikan tidak turun karena ombak besar.",
    "Hari ini lapak tutup lebih awal.", "Pesanan terlalu banyak untuk hari ini.",
)  # fmt: skip
REVIEWS = (
    "Segar dan timbangannya pas.", "Datang sesuai jam, bungkusnya rapi.",
    "Bandengnya gurih, besok pesan lagi.", "Pedagangnya ramah, ada kembalian pas.",
    "Sedikit terlambat, tapi barangnya bagus.", "Harganya sama dengan di pasar.",
)  # fmt: skip
PHONES = 10_000


def person(rng: Random) -> tuple[str, str]:
    """Return how a person is called at the stall ("Bu Siti") and the whole name, not yet marked."""
    is_woman = rng.random() < 0.65
    titles = ("Bu", "Bu", "Mbak", "Mak") if is_woman else ("Pak", "Pak", "Cak", "Mas")
    first = rng.choice(WOMEN if is_woman else MEN)
    family = rng.choice(HER_FAMILIES if is_woman else HIS_FAMILIES)
    return f"{rng.choice(titles)} {first}", f"{first} {family}"


def customer(rng: Random) -> str:
    """Return the marked name of a customer."""
    return f"{person(rng)[1]} {MARK}"


def phone(number: int) -> str:
    """Return the mobile number of the nth demo person, from a block that is not in use.

    :raises ValueError: there are only 10,000 of them.
    """
    if not 0 <= number < PHONES:
        raise ValueError(f"Demo phone numbers run from 0 to {PHONES - 1}.")
    return f"+628120000{number:04d}"


def address(rng: Random) -> str:
    """Return a street or hamlet with house number and neighbourhood."""
    house, rt, rw = rng.randint(1, 120), rng.randint(1, 9), rng.randint(1, 5)
    return f"{rng.choice(STREETS)} No. {house}, RT {rt:02d} RW {rw:02d}"
