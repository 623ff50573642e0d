"""A letter's page, the same for both sides."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import render_template

from pol.partnership.settlement.queries import letters as queries
from pol.partnership.settlement.queries.letters import Mine
from pol.web.records import record_of


@dataclass(frozen=True)
class Side:
    """One side's letters: which are its own, and where what they are about is shown."""

    mine: Callable[[], Mine]
    template: str
    bills: str
    renewals: str

    def show(self, number: str) -> str:
        """Return the page of a letter of this side."""
        return render_template(
            self.template,
            letter=queries.get_letter(self.mine(), number),
            record=record_of(number),
            bills=self.bills,
            renewals=self.renewals,
        )
