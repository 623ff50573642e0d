"""A product's stock card, a month at a time: the same paper for the store and for the producer."""

from flask import render_template, request

from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.partnership.consignment.queries.stock import StockCard
from pol.partnership.settlement.queries.papers import stock_card_number
from pol.web.records import record_of


def stock_card(template: str, card: StockCard, *, store: str, back_url: str) -> str:
    """Return the page of the month in the address, else of the newest one with events."""
    today, asked = business_day(clock.now()), request.args.get("bulan")
    newest = next(iter(card.months), today.replace(day=1))
    month = next((each for each in card.months if f"{each:%Y-%m}" == asked), newest)
    number = stock_card_number(sheet=card.sheet_number, store=store, month=month)
    return render_template(
        template,
        card=card.of_month(month),
        months=card.months,
        month=month,
        today=today,
        is_running=month == today.replace(day=1),
        number=number,
        record=record_of(number),
        back_url=back_url,
    )
