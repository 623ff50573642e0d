"""The report card of a place, the same for both sides."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import render_template

from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.partnership.settlement.queries import report_cards as queries
from pol.partnership.settlement.queries.report_cards import Mine
from pol.partnership.settlement.rules.report_card import Week
from pol.partnership.slots.queries.placements import list_blocked
from pol.web.filters import hari
from pol.web.records import record_of


@dataclass(frozen=True)
class Side:
    """One side's report cards: which places are its own, its template, its agreements' page."""

    mine: Callable[[], Mine]
    template: str
    agreement_page: str

    def show(self, number: str) -> str:
        """Return the page of a place of this side."""
        today = business_day(clock.now())
        place = queries.get_place(self.mine(), number)
        card = queries.get_card(place, today=today)
        own = f"RP{place.number[2:]}"
        return render_template(
            self.template,
            place=place,
            card=card,
            bars_of_weeks=[_bar(week) for week in card.weeks],
            today=today,
            blocked=list_blocked([place.id], today=today).get(place.id),
            number=own,
            record=record_of(own),
            agreement_page=self.agreement_page,
        )


def _bar(week: Week) -> tuple[str, int, str]:
    """Return a bar's name, height and words."""
    return hari(week.first).rsplit(" ", 1)[0], max(week.sold, 0), str(week.sold)
