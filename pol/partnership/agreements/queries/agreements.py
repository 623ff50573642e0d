"""Agreements, as both sides see them; ownership is part of the question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import aliased

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.localtime import business_day
from pol.kernel.money import Rupiah
from pol.kernel.paging import Key, Page, cut_page, decode_cursor
from pol.partnership.agreements.models import Agreement, Signature
from pol.partnership.agreements.rules import AgreementStatus
from pol.partnership.agreements.rules.ending import notice_on
from pol.partnership.agreements.rules.signing import sign_by
from pol.partnership.allocation.queries.offers import lock_run
from pol.partnership.allocation.queries.queue import find_fixed_run
from pol.partnership.applications.models import Application, ProductSheet
from pol.partnership.slots.models import Placement, Retailer, SlotCall
from pol.partnership.slots.rules import Bearer, CoopForm
from pol.stalls.models import Stall

FRESH = {"populate_existing": True}
SIZE = 50
Follows = aliased(Agreement)
BEGUN = Agreement.status != AgreementStatus.DRAFT


@dataclass(frozen=True)
class AgreementRow:
    """A line of a list; `signed` holds who has, `ends_at` is set once notice was given."""

    id: int
    number: str
    status: AgreementStatus
    form: CoopForm
    product: str
    stall_name: str
    retailer_name: str
    from_on: date
    until_on: date
    price: Rupiah
    margin_bp: int
    payment_days: int
    notice_days: int
    made_at: datetime
    in_force_at: datetime | None
    ends_at: datetime | None
    ended_reason: str | None
    call_number: str
    application_number: str
    follows: str | None
    stores: int
    signed: frozenset[Bearer]

    @property
    def sign_by(self) -> date:
        """Return the last day on which a draft may be signed."""
        made_on = business_day(self.made_at)
        return sign_by(made_on=made_on, from_on=self.from_on, is_renewal=self.follows is not None)


@dataclass(frozen=True)
class SignatureRow:
    """One side's name under the text."""

    side: Bearer
    typed_name: str
    signed_at: datetime
    text_sha256: str


@dataclass(frozen=True)
class AgreementText:
    """What both sides sign."""

    text: str
    text_sha256: str
    change_reason: str | None
    rules: list[dict[str, Any]]
    rules_sha256: str


def list_agreements_of_stall(*, stall_id: int, cursor: str | None = None) -> Page[AgreementRow]:
    """Return a producer's agreements, drafts first, then the newest."""
    return _page([Agreement.stall_id == stall_id], cursor)


def count_agreements_of_stall(*, stall_id: int) -> int:
    """Return how many agreements a producer has, on whatever page."""
    return _count([Agreement.stall_id == stall_id])


def list_agreements_of_retailer(
    *, retailer_id: int, words: str = "", cursor: str | None = None
) -> Page[AgreementRow]:
    """Return a retailer's agreements, drafts first; with words only those that carry them."""
    return _page(_sought(retailer_id, words), cursor)


def count_agreements_of_retailer(*, retailer_id: int, words: str = "") -> int:
    """Return how many agreements a retailer has that carry these words, on whatever page."""
    return _count(_sought(retailer_id, words))


def _sought(retailer_id: int, words: str) -> list[ColumnElement[bool]]:
    mine = [Agreement.retailer_id == retailer_id]
    if words:
        like = f"%{words.replace('%', '').replace('_', '')}%"
        mine.append(
            Agreement.number.ilike(like) | ProductSheet.name.ilike(like) | Stall.name.ilike(like)
        )
    return mine


def get_agreement_of_stall(*, number: str, stall_id: int) -> AgreementRow:
    """Return a producer's own agreement; another's is not found."""
    return _one(Agreement.number == number, Agreement.stall_id == stall_id)


def get_agreement_of_retailer(*, number: str, retailer_id: int) -> AgreementRow:
    """Return a retailer's own agreement; another's is not found."""
    return _one(Agreement.number == number, Agreement.retailer_id == retailer_id)


def get_text(agreement_id: int) -> AgreementText:
    """Return the text of an agreement that the edge has already found."""
    row = db.session.execute(
        select(
            Agreement.text,
            Agreement.text_sha256,
            Agreement.change_reason,
            Agreement.rules,
            Agreement.rules_sha256,
        ).where(Agreement.id == agreement_id)
    ).one()
    return AgreementText(*row)


def list_signatures(agreement_id: int) -> list[SignatureRow]:
    """Return who has signed, in order of time."""
    rows = db.session.execute(
        select(Signature.side, Signature.typed_name, Signature.signed_at, Signature.text_sha256)
        .where(Signature.agreement_id == agreement_id)
        .order_by(Signature.signed_at, Signature.side)
    )
    return [SignatureRow(*row) for row in rows]


def count_to_sign(
    *, side: Bearer, stall_id: int | None = None, retailer_id: int | None = None
) -> int:
    """Return how many drafts wait for the name of a stall or a retailer."""
    mine = (
        Agreement.stall_id == stall_id
        if stall_id is not None
        else Agreement.retailer_id == retailer_id
    )
    own = exists().where(Signature.agreement_id == Agreement.id, Signature.side == side)
    waiting = select(func.count()).select_from(Agreement)
    return (
        db.session.scalar(waiting.where(mine, Agreement.status == AgreementStatus.DRAFT, ~own)) or 0
    )


