"""A bill's page, the same for both sides: shown down to the sale, disputed, talked about."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.errors import Refused
from pol.kernel.localtime import business_day
from pol.partnership.settlement.queries import bills as queries
from pol.partnership.settlement.queries import disputes
from pol.partnership.settlement.queries.bill_lines import get_line, list_lines, list_sales_of_line
from pol.partnership.settlement.queries.bill_payments import get_payment, list_payments
from pol.partnership.settlement.queries.bills import BillRow, Mine
from pol.partnership.settlement.queries.letters import list_of_bill
from pol.partnership.settlement.services import disputing
from pol.partnership.slots.rules import Bearer
from pol.web.access import my_id
from pol.web.forms.base import PolForm
from pol.web.forms.bills import FIELD_OF, LinesForm, SayForm
from pol.web.records import record_of

WRONG = 422


@dataclass(frozen=True)
class Side:
    """One side's pages of a bill: which bills are its own, its templates, and its own forms."""

    bearer: Bearer
    mine: Callable[[], Mine]
    folder: str
    letter_page: str
    forms: Callable[[BillRow], dict[str, Any]] = lambda _bill: {}

    def get(self, number: str) -> BillRow:
        """Return a bill of this side.

        :raises NotFound: it has no such bill
        """
        return queries.get_bill(self.mine(), number)

    def show(self, number: str, **forms: Any) -> str:
        """Return the page of a bill; a form that was refused replaces the empty one."""
        bill = self.get(number)
        found = disputes.list_of_bill(bill_id=bill.id)
        page = {"wrong": LinesForm(formdata=None), "say": SayForm(formdata=None)}
        return render_template(
            f"{self.folder}/show.html",
            bill=bill,
            lines=list_lines(bill_id=bill.id),
            payments=list_payments(bill_id=bill.id),
            disputes=found,
            steps=disputes.list_steps(dispute_ids=[row.id for row in found]),
            today=business_day(clock.now()),
            letters=list_of_bill(bill_id=bill.id),
            letter_page=self.letter_page,
            record=record_of(bill.number),
            **page | self.forms(bill) | forms,
        )

    def line(self, number: str, line_id: int) -> str:
        """Return the page of one line: every sale behind it."""
        bill = self.get(number)
        line = get_line(bill_id=bill.id, line_id=line_id)
        found = disputes.list_of_bill(bill_id=bill.id)
        return render_template(
            f"{self.folder}/line.html",
            bill=bill,
            line=line,
            disputes=[row for row in found if row.id == line.dispute_id],
            sales=list_sales_of_line(bill_id=bill.id, line_id=line_id),
        )

    def proof(self, number: str, payment_number: str) -> str:
        """Return one payment as a paper."""
        bill = self.get(number)
        return render_template(
            f"{self.folder}/proof.html",
            bill=bill,
            payment=get_payment(bill_id=bill.id, number=payment_number),
            record=record_of(payment_number),
        )

    def minutes(self, number: str, dispute_number: str) -> str:
        """Return what was said and decided about disputed lines as a paper, to be signed."""
        bill = self.get(number)
        dispute = disputes.get_dispute_of_bill(bill_id=bill.id, number=dispute_number)
        return render_template(
            f"{self.folder}/minutes.html",
            bill=bill,
            dispute=dispute,
            lines=disputes.list_disputed(dispute_id=dispute.id),
            steps=disputes.list_steps(dispute_ids=[dispute.id])[dispute.id],
            record=record_of(dispute.number),
        )

    def lines_form(self, number: str) -> LinesForm:
        """Return the form on which the wrong lines of a bill are chosen."""
        form = LinesForm()
        lines = list_lines(bill_id=self.get(number).id)
        form.lines.choices = [(row.id, row.words) for row in lines]
        return form

    def dispute(self, number: str, form: LinesForm) -> None:
        """Hold the lines that this side finds wrong."""
        disputing.open_dispute(
            bill=queries.lock_bill(self.mine(), number),
            line_ids=form.lines.data or [],
            by=self.bearer,
            words=form.words.data or "",
            actor_id=my_id(),
            now=clock.now(),
        )

    def find_dispute(self, number: str, dispute_number: str) -> int:
        """Return the id of the bill that a dispute is about.

        :raises NotFound: the bill has no such dispute
        """
        bill = self.get(number)
        disputes.get_dispute_of_bill(bill_id=bill.id, number=dispute_number)
        return bill.id

    def say(self, bill_id: int, dispute_number: str, words: str) -> None:
        """Answer in a dispute, or ask the Dinas to mediate."""
        to_dinas = request.form.get("ke") == "dinas"
        speak = disputing.call_mediator if to_dinas else disputing.say
        speak(
            dispute=disputes.lock_dispute_of_bill(bill_id=bill_id, number=dispute_number),
            words=words,
            actor_id=my_id(),
            now=clock.now(),
        )

    def unsaid(self, number: str, about: str, form: SayForm) -> ResponseReturnValue:
        """Return the page with what is wrong with a sentence about a dispute or a payment."""
        form.words.id = f"words-{about}"
        return self.show(number, say=form), WRONG

    def refused(
        self, number: str, name: str, form: PolForm, refusal: Refused
    ) -> ResponseReturnValue:
        """Return the page with what a rule says beside the form called `name`."""
        form.blame(refusal, FIELD_OF.get(type(refusal)))
        return self.show(number, **{name: form}), 409


def back(number: str) -> ResponseReturnValue:
    """Lead back to the bill."""
    return redirect(url_for(".show", number=number), 303)
