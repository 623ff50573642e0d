"""A stall's money: what it is owed, what is on the way, every event in words, on paper, as CSV."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.localtime import business_day, local
from pol.orders.queries.commission import terms_of_orders
from pol.payments.queries import balances, payouts
from pol.payments.queries.balances import Statement
from pol.payments.queries.bank_accounts import list_bank_accounts
from pol.web.access import my_seat, trader_only
from pol.web.addresses import public_address
from pol.web.csv_files import csv_answer
from pol.web.language import gettext as _

bp = Blueprint("trader_balance", __name__, url_prefix="/pedagang/saldo")
USUAL_DAYS = 30
LONGEST = timedelta(days=366)
FIRST_DAY = date(2020, 1, 1)


@dataclass(frozen=True)
class Span:
    """The days that a statement is about; `wrong` says what was wrong with what was asked."""

    since: date
    until: date
    wrong: str | None = None
    typed: tuple[date, date] | None = None


def _span() -> Span:
    today = business_day(clock.now())
    usual = Span(today - timedelta(days=USUAL_DAYS - 1), today)
    asked = request.args.get("dari", ""), request.args.get("sampai", "")
    if not any(asked):
        return usual
    try:
        since, until = (date.fromisoformat(day) for day in asked)
    except ValueError:
        return Span(usual.since, usual.until, _("Tulis kedua tanggal, misalnya 2026-11-01."))
    if not FIRST_DAY <= since <= until <= today:
        wrong = _("Tanggal mulai tidak boleh sesudah tanggal akhir, dan tidak ada hari depan.")
        return Span(usual.since, usual.until, wrong, (since, until))
    if until - since > LONGEST:
        wrong = _("Paling lama setahun dalam satu rekening koran.")
        return Span(until - LONGEST, until, wrong, (since, until))
    return Span(since, until)


def _read(span: Span) -> Statement:
    return balances.read_statement(stall_id=my_seat().stall_id, since=span.since, until=span.until)


@bp.get("")
@trader_only
def show() -> ResponseReturnValue:
    stall_id, span = my_seat().stall_id, _span()
    statement = _read(span)
    return render_template(
        "trader/balance/show.html",
        balance=balances.get_balance_of(stall_id=stall_id),
        account=next(iter(list_bank_accounts(stall_id=stall_id)), None),
        payouts=payouts.list_payouts_of_stall(stall_id=stall_id, limit=5),
        statement=statement,
        terms=_terms(statement),
        span=span,
        now=clock.now(),
    ), 422 if span.wrong else 200


def _terms(statement: Statement) -> dict[int, object]:
    return dict(terms_of_orders({e.order_id for e in statement.events if e.order_id is not None}))


@bp.get("/cetak")
@trader_only
def print_statement() -> ResponseReturnValue:
    statement = _read(_span())
    since, until = statement.since.isoformat(), statement.until.isoformat()
    return render_template(
        "trader/balance/paper.html",
        statement=statement,
        terms=_terms(statement),
        days={"dari": since, "sampai": until},
        record=public_address(url_for(".print_statement", dari=since, sampai=until)),
        printed_at=clock.now(),
    )


@bp.get("/unduh")
@trader_only
def download() -> ResponseReturnValue:
    statement = _read(_span())
    header = [_("waktu"), _("uraian"), _("hak lapak"), _("tunai di lapak"), _("komisi"),
              _("perubahan"), _("saldo")]  # fmt: skip
    rows = [
        (
            f"{local(event.at):%Y-%m-%d %H:%M}",
            event.memo,
            event.owed.amount,
            event.cash.amount,
            event.commission.amount,
            event.effect.amount,
            event.after.amount,
        )
        for event in statement.events
    ]
    return csv_answer(f"saldo-{statement.number}", header, rows)


@bp.get("/pencairan/<number>")
@trader_only
def payout(number: str) -> ResponseReturnValue:
    return render_template(
        "trader/balance/payout.html",
        payout=payouts.get_payout(number=number, stall_id=my_seat().stall_id),
        record=public_address(url_for(".payout", number=number)),
    )