def list_ids(*conditions: ColumnElement[bool], limit: int) -> Sequence[int]:
    """Return agreements for the clock, the oldest first."""
    return db.session.scalars(
        select(Agreement.id).where(*conditions).order_by(Agreement.id).limit(limit)
    ).all()


def list_unannounced(*, today: date, limit: int) -> list[int]:
    """Return agreements whose day of notice has come without a word to either side."""
    rows = db.session.execute(
        select(Agreement.id, Agreement.until_on, Agreement.notice_days)
        .where(
            Agreement.status == AgreementStatus.IN_FORCE,
            Agreement.ended_at.is_(None),
            Agreement.notice_told_at.is_(None),
        )
        .order_by(Agreement.until_on)
    )
    due = (i for i, until, days in rows if notice_on(until_on=until, notice_days=days) <= today)
    return list(islice(due, limit))


def lock_agreement_of_stall(*, number: str, stall_id: int) -> Agreement:
    """Return a producer's own agreement, held still."""
    return _lock(Agreement.number == number, Agreement.stall_id == stall_id)


def lock_agreement_of_retailer(*, number: str, retailer_id: int) -> Agreement:
    """Return a retailer's own agreement, held still."""
    return _lock(Agreement.number == number, Agreement.retailer_id == retailer_id)


def lock_agreement(agreement_id: int) -> Agreement:
    """Return an agreement for the system itself, held still."""
    return _lock(Agreement.id == agreement_id)


def find_open_draft(*, application_id: int, follows_id: int | None) -> Agreement | None:
    """Return the draft that a new place may still join: nobody has signed it yet."""
    signed = exists().where(Signature.agreement_id == Agreement.id)
    return db.session.scalars(
        select(Agreement)
        .where(
            Agreement.application_id == application_id,
            Agreement.follows_id == follows_id,
            Agreement.status == AgreementStatus.DRAFT,
            ~signed,
        )
        .order_by(Agreement.id.desc())
        .limit(1)
        .with_for_update()
        .execution_options(**FRESH)
    ).first()


def _columns() -> Select[*tuple[Any, ...]]:
    stores = (
        select(func.count(Placement.store_id.distinct()))
        .where(Placement.agreement_id == Agreement.id)
        .scalar_subquery()
    )
    return (
        select(
            Agreement.id,
            Agreement.number,
            Agreement.status,
            Agreement.form,
            ProductSheet.name,
            Stall.name,
            Retailer.name,
            Agreement.from_on,
            Agreement.until_on,
            Agreement.price,
            Agreement.margin_bp,
            Agreement.payment_days,
            Agreement.notice_days,
            Agreement.made_at,
            Agreement.in_force_at,
            Agreement.ended_at,
            Agreement.ended_reason,
            SlotCall.number,
            Application.number,
            Follows.number,
            stores,
        )
        .join(ProductSheet, ProductSheet.id == Agreement.sheet_id)
        .join(Stall, Stall.id == Agreement.stall_id)
        .join(Retailer, Retailer.id == Agreement.retailer_id)
        .join(SlotCall, SlotCall.id == Agreement.call_id)
        .join(Application, Application.id == Agreement.application_id)
        .outerjoin(Follows, Follows.id == Agreement.follows_id)
    )


def _page(mine: Sequence[ColumnElement[bool]], cursor: str | None) -> Page[AgreementRow]:
    """Cut a page after an agreement of which the cursor says whether it was a draft, too."""
    after = decode_cursor(cursor, shape=(int, int))
    asked = _columns().where(*mine)
    if after:
        begun, last = bool(after[0]), Agreement.id < after[1]
        asked = asked.where(BEGUN, last) if begun else asked.where(or_(BEGUN, last))
    rows = _rows(asked.order_by(BEGUN.asc(), Agreement.id.desc()).limit(SIZE + 1))
    return cut_page(rows, size=SIZE, key=_key, is_first=after is None)


def _key(row: AgreementRow) -> Key:
    return (int(row.status is not AgreementStatus.DRAFT), row.id)


def _count(mine: Sequence[ColumnElement[bool]]) -> int:
    counted = _columns().with_only_columns(func.count(), maintain_column_froms=True)
    return db.session.scalar(counted.where(*mine)) or 0


def _rows(statement: Select[*tuple[Any, ...]]) -> list[AgreementRow]:
    rows = [list(row) for row in db.session.execute(statement)]
    signed: dict[int, set[Bearer]] = {row[0]: set() for row in rows}
    for agreement_id, side in db.session.execute(
        select(Signature.agreement_id, Signature.side).where(Signature.agreement_id.in_(signed))
    ):
        signed[agreement_id].add(side)
    return [AgreementRow(*[*row, frozenset(signed[row[0]])]) for row in rows]


def _one(*conditions: ColumnElement[bool]) -> AgreementRow:
    found = _rows(_columns().where(*conditions))
    if not found:
        raise NotFound
    return found[0]


def _lock(*conditions: ColumnElement[bool]) -> Agreement:
    """Hold the call's run first, since ending an agreement moves its queue."""
    found = db.session.execute(
        select(Agreement.id, Agreement.call_id).where(*conditions)
    ).one_or_none()
    if found is None:
        raise NotFound
    run_id = find_fixed_run(found.call_id)
    if run_id is not None:
        lock_run(run_id)
    return db.session.scalars(
        select(Agreement)
        .where(Agreement.id == found.id)
        .with_for_update()
        .execution_options(**FRESH)
    ).one()
