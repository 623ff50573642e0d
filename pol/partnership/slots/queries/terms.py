"""Reading the dated rules about trading terms: those of a day, and all of them for the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select

from pol.identity.models import User
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.partnership.slots.models import TermRule
from pol.partnership.slots.rules.terms import Rule

_COLUMNS = (
    *(TermRule.id, TermRule.code, TermRule.kind, TermRule.weight, TermRule.place),
    *(TermRule.source, TermRule.article, TermRule.scope, TermRule.says, TermRule.remedy),
    *(TermRule.doubt, TermRule.form, TermRule.number, TermRule.threshold),
    *(TermRule.valid_from, TermRule.valid_until),
)


@dataclass(frozen=True)
class RuleRow:
    """A rule with who wrote it; nobody did when it came with the program."""

    rule: Rule
    made_by: str | None

    def state_on(self, day: date) -> str:
        """Return "ahead", "holds" or "over"."""
        if self.rule.valid_until is not None and self.rule.valid_until <= day:
            return "over"
        return "holds" if self.rule.valid_from <= day else "ahead"


def list_rules_on(day: date) -> list[Rule]:
    """Return the rules in force on a day."""
    rows = db.session.execute(
        select(*_COLUMNS)
        .where(
            TermRule.valid_from <= day,
            or_(TermRule.valid_until.is_(None), TermRule.valid_until > day),
        )
        .order_by(TermRule.code)
    )
    return [Rule(*tuple(row)) for row in rows]


def list_rules() -> list[RuleRow]:
    """Return every rule there ever was: by what it looks at, the newest first."""
    rows = db.session.execute(
        _rows().order_by(TermRule.kind, TermRule.valid_from.desc(), TermRule.id.desc())
    ).all()
    return [_row(row) for row in rows]


def get_rule(code: str) -> RuleRow:
    """Return one rule.

    :raises NotFound: none of that code
    """
    row = db.session.execute(_rows().where(TermRule.code == code)).one_or_none()
    if row is None:
        raise NotFound
    return _row(row)


def lock_rule(code: str) -> TermRule:
    """Return a rule, held still.

    :raises NotFound: none of that code
    """
    rule: TermRule | None = db.session.scalar(
        select(TermRule)
        .where(TermRule.code == code)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if rule is None:
        raise NotFound
    return rule


def is_known(code: str) -> bool:
    """Answer whether a rule has this code."""
    return db.session.scalar(select(TermRule.id).where(TermRule.code == code)) is not None


def _rows() -> Any:
    return select(*_COLUMNS, User.name).outerjoin(User, User.id == TermRule.made_by_id)


def _row(row: Sequence[Any]) -> RuleRow:
    return RuleRow(Rule(*row[:-1]), row[-1])
