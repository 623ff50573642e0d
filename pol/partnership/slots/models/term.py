"""Rules about trading terms, as dated rows with their source."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from pol.kernel.db import Model, enum_column
from pol.kernel.money import Rupiah
from pol.partnership.slots.rules import CoopForm, RuleWeight, TermPlace, TermRuleKind


class TermRule(Model):
    """A number that a law or a book of rules sets, from one day until another.

    Its words and number never change: a new number is a new row, the old one is given an end.
    `doubt` says why it may be wrong or no longer in force; `threshold` narrows it to small sums.
    """

    __tablename__ = "term_rule"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[TermRuleKind] = mapped_column(enum_column(TermRuleKind))
    weight: Mapped[RuleWeight] = mapped_column(enum_column(RuleWeight))
    place: Mapped[TermPlace] = mapped_column(enum_column(TermPlace))
    source: Mapped[str]
    article: Mapped[str]
    scope: Mapped[str]
    says: Mapped[str]
    remedy: Mapped[str]
    doubt: Mapped[str | None]
    form: Mapped[CoopForm | None] = mapped_column(enum_column(CoopForm))
    number: Mapped[int]
    threshold: Mapped[Rupiah | None]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    made_at: Mapped[datetime | None]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
