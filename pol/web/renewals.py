"""Proposals for places, the same for both sides: listed, asked, answered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.partnership.settlement.queries import renewals as queries
from pol.partnership.settlement.queries.letters import list_of_places
from pol.partnership.settlement.rules import RenewalKind
from pol.partnership.settlement.services import renewing
from pol.partnership.slots.rules import Bearer
from pol.web.access import my_id
from pol.web.forms.renewals import FIELD_OF, KIND_WORDS, WishForm
from pol.web.language import gettext as _

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

WRONG = 422


@dataclass(frozen=True)
class Side:
    """One side's page: which places and letters are its own, and its template."""

    bearer: Bearer
    mine: "Callable[[], ColumnElement[bool]]"
    template: str
    letters: "Callable[[], ColumnElement[bool]]"
    letter_page: str

    def index(self) -> str:
        """Return the lists of places that end, of proposals and of letters, each with its pages."""
        mine, asked = self.mine(), request.args
        return render_template(
            self.template,
            place=None,
            form=None,
            side=self.bearer,
            kinds=KIND_WORDS,
            to_answer=queries.list_to_answer(mine, self.bearer, cursor=asked.get("jawab")),
            ending=queries.list_ending(
                mine, today=business_day(clock.now()), cursor=asked.get("akhir")
            ),
            proposals=queries.list_renewals(mine, cursor=asked.get("usul")),
            letters=list_of_places(self.letters(), cursor=asked.get("surat")),
            letter_page=self.letter_page,
        )

    def form(self, number: str, form: WishForm) -> str:
        """Return the form for one place."""
        place = queries.get_ending(self.mine(), number, today=business_day(clock.now()))
        if form.last_day.data is None and not form.errors:
            form.last_day.data = place.until_on + timedelta(days=179)
        return render_template(
            self.template, place=place, form=form, side=self.bearer, kinds=KIND_WORDS
        )

    def wish(self, form: WishForm) -> renewing.Wish:
        """Return what the form says."""
        kind = RenewalKind(form.kind.data)
        until_on = form.last_day.data + timedelta(days=1) if form.last_day.data else None
        return renewing.Wish(
            kind=kind,
            reason=form.reason.data or "",
            until_on=until_on if kind is RenewalKind.RENEW else None,
            facings=form.facings.data if kind is RenewalKind.RESIZE else None,
        )

    def ask(self, number: str, form: WishForm) -> None:
        """Propose it."""
        renewing.ask(
            placement=queries.lock_place(self.mine(), number),
            wish=self.wish(form),
            by=self.bearer,
            actor_id=my_id(),
            now=clock.now(),
        )

    def answer(self, number: str) -> None:
        """Say yes or no to a proposal of the other side."""
        renewal, place = queries.lock_renewal(self.mine(), number)
        given: dict[str, Any] = {"renewal": renewal, "placement": place, "by": self.bearer}
        given |= {"actor_id": my_id(), "now": clock.now()}
        if request.form.get("jawab") == "ya":
            renewing.agree(**given)
        else:
            words = (request.form.get("words") or "").strip()[:500]
            renewing.decline(words=words, **given)

    def refused(self, number: str, form: WishForm, refusal: Any) -> ResponseReturnValue:
        """Return the form with what a rule says."""
        form.blame(refusal, FIELD_OF.get(type(refusal)))
        return self.form(number, form), 409


def asked() -> str:
    """Return what is said once a proposal is sent."""
    return _("Usulan terkirim. Pihak lain punya dua minggu untuk menjawab.")


def answered() -> str:
    """Return what is said once a proposal is answered."""
    return _("Jawaban tercatat.")


def back(endpoint: str) -> ResponseReturnValue:
    """Lead back to the list."""
    return redirect(url_for(endpoint), 303)
