"""The pages of the books, the same for administrators and, within their markets, for officers.

Addresses in these templates are relative: each blueprint offers the same endpoints.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from flask import Response, render_template, request

from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.kernel.money import ZERO, Rupiah, total
from pol.ledger import queries as ledger
from pol.ledger.queries import books
from pol.ledger.queries.books import AccountRow, JournalFilter
from pol.ledger.rules import AccountKind
from pol.orders.queries import papers
from pol.reporting import queries as owners
from pol.web import status_words
from pol.web.csv_files import csv_answer
from pol.web.language import gettext as _
from pol.web.xlsx_files import Sheet, xlsx_answer

MOST_DAYS = 31  # of a journal file
FIRST_YEAR, LAST_YEAR = 2000, 2999
FileKind = Literal["csv", "xlsx"]


@dataclass(frozen=True)
class Reader:
    """Who reads: at which desk, and whose accounts; None means everybody's."""

    desk: str
    market_ids: frozenset[int] | None = None

    @property
    def codes(self) -> frozenset[str] | None:
        """The accounts that this reader may see."""
        return None if self.market_ids is None else owners.codes_of_markets(self.market_ids)


def account_name(code: str, names: dict[str, str]) -> str:
    """Return an account in words, with the name of whose it is."""
    said = status_words.account(code)
    return f"{said} · {names[code]}" if code in names else said


def accounts(reader: Reader) -> str:
    codes, words = reader.codes, request.args.get("q", "").strip()[:60]
    asked = request.args.get("jenis", "")
    kind = AccountKind(asked) if asked in set(AccountKind) else None
    page = books.list_accounts(
        codes=codes, kind=kind, words=words, cursor=request.args.get("sesudah")
    )
    return render_template(
        "books/accounts.html",
        desk=reader.desk,
        page=page,
        count=books.count_accounts(codes=codes, kind=kind, words=words),
        kind=kind,
        kinds=list(AccountKind),
        words=words,
        name=_namer(row.code for row in page.rows),
        status_words=status_words,
    )


def account(reader: Reader, code: str) -> str:
    found = books.get_account(code, codes=reader.codes)
    page = books.list_statement(found, cursor=request.args.get("sesudah"))
    return render_template(
        "books/account.html",
        desk=reader.desk,
        account=found,
        page=page,
        name=_namer([code]),
        numbers=owners.numbers_of(line.reference for line in page.rows),
        status_words=status_words,
    )


def journal(reader: Reader) -> str:
    codes, wanted, wrong = reader.codes, *_wanted()
    page = books.list_journal(wanted, codes=codes, cursor=request.args.get("sesudah"), size=25)
    return render_template(
        "books/journal.html",
        desk=reader.desk,
        page=page,
        count=books.count_journal(wanted, codes=codes),
        asked={key: request.args.get(key, "")[:60] for key in ("dari", "sampai", "q")},
        wrong=wrong,
        most_days=MOST_DAYS,
        name=_namer(code for row in page.rows for code, _amount in row.postings),
        numbers=owners.numbers_of(row.reference for row in page.rows),
    )


def journal_file(reader: Reader, kind: FileKind) -> Response:
    wanted, _wrong = _wanted()
    until = wanted.until or business_day(clock.now())
    earliest = until - timedelta(days=MOST_DAYS - 1)
    since = max(wanted.since or earliest, earliest)
    narrowed = JournalFilter(since, until, wanted.words, wanted.reference)
    rows = books.list_journal(narrowed, codes=reader.codes, size=None).rows
    name = _namer(code for row in rows for code, _amount in row.postings)
    sheet = Sheet(
        _("Jurnal"),
        [_("Saat"), _("Acuan"), _("Catatan"), _("Kode akun"), _("Akun"), _("Debit"), _("Kredit")],
        [
            (row.at, row.reference, row.memo, code, name(code), *_sides(amount))
            for row in reversed(rows)
            for code, amount in row.postings
        ],
    )
    return _file(kind, f"jurnal-{since}-{until}", sheet)


