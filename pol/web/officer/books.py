"""The books as far as they are about the officer's own markets."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from pol.web import books, money_flow
from pol.web.access import me, officer_only
from pol.web.books import Reader

bp = Blueprint("officer_books", __name__, url_prefix="/petugas")
money_flow.register(bp)


def _reader() -> Reader:
    return Reader("officer", me().market_ids)


@bp.get("/buku")
@officer_only
def accounts() -> ResponseReturnValue:
    return books.accounts(_reader())


@bp.get("/buku/akun/<code>")
@officer_only
def account(code: str) -> ResponseReturnValue:
    return books.account(_reader(), code)


@bp.get("/buku/jurnal")
@officer_only
def journal() -> ResponseReturnValue:
    return books.journal(_reader())


@bp.get("/buku/jurnal.csv")
@officer_only
def journal_file() -> ResponseReturnValue:
    return books.journal_file(_reader(), "csv")


@bp.get("/buku/jurnal.xlsx")
@officer_only
def journal_workbook() -> ResponseReturnValue:
    return books.journal_file(_reader(), "xlsx")


@bp.get("/buku/neraca")
@officer_only
def trial() -> ResponseReturnValue:
    return books.trial(_reader())


@bp.get("/buku/neraca.csv")
@officer_only
def trial_file() -> ResponseReturnValue:
    return books.trial_file(_reader(), "csv")


@bp.get("/buku/neraca.xlsx")
@officer_only
def trial_workbook() -> ResponseReturnValue:
    return books.trial_file(_reader(), "xlsx")


@bp.get("/belanjaan/<number>/uang")
@officer_only
def group(number: str) -> ResponseReturnValue:
    return books.group(_reader(), number)
