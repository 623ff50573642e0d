"""Reading commission rules: those that hold, and all of them for the list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, bindparam, or_, select

from pol.catalogue.models import Category
from pol.identity.models import User
from pol.kernel.db import db, run
from pol.kernel.errors import NotFound
from pol.payments.models import CommissionRule
from pol.payments.rules.commission import Rule, Sale, State, Terms, choose
from pol.stalls.models import Market, Stall


@dataclass(frozen=True)
class RuleRow:
    """A rule as the list shows it, with the name of the one thing that it is for, if any."""

    rule: Rule
    stall: str | None
    category: str | None
    market: str | None
    source: str
    made_by: str | None

    def state_on(self, day: date) -> State:
        """Return whether it holds on a day, or is over, or has not begun."""
        if self.rule.valid_until is not None and self.rule.valid_until <= day:
            return State.OVER
        return State.HOLDS if self.rule.valid_from <= day else State.AHEAD


@dataclass(frozen=True)
class Place:
    """A stall and its market, to ask what a sale there would cost."""

    stall_id: int
    market_id: int
    name: str
    market: str


def _among(column: Any, name: str) -> ColumnElement[bool]:
    return or_(column.is_(None), column.in_(bindparam(name, expanding=True)))


_COLUMNS = (
    CommissionRule.id,
    CommissionRule.stall_id,
    CommissionRule.category_id,
    CommissionRule.market_id,
    CommissionRule.basis_points,
    CommissionRule.floor,
    CommissionRule.ceiling,
    CommissionRule.valid_from,
    CommissionRule.valid_until,
)
_HOLDING = select(*_COLUMNS).where(
    CommissionRule.valid_from <= bindparam("day"),
    or_(CommissionRule.valid_until.is_(None), CommissionRule.valid_until > bindparam("day")),
    _among(CommissionRule.stall_id, "stalls"),
    _among(CommissionRule.category_id, "categories"),
    _among(CommissionRule.market_id, "markets"),
)


def terms_of(sales: Mapping[int, Sale], *, day: date) -> dict[int, Terms]:
    """Return what is taken of each sale on that day, by the same keys; one statement for all."""
    values = {
        "day": day,
        "stalls": [sale.stall_id for sale in sales.values()],
        "categories": [category for sale in sales.values() for category in sale.category_ids],
        "markets": [sale.market_id for sale in sales.values()],
    }
    rules = [Rule(*row) for row in run(_HOLDING, values)]
    return {key: choose(rules, sale, day) for key, sale in sales.items()}


def _rows() -> Any:
    return (
        select(
            *_COLUMNS,
            Stall.name.label("stall"),
            Category.name.label("category"),
            Market.name.label("market"),
            CommissionRule.source,
            User.name.label("made_by"),
        )
        .outerjoin(Stall, Stall.id == CommissionRule.stall_id)
        .outerjoin(Category, Category.id == CommissionRule.category_id)
        .outerjoin(Market, Market.id == CommissionRule.market_id)
        .outerjoin(User, User.id == CommissionRule.created_by_id)
        .order_by(CommissionRule.valid_from.desc(), CommissionRule.id.desc())
    )


def list_rules() -> list[RuleRow]:
    """Return every rule there ever was, the newest first."""
    return [_row(row) for row in db.session.execute(_rows())]


def get_rule(rule_id: int) -> RuleRow:
    """Return one rule.

    :raises NotFound: there is none of that number
    """
    row = db.session.execute(_rows().where(CommissionRule.id == rule_id)).one_or_none()
    if row is None:
        raise NotFound
    return _row(row)


def has_rule(**terms: object) -> bool:
    """Answer whether a rule with exactly these terms was written down and not ended."""
    same = [getattr(CommissionRule, name) == value for name, value in terms.items()]
    asked = select(CommissionRule.id).where(*same, CommissionRule.valid_until.is_(None))
    return db.session.scalars(asked.limit(1)).first() is not None


def find_place(slug: str) -> Place | None:
    """Return the stall with this address, whether customers see it or not."""
    row = db.session.execute(
        select(Stall.id, Stall.market_id, Stall.name, Market.name)
        .join(Market, Market.id == Stall.market_id)
        .where(Stall.slug == slug)
    ).one_or_none()
    return Place(*row) if row else None


def lock_rule(rule_id: int) -> CommissionRule:
    """Return a rule, held still.

    :raises NotFound: there is none of that number
    """
    rule: CommissionRule | None = db.session.scalar(
        select(CommissionRule)
        .where(CommissionRule.id == rule_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if rule is None:
        raise NotFound
    return rule


def _row(row: Any) -> RuleRow:
    return RuleRow(Rule(*row[: len(_COLUMNS)]), *row[len(_COLUMNS) :])
