"""Every state of a problem in one plain sentence, with what happens next and by when."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pol.orders.queries import problems
from pol.orders.queries.problems import ProblemView
from pol.orders.queries.rows import OrderView
from pol.orders.rules.life import ProblemStatus
from pol.orders.rules.problems import may_report
from pol.web.filters import saat
from pol.web.forms.problems import AnswerForm
from pol.web.language import gettext as _
from pol.web.status_words import Words


def of_problem(problem: ProblemView, now: datetime) -> Words:
    """Return what both sides must know of a problem."""
    decided_by = saat(problem.decision_due)
    if problem.status is ProblemStatus.DECIDED:
        return _ended(problem)
    if problem.status is ProblemStatus.ANSWERED:
        return Words(
            _("Lapak tidak setuju."), _("Petugas pasar memutuskan sebelum %(at)s.", at=decided_by)
        )
    if problem.is_silent(now):
        return Words(
            _("Lapak tidak menjawab dalam 24 jam."),
            _("Komplain ini di urutan teratas petugas pasar, diputuskan sebelum %(at)s.")
            % {"at": decided_by},
            "warn",
        )
    return Words(
        _("Menunggu jawaban lapak."),
        _("Tanpa jawaban sampai %(at)s, petugas pasar yang memutuskan.")
        % {"at": saat(problem.answer_due)},
        "warn",
    )


def _ended(problem: ProblemView) -> Words:
    if problem.refund:
        return Words(
            _("Selesai: %(amount)s kembali ke pembeli.", amount=problem.refund),
            problem.decision or "",
            "good",
        )
    return Words(_("Selesai tanpa pengembalian uang."), problem.decision or "", "neutral")


def at_stall(order: OrderView, *, now: datetime) -> dict[str, Any]:
    """Return what the trader's page shows of problems, with the form to answer the open one."""
    found = problems.list_of_orders([order.id] if order.delivered_at else [])
    return {
        "problems": found[order.id],
        "problem_words": lambda problem: of_problem(problem, now),
        "answer": AnswerForm(formdata=None),
    }


def on_page_of(orders: Sequence[OrderView], now: datetime) -> dict[str, Any]:
    """Return what the customer's page shows of problems; nothing is read before a hand-over."""
    handed = [order for order in orders if order.delivered_at]
    found = problems.list_of_orders([order.id for order in handed])
    return {
        "problems": found,
        "problem_words": lambda problem: of_problem(problem, now),
        "may_report": {
            order.id
            for order in handed
            if order.subtotal
            and may_report(
                delivered_at=order.delivered_at,
                is_open=any(problem.is_open for problem in found[order.id]),
                now=now,
            )
        },
    }
