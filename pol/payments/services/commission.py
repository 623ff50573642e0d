"""Making and ending commission rules; a rule that was used is never changed."""

from dataclasses import dataclass
from datetime import date, datetime

from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.kernel.money import ZERO, Rupiah
from pol.payments.models import CommissionRule
from pol.payments.queries.commission import has_rule
from pol.payments.rules import commission as rules


@dataclass(frozen=True)
class NewRule:
    """A rule as an administrator writes it; for everything when no place is named."""

    basis_points: int
    valid_from: date
    source: str
    floor: Rupiah = ZERO
    ceiling: Rupiah | None = None
    stall_id: int | None = None
    category_id: int | None = None
    market_id: int | None = None


def add_rule(*, wanted: NewRule, actor_id: int | None, now: datetime) -> int:
    """Let a rule hold from a day on, and return its id; sales of the past keep theirs (I7).

    :raises RuleFromThePast, SourceNeeded, RateOutOfRange, LimitsCross, OneScopeOnly: see rules
    :raises SameRule: it was written down already, perhaps by the same press
    """
    _check(wanted, business_day(now))
    terms = vars(wanted) | {"source": wanted.source.strip()}
    if has_rule(**terms):
        raise rules.SameRule
    rule = CommissionRule(**terms, created_at=now, created_by_id=actor_id)
    db.session.add(rule)
    db.session.flush()
    _note("commission.added", rule, actor_id, now, basis_points=rule.basis_points,
          valid_from=rule.valid_from.isoformat(), source=rule.source)  # fmt: skip
    return rule.id


def end_rule(*, rule: CommissionRule, until: date, actor_id: int, now: datetime) -> None:
    """Let a rule hold no more from a day on; one that has not begun may end on its first day.

    :raises RuleAlreadyOver: its end was written down before
    :raises EndTooEarly: sales of that day may already have been made under it
    """
    if rule.valid_until is not None:
        raise rules.RuleAlreadyOver
    if until <= business_day(now) or until < rule.valid_from:
        raise rules.EndTooEarly
    rule.valid_until = until
    _note("commission.ended", rule, actor_id, now, valid_until=until.isoformat())


def _check(wanted: NewRule, today: date) -> None:
    if wanted.valid_from < today:
        raise rules.RuleFromThePast
    if not wanted.source.strip():
        raise rules.SourceNeeded
    if not 0 <= wanted.basis_points <= rules.MOST_BASIS_POINTS or wanted.floor < ZERO:
        raise rules.RateOutOfRange
    if wanted.ceiling is not None and wanted.ceiling < wanted.floor:
        raise rules.LimitsCross
    if [wanted.stall_id, wanted.category_id, wanted.market_id].count(None) < 2:
        raise rules.OneScopeOnly


def _note(
    action: str, rule: CommissionRule, actor_id: int | None, now: datetime, **detail: object
) -> None:
    audit.record(
        action=action, subject=f"commission:{rule.id}", actor_id=actor_id, now=now, **detail
    )
