"""A product's stock card, a month at a time: the same paper for the store and for the producer."""

from flask import render_template, request

from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.partnership.consignment.queries.stock import StockCard


def stock_card(template: str, card: StockCard, *, record: str, back_url: str) -> str:
    """Return the page of the month in the address, else of the newest one with events."""
    today, asked = business_day(clock.now()), request.args.get("bulan")
    newest = next(iter(card.months), today.replace(day=1))
    month = next((each for each in card.months if f"{each:%Y-%m}" == asked), newest)
    return render_template(
        template,
        card=card.of_month(month),
        months=card.months,
        month=month,
        today=today,
        record=record,
        back_url=back_url,
    )
