"""Where a stall's money goes: only its owner changes it, with the password once more."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pol.identity.queries import people
from pol.identity.services import doors, passwords
from pol.identity.services.doors import Door
from pol.kernel import clock
from pol.kernel.errors import Refused
from pol.payments.queries.bank_accounts import list_bank_accounts
from pol.payments.services.bank_accounts import Wanted, set_account
from pol.stalls.queries import own
from pol.stalls.rules import Seat
from pol.stalls.rules.stall import OwnerOnly
from pol.web.access import my_id, my_seat, trader_only
from pol.web.account.knocking import TOO_MANY, may_try, my_try
from pol.web.change import change
from pol.web.forms.payouts import FIELD_OF, BankAccountForm
from pol.web.language import gettext as _
from pol.web.payout_policy import payout_policy

bp = Blueprint("trader_bank_account", __name__, url_prefix="/pedagang/rekening")
WRONG = HTTPStatus.UNPROCESSABLE_ENTITY


@bp.get("")
@trader_only
def show() -> ResponseReturnValue:
    return _page(BankAccountForm(formdata=None))


def _page(form: BankAccountForm) -> str:
    seat = my_seat()
    found = list_bank_accounts(stall_id=seat.stall_id)
    return render_template(
        "trader/balance/bank_account.html",
        form=form,
        current=next((account for account in found if account.replaced_at is None), None),
        old=[account for account in found if account.replaced_at is not None],
        is_owner=seat.seat is Seat.OWNER,
        hours=int(payout_policy().cool_down.total_seconds() // 3600),
        now=clock.now(),
    )


@bp.post("")
@trader_only
def save() -> ResponseReturnValue:
    form = BankAccountForm()
    if my_seat().seat is not Seat.OWNER:
        form.blame(OwnerOnly())
        return _page(form), WRONG
    if not form.validate():
        return _page(form), WRONG
    attempt = my_try(Door.PASSWORD, people.get_user(my_id()).phone)
    if not may_try(attempt, form):
        return _page(form), TOO_MANY
    if not _is_me(form):
        return _page(form), WRONG
    with change(done=_("Rekening tersimpan."), tell=False) as outcome:
        doors.forgive(attempt)
        set_account(
            stall=own.lock_stall(stall_id=my_seat().stall_id),
            wanted=Wanted(form.bank.data, form.number.data or "", form.holder.data or ""),
            policy=payout_policy(),
            actor_id=my_id(),
            now=attempt.at,
        )
    if outcome.refusal:
        form.blame(outcome.refusal, FIELD_OF.get(type(outcome.refusal)))
        return _page(form), WRONG
    return redirect(url_for(".show"), HTTPStatus.SEE_OTHER)


def _is_me(form: BankAccountForm) -> bool:
    try:
        passwords.check_old_secret(user_id=my_id(), secret=form.old.data or "")
    except Refused as refusal:
        form.blame(refusal, "old")
        return False
    return True
