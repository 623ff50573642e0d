"""How opening hours, conditions and permits are said on public pages."""

from datetime import datetime, timedelta

from pol.catalogue.rules import Condition
from pol.kernel.localtime import business_day
from pol.stalls.rules import PermitKind
from pol.stalls.rules.hours import (
    EVERY_WEEKDAY,
    LIKE_MARKET,
    PASARAN,
    MarketHours,
    StallHours,
    hours_on,
    is_on_vacation,
    is_open,
    next_opening,
    pasaran_of,
)
from pol.web.filters import DAYS, day_name, hari, jam, menit
from pol.web.language import gettext as _
from pol.web.language import lazy_gettext as _l

CONDITIONS = {
    Condition.FRESH: _l("Segar"),
    Condition.FROZEN: _l("Beku"),
    Condition.DRIED: _l("Kering"),
    Condition.COOKED: _l("Masakan siap makan"),
    Condition.PACKAGED: _l("Kemasan"),
    Condition.NEW: _l("Baru"),
    Condition.USED: _l("Bekas"),
}
PERMITS = {
    PermitKind.NIB: "NIB",
    PermitKind.P_IRT: "P-IRT",
    PermitKind.HALAL: "Halal",
    PermitKind.BPOM: "BPOM",
}


def opening_words(
    market: MarketHours, stall: StallHours = LIKE_MARKET, *, now: datetime
) -> tuple[str, bool]:
    """Return a sentence about now, and whether it is open."""
    today = business_day(now)
    if is_open(market, stall, moment=now):
        hours = hours_on(market, stall, day=today) or (0, 0)
        return _("Buka sampai %(time)s WIB", time=menit(hours[1])), True
    if is_on_vacation(stall, today):
        if stall.vacation_until is None:
            return _("Libur"), False
        return _("Libur, buka lagi %(day)s", day=hari(stall.vacation_until)), False
    opening = next_opening(market, stall, moment=now)
    if opening is None:
        return _("Tutup"), False
    return _("Tutup, buka %(when)s", when=_when(opening, now)), False


def _when(opening: datetime, now: datetime) -> str:
    day, today = business_day(opening), business_day(now)
    if day == today:
        return jam(opening)
    if day == today + timedelta(days=1):
        return _("besok %(time)s", time=jam(opening))
    name = f"{day_name(opening)} {pasaran_of(day)}"
    return f"{name} {jam(opening)}" if day < today + timedelta(days=7) else f"{name}, {hari(day)}"


def schedule_words(market: MarketHours, stall: StallHours = LIKE_MARKET) -> str:
    """Return on which days and at which hours somebody is there."""
    weekdays = [str(day) for bit, day in enumerate(DAYS) if market.weekday_mask >> bit & 1]
    pasaran = [day for bit, day in enumerate(PASARAN) if market.pasaran_mask >> bit & 1]
    days = _("Setiap hari")
    opens, closes = market.opens_minute, market.closes_minute
    if stall.opens_minute is not None and stall.closes_minute is not None:
        opens, closes = stall.opens_minute, stall.closes_minute
    if pasaran:
        days = _("Setiap %(days)s", days=", ".join(pasaran))
    elif market.weekday_mask not in {0, EVERY_WEEKDAY}:
        days = ", ".join(weekdays)
    return f"{days}, {menit(opens)}–{menit(closes)} WIB"


def first_words(stall_name: str, about: str | None = None) -> str:
    """Return what a visitor would write to a stall, to begin with."""
    hello = _("Halo %(name)s, saya melihat lapak Anda di Pasar Online Lamongan.", name=stall_name)
    question = _("Saya mau bertanya tentang %(product)s.", product=about) if about else ""
    return f"{hello} {question}".strip()
