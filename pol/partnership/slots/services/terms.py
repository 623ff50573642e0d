"""Writing the dated rules about trading terms; a rule is never changed, only ended."""

from dataclasses import dataclass
from datetime import date, datetime

from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.kernel.money import Rupiah
from pol.partnership.slots.models import TermRule
from pol.partnership.slots.queries import terms as queries
from pol.partnership.slots.rules import CoopForm, RuleWeight, TermPlace, TermRuleKind
from pol.partnership.slots.rules.term_rows import (
    TermCodeTaken,
    TermRuleFromThePast,
    check_end,
    check_number,
)


@dataclass(frozen=True)
class NewTermRule:
    """A rule as an administrator writes it."""

    code: str
    kind: TermRuleKind
    weight: RuleWeight
    place: TermPlace
    source: str
    article: str
    scope: str
    says: str
    remedy: str
    doubt: str | None
    form: CoopForm | None
    number: int
    threshold: Rupiah | None
    valid_from: date


def add_rule(
    *, wanted: NewTermRule, replaces: TermRule | None, actor_id: int, now: datetime
) -> None:
    """Let a rule hold from a day on; the one that it replaces ends where it begins.

    :raises TermRuleFromThePast, TermCodeTaken, TermNumberOutOfRange: see their sentences
    :raises TermRuleOver, TermRuleEndsTooEarly: the replaced rule cannot end then
    """
    if wanted.valid_from < business_day(now):
        raise TermRuleFromThePast
    if queries.is_known(wanted.code):
        raise TermCodeTaken
    check_number(wanted.kind, wanted.number)
    if replaces is not None:
        end_rule(rule=replaces, until=wanted.valid_from, actor_id=actor_id, now=now)
    db.session.add(TermRule(**vars(wanted), made_at=now, made_by_id=actor_id))
    db.session.flush()
    audit.record(
        action="term_rule.added",
        subject=f"term_rule:{wanted.code}",
        actor_id=actor_id,
        now=now,
        number=wanted.number,
        valid_from=wanted.valid_from.isoformat(),
        source=f"{wanted.source} {wanted.article}",
        replaces=replaces.code if replaces else None,
    )


def end_rule(*, rule: TermRule, until: date, actor_id: int, now: datetime) -> None:
    """Let a rule hold no more from a day on; calls published before keep what it said.

    :raises TermRuleOver, TermRuleEndsTooEarly: see their sentences
    """
    check_end(
        valid_from=rule.valid_from,
        valid_until=rule.valid_until,
        until=until,
        today=business_day(now),
    )
    rule.valid_until = until
    audit.record(
        action="term_rule.ended",
        subject=f"term_rule:{rule.code}",
        actor_id=actor_id,
        now=now,
        valid_until=until.isoformat(),
    )
