"""How money, quantities, days and moments look on a page.

Days, months and units have names in every language; numbers, money and the clock are written as
in Lamongan whatever the language (see `pol.web.language`).
"""

from datetime import date, datetime

from flask import Flask

from pol.catalogue.rules import Unit
from pol.identity.rules.phones import as_written
from pol.kernel.localtime import day_ended, local
from pol.kernel.money import Rupiah
from pol.kernel.text import decimal, grouped, weight
from pol.notices.rules import wa_link
from pol.web.language import gettext as _
from pol.web.language import lazy_gettext as _l

DAYS = (
    _l("Senin"),
    _l("Selasa"),
    _l("Rabu"),
    _l("Kamis"),
    _l("Jumat"),
    _l("Sabtu"),
    _l("Minggu"),
)
MONTHS = (
    _l("Januari"),
    _l("Februari"),
    _l("Maret"),
    _l("April"),
    _l("Mei"),
    _l("Juni"),
    _l("Juli"),
    _l("Agustus"),
    _l("September"),
    _l("Oktober"),
    _l("November"),
    _l("Desember"),
)
UNITS = {
    Unit.KG: _l("kg"),
    Unit.ONS: _l("ons"),
    Unit.LITER: _l("liter"),
    Unit.IKAT: _l("ikat"),
    Unit.SISIR: _l("sisir"),
    Unit.BUNGKUS: _l("bungkus"),
    Unit.EKOR: _l("ekor"),
    Unit.BUTIR: _l("butir"),
    Unit.BOTOL: _l("botol"),
    Unit.LEMBAR: _l("lembar"),
    Unit.BUAH: _l("buah"),
    Unit.PASANG: _l("pasang"),
    Unit.KOTAK: _l("kotak"),
}
NAMES = {unit.value: name for unit, name in UNITS.items()}


def rupiah(amount: Rupiah | int) -> str:
    """Write it like Rp12.500."""
    return str(amount if isinstance(amount, Rupiah) else Rupiah(amount))


def jumlah(milli: int, unit_label: str) -> str:
    """Write it like 250, "kg" -> 0,25 kg."""
    return f"{decimal(milli)} {satuan(unit_label)}"


def satuan(unit_label: str) -> str:
    """Name a unit in the visitor's language; a name of no unit of ours stays as it is."""
    return str(NAMES.get(unit_label, unit_label))


def day_name(day: date | datetime) -> str:
    """Write it like Minggu."""
    day = local(day).date() if isinstance(day, datetime) else day
    return str(DAYS[day.weekday()])


def tanggal(day: date | datetime) -> str:
    """Write it like Minggu, 22 November 2026."""
    day = local(day).date() if isinstance(day, datetime) else day
    return f"{day_name(day)}, {day.day} {MONTHS[day.month - 1]} {day.year}"


def hari(day: date | datetime) -> str:
    """Write it like 22 Nov 2026."""
    day = local(day).date() if isinstance(day, datetime) else day
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def short_day(day: date) -> str:
    """Write it like Sen 23 Nov."""
    return f"{day_name(day)[:3]} {day.day} {MONTHS[day.month - 1][:3]}"


def jam(moment: datetime) -> str:
    """Write it like 14.05 WIB."""
    return f"{local(moment):%H.%M} WIB"


def menit(minute: int) -> str:
    """Write it like 450 -> 07.30."""
    return f"{minute // 60:02}.{minute % 60:02}"


def saat(moment: datetime) -> str:
    """Write it like 22 Nov 2026, 14.05 WIB."""
    return f"{hari(moment)}, {jam(moment)}"


def batas(moment: datetime) -> str:
    """Write a limit as people count: midnight is the end of the day before, not hour 0 of a day."""
    day = day_ended(moment)
    return _("akhir %(day)s", day=tanggal(day)) if day else saat(moment)


def register(app: Flask) -> None:
    """Offer them to templates under their Indonesian names."""
    days = tanggal, hari, jam, menit, saat, batas
    for function in (rupiah, decimal, jumlah, satuan, *days):
        app.add_template_filter(function)
    app.add_template_filter(as_written, "telepon")
    app.add_template_filter(grouped, "number")
    app.add_template_filter(weight, "berat")
    app.add_template_filter(wa_link, "wa")
