"""Holding an agreement against the call that it came from and the dated rules of a day."""

import json
from datetime import date
from hashlib import sha256

from pol.kernel.db import db
from pol.partnership.agreements.models import Agreement
from pol.partnership.agreements.queries.deal import list_charges, list_charges_of_call
from pol.partnership.agreements.rules.deal import TERMS
from pol.partnership.agreements.rules.signing import TermsBreakRule, check_same_terms
from pol.partnership.applications.models import Application
from pol.partnership.slots.models import SlotCall
from pol.partnership.slots.queries.terms import list_rules_on
from pol.partnership.slots.rules.term_checks import check
from pol.partnership.slots.rules.terms import Rule, Terms


def check_terms(agreement: Agreement, *, day: date) -> None:
    """Check that terms are the call's or differ with a reason, and break no rule that binds.

    What a call was published with in spite of a rule, for a stated reason, its agreements may have.

    :raises TermsDiffer: they differ and nobody says why
    :raises TermsBreakRule: a rule of that day says no
    """
    call = db.session.get_one(SlotCall, agreement.call_id)
    check_same_terms(
        differing=_differing(agreement, call),
        number=call.number,
        change_reason=agreement.change_reason,
    )
    known = {row["code"] for row in call.findings or ()} if call.stated_reason else set()
    for finding in check(_terms(agreement, call), list_rules_on(day), day=day):
        if finding.binds and finding.rule.code not in known:
            raise TermsBreakRule(
                code=finding.rule.code,
                source=f"{finding.rule.source}, {finding.rule.article}",
                wrong=finding.wrong.message % finding.wrong.values,
            )


def note_rules(agreement: Agreement, *, day: date) -> None:
    """Keep which rules, in which version, an agreement was held against."""
    agreement.rules = [_version(rule) for rule in list_rules_on(day)]
    plain = json.dumps(agreement.rules, sort_keys=True, separators=(",", ":"))
    agreement.rules_sha256 = sha256(plain.encode()).hexdigest()


def _version(rule: Rule) -> dict[str, object]:
    return {
        "code": rule.code,
        "source": rule.source,
        "article": rule.article,
        "number": rule.number,
        "weight": rule.weight.value,
        "valid_from": rule.valid_from.isoformat(),
        "valid_until": rule.valid_until.isoformat() if rule.valid_until else None,
    }


def _differing(agreement: Agreement, call: SlotCall) -> list[str]:
    found = [name for name in TERMS if getattr(agreement, name) != getattr(call, name)]
    if list_charges(agreement.id) != list_charges_of_call(call.id):
        found.append("charges")
    application = db.session.get_one(Application, agreement.application_id)
    return [*found, "price"] if agreement.price != application.price else found


def _terms(agreement: Agreement, call: SlotCall) -> Terms:
    """Return the agreement as rules look at it; its own text is what is written."""
    days = (agreement.until_on - agreement.from_on).days
    return Terms(
        form=agreement.form,
        title=call.title,
        about=agreement.text,
        margin_bp=agreement.margin_bp,
        charges=list_charges(agreement.id),
        payment_days=agreement.payment_days,
        periods=max(1, -(-days // max(1, call.settle_every_days))),
        expected_sales=call.expected_sales,
        new_goods_only=call.new_goods_only,
        late_fine_bp=agreement.late_fine_bp,
        short_fine_bp=agreement.short_fine_bp,
        area_share_bp=None,
        best_level_bp=None,
    )
