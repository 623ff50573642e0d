"""The books of every market, and closing their days."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import DateField

from pol.kernel import clock
from pol.ledger.queries import closing as closes
from pol.ledger.services import closing
from pol.web import books
from pol.web.access import admin_only, my_id
from pol.web.books import Reader
from pol.web.change import change
from pol.web.forms.base import Needed, PolForm
from pol.web.language import counted
from pol.web.language import gettext as _
from pol.web.language import lazy_gettext as _l

bp = Blueprint("admin_books", __name__, url_prefix="/admin/buku")
EVERYBODY = Reader("admin")


class CloseForm(PolForm):
    """Up to which day the books are closed."""

    day = DateField(_l("Tutup sampai hari"), [Needed(_l("Pilih tanggalnya dulu."))])

    @property
    def until(self) -> date:
        """The day of a form that is valid."""
        return self.day.data or date.min


@bp.get("")
@admin_only
def accounts() -> ResponseReturnValue:
    return books.accounts(EVERYBODY)


@bp.get("/akun/<code>")
@admin_only
def account(code: str) -> ResponseReturnValue:
    return books.account(EVERYBODY, code)


@bp.get("/jurnal")
@admin_only
def journal() -> ResponseReturnValue:
    return books.journal(EVERYBODY)


@bp.get("/jurnal.csv")
@admin_only
def journal_file() -> ResponseReturnValue:
    return books.journal_file(EVERYBODY, "csv")


@bp.get("/jurnal.xlsx")
@admin_only
def journal_workbook() -> ResponseReturnValue:
    return books.journal_file(EVERYBODY, "xlsx")


@bp.get("/neraca")
@admin_only
def trial() -> ResponseReturnValue:
    return books.trial(EVERYBODY)


@bp.get("/neraca.csv")
@admin_only
def trial_file() -> ResponseReturnValue:
    return books.trial_file(EVERYBODY, "csv")


@bp.get("/neraca.xlsx")
@admin_only
def trial_workbook() -> ResponseReturnValue:
    return books.trial_file(EVERYBODY, "xlsx")


@bp.get("/belanjaan/<number>")
@admin_only
def group(number: str) -> ResponseReturnValue:
    return books.group(EVERYBODY, number)


@bp.get("/tutup")
@admin_only
def days() -> ResponseReturnValue:
    return _days(CloseForm(formdata=None))


def _days(form: CloseForm) -> str:
    page = closes.list_closes(cursor=request.args.get("sesudah"))
    return render_template("books/days.html", desk=EVERYBODY.desk, page=page, form=form)


@bp.post("/tutup")
@admin_only
def close() -> ResponseReturnValue:
    form, closed = CloseForm(), 0
    if not form.validate():
        return _days(form), 422
    with change(tell=False) as outcome:
        closed = closing.close_days(until=form.until, actor_id=my_id(), now=clock.now())
    if outcome.refusal:
        form.blame(outcome.refusal, "day")
        return _days(form), 409
    if closed:
        flash(counted("%(n)s hari ditutup.", closed), "good")
    else:
        flash(_("Semua hari sampai tanggal itu sudah ditutup."), "good")
    return redirect(url_for(".days"), 303)
