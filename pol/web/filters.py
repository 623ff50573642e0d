"""How money, quantities, days and moments look on a page."""

from datetime import date, datetime

from flask import Flask

from pol.kernel.localtime import local
from pol.kernel.money import Rupiah
from pol.kernel.text import decimal, grouped
from pol.notices.rules import wa_link

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]


def rupiah(amount: Rupiah | int) -> str:
    """Write it like Rp12.500."""
    return str(amount if isinstance(amount, Rupiah) else Rupiah(amount))


def jumlah(milli: int, unit_label: str) -> str:
    """Write it like 250, "kg" -> 0,25 kg."""
    return f"{decimal(milli)} {unit_label}"


def tanggal(day: date | datetime) -> str:
    """Write it like Minggu, 22 November 2026."""
    day = local(day).date() if isinstance(day, datetime) else day
    return f"{DAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}"


def hari(day: date | datetime) -> str:
    """Write it like 22 Nov 2026."""
    day = local(day).date() if isinstance(day, datetime) else day
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def short_day(day: date) -> str:
    """Write it like Sen 23 Nov."""
    return f"{DAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]}"


def jam(moment: datetime) -> str:
    """Write it like 14.05 WIB."""
    return f"{local(moment):%H.%M} WIB"


def menit(minute: int) -> str:
    """Write it like 450 -> 07.30."""
    return f"{minute // 60:02}.{minute % 60:02}"


def saat(moment: datetime) -> str:
    """Write it like 22 Nov 2026, 14.05 WIB."""
    return f"{hari(moment)}, {jam(moment)}"


def telepon(phone: str) -> str:
    """Write it like +6281234567890 -> 0812-3456-7890."""
    digits = "0" + phone.removeprefix("+62") if phone.startswith("+62") else phone
    return "-".join(part for part in (digits[:4], digits[4:8], digits[8:]) if part)


def register(app: Flask) -> None:
    """Offer them to templates under their Indonesian names."""
    for function in (rupiah, decimal, jumlah, tanggal, hari, jam, menit, saat, telepon):
        app.add_template_filter(function)
    app.add_template_filter(grouped, "number")
    app.add_template_filter(wa_link, "wa")
