"""The terms of a call as the checker sees them, and as one text that can be fingerprinted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from pol.kernel.money import Rupiah
from pol.partnership.slots.queries.call_space import Days, area_share_bp
from pol.partnership.slots.queries.calls import CallView
from pol.partnership.slots.queries.terms import list_rules_on
from pol.partnership.slots.rules.call import canonical_text, periods_of, sha256_of
from pol.partnership.slots.rules.term_checks import check
from pol.partnership.slots.rules.terms import Finding, Terms, charges_share_bp

FINGERPRINTED = (
    *("number", "title", "about", "form", "from_on", "until_on", "margin_bp", "payment_days"),
    *("settle_every_days", "notice_days", "offer_days", "min_life_bp"),
    *("unsold_bearer", "damage_bearer", "loss_bearer", "late_fine_bp", "short_fine_bp"),
    *("expected_sales", "new_goods_only", "categories", "permits", "gap_mm"),
    *("per_producer_per_store", "kecamatan_floor", "floor_penalty"),
)
"""What is frozen by publishing; the deadline is not, since it may move to a later day."""


@dataclass(frozen=True)
class Checked:
    """What the checker says of a call today, and the share of charges that it reckoned."""

    findings: tuple[Finding, ...]
    charges_bp: int | None
    terms: Terms


def terms_of(view: CallView) -> Terms:
    """Return a call's terms as rules look at them."""
    call = view.call
    days = Days(call.from_on, call.until_on)
    return Terms(
        form=call.form,
        title=call.title,
        about=call.about,
        margin_bp=call.margin_bp,
        charges=view.charges,
        payment_days=call.payment_days,
        periods=periods_of(
            from_on=call.from_on,
            until_on=call.until_on,
            settle_every_days=call.settle_every_days,
        ),
        expected_sales=call.expected_sales,
        new_goods_only=call.new_goods_only,
        late_fine_bp=call.late_fine_bp,
        short_fine_bp=call.short_fine_bp,
        area_share_bp=area_share_bp(call_id=call.id, days=days),
        best_level_bp=max((span.level_factor_bp for span in view.spans), default=None),
    )


def check_terms(view: CallView, *, day: date) -> Checked:
    """Return what the rules of a day find wrong with a call."""
    terms = terms_of(view)
    return Checked(check(terms, list_rules_on(day), day=day), charges_share_bp(terms), terms)


def fingerprint(view: CallView) -> str:
    """Return the SHA-256 of everything that a published call promises."""
    said: dict[str, Any] = {name: _plain(getattr(view.call, name)) for name in FINGERPRINTED}
    said["charges"] = [_fields(charge) for charge in view.charges]
    said["criteria"] = [_fields(criterion) for criterion in view.criteria]
    said["spans"] = [[span.shelf_id, span.x_mm, span.width_mm] for span in view.spans]
    said["spans"].sort()
    return sha256_of(canonical_text(said))


def is_as_published(view: CallView) -> bool:
    """Answer whether a call still says what it said when it was published."""
    return view.call.terms_sha256 == fingerprint(view)


def _fields(row: Any) -> Mapping[str, Any]:
    return {name: _plain(value) for name, value in vars(row).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Rupiah):
        return value.amount
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
