"""The monthly partnership report of a store, the same paper for its retailer and for the Dinas."""

from datetime import date

from flask import render_template

from pol.kernel import clock
from pol.kernel.errors import NotFound
from pol.kernel.localtime import business_day
from pol.partnership.settlement.queries import compliance
from pol.partnership.settlement.queries.compliance import Month
from pol.web.records import record_of

EARLIEST = date(2020, 1, 1)
MONTHS_SHOWN = 12


def month_of(text: str) -> Month:
    """Return the month of an address like 2026-11; what cannot be read is this month."""
    today = business_day(clock.now())
    try:
        month = Month(date.fromisoformat(f"{text}-01"))
    except ValueError:
        return Month.of(today)
    return month if EARLIEST <= month.first <= today else Month.of(today)


def last_months() -> list[Month]:
    """Return this month and those before it, newest first."""
    months = [Month.of(business_day(clock.now()))]
    while len(months) < MONTHS_SHOWN:
        months.append(months[-1].before)
    return months


def show_report(template: str, *, slug: str, month: Month, retailer_id: int | None = None) -> str:
    """Return the report of a store, computed again from what happened in the month.

    :raises NotFound: there is no such store, or it is another retailer's
    """
    today = business_day(clock.now())
    found = compliance.list_stores(month, today=today, slug=slug, retailer_id=retailer_id)
    if not found:
        raise NotFound
    number = f"LK-{month.first:%Y-%m}-{slug}"
    return render_template(
        template,
        month=month,
        row=found[0],
        today=today,
        is_running=today < month.end,
        number=number,
        record=record_of(number),
    )