def trial(reader: Reader) -> str:
    asked, wrong = _day("hari")
    day = asked or business_day(clock.now())
    rows = books.list_trial_balance(day, codes=reader.codes)
    return render_template(
        "books/trial.html",
        desk=reader.desk,
        day=day,
        wrong=wrong,
        rows=_by_class(rows),
        beyond=-total(row.balance for row in rows),
        totals=_totals(rows),
        status_words=status_words,
    )


def trial_file(reader: Reader, kind: FileKind) -> Response:
    """Answer with every account; a workbook begins with what the page shows."""
    day = _day("hari")[0] or business_day(clock.now())
    rows = books.list_trial_balance(day, codes=reader.codes)
    name = _namer(row.code for row in rows)
    columns = [_("Debit"), _("Kredit")]
    last: list[tuple[object, ...]] = [("", _("Jumlah"), "", *_totals(rows))]
    if beyond := -total(row.balance for row in rows):
        last.insert(0, ("", _("Akun di luar pasar ini"), "", *_sides(beyond)))
    accounts = Sheet(
        _("Setiap akun"),
        [_("Kode akun"), _("Akun"), _("Jenis"), *columns],
        [
            *(
                (
                    row.code,
                    name(row.code),
                    status_words.account_kind(row.kind),
                    *_sides(row.balance),
                )
                for row in rows
            ),
            *last,
        ],
    )
    shown = Sheet(
        _("Neraca saldo"),
        [_("Akun"), _("Jenis"), *columns],
        [
            *(
                (status_words.account(code), status_words.account_kind(sort), left, right)
                for code, sort, left, right in _by_class(rows)
            ),
            *(line[1:] for line in last),
        ],
    )
    return _file(kind, f"neraca-saldo-{day}", accounts, shown)


def _file(kind: FileKind, name: str, table: Sheet, *first: Sheet) -> Response:
    """Answer with a table; a workbook has room for others before it."""
    if kind == "xlsx":
        return xlsx_answer(name, [*first, table])
    return csv_answer(name, table.header, table.rows)


def group(reader: Reader, number: str) -> str:
    found = papers.get_money_head(number, market_ids=reader.market_ids)
    entries = ledger.list_references([f"group:{found.id}"])
    return render_template(
        "books/group.html",
        desk=reader.desk,
        group=found,
        entries=entries,
        name=_namer(entry.account for entry in entries),
        sees=reader.codes,
    )


def _namer(codes: Iterable[str]) -> Callable[[str], str]:
    names = owners.names_of(codes)
    return lambda code: account_name(code, names)


def _wanted() -> tuple[JournalFilter, bool]:
    since, wrong_since = _day("dari")
    until, wrong_until = _day("sampai")
    words = request.args.get("q", "").strip()[:60]
    reference = owners.find_reference(words) if words else None
    return JournalFilter(since, until, words, reference), wrong_since or wrong_until


def _day(name: str) -> tuple[date | None, bool]:
    """Return the day that the address names, and whether what it says is no day."""
    text = request.args.get(name, "").strip()
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        return None, True
    if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None, True
    return day, False


def _sides(balance: Rupiah) -> tuple[Rupiah | None, Rupiah | None]:
    """Return the cells of both columns."""
    return (balance, None) if balance > ZERO else (None, -balance)


def _by_class(rows: Iterable[AccountRow]) -> list[tuple[str, AccountKind, Rupiah, Rupiah]]:
    """Return accounts of one sort as one line, their debit and credit balances side by side."""
    found: dict[str, tuple[AccountKind, Rupiah, Rupiah]] = {}
    for row in rows:
        key = status_words.account_class(row.code)
        kind, debit, credit = found.get(key, (row.kind, ZERO, ZERO))
        found[key] = (kind, debit + max(row.balance, ZERO), credit + max(-row.balance, ZERO))
    order = list(AccountKind)
    lines = [(code, *sums) for code, sums in found.items()]
    return sorted(lines, key=lambda line: (order.index(line[1]), line[0]))


def _totals(rows: list[AccountRow]) -> tuple[Rupiah, Rupiah]:
    """Return both columns' sums, with what stands beyond the accounts that are shown."""
    balances = [row.balance for row in rows]
    balances.append(-total(balances))
    debit = total(balance for balance in balances if balance > ZERO)
    return debit, total(-balance for balance in balances if balance < ZERO)
