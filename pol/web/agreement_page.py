"""What both sides' pages of one agreement show alike."""

from typing import Any

from flask import render_template

from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.partnership.agreements.queries.agreements import AgreementRow, get_text, list_signatures
from pol.partnership.agreements.rules import AgreementStatus
from pol.partnership.agreements.rules.ending import notice_on
from pol.partnership.agreements.rules.text import read
from pol.partnership.slots.queries.placements import list_blocked, list_places_of_agreement
from pol.partnership.slots.rules import Bearer
from pol.web import agreement_words as words
from pol.web.forms.agreements import CallOffForm, NoticeForm, SignForm
from pol.web.records import record_of


def show_agreement(row: AgreementRow, side: Bearer, template: str, **forms: Any) -> str:
    """Return the page of an agreement; a form that was refused replaces the empty one."""
    text = get_text(row.id)
    page: dict[str, Any] = {
        "sign": SignForm(formdata=None),
        "notice_form": NoticeForm(formdata=None),
        "call_off": CallOffForm(formdata=None),
    } | forms
    page["sign"].read.data = text.text_sha256  # what is on the page now is what is read
    today = business_day(clock.now())
    places = list_places_of_agreement(row.id)
    return render_template(
        template,
        row=row,
        side=side,
        text=text,
        articles=read(text.text),
        signatures={signed.side: signed for signed in list_signatures(row.id)},
        places=places,
        blocked=list_blocked((place.id for place in places), today=today),
        report_page=f"{side.value}_report_cards.show",
        record=record_of(row.number),
        next_words=words.next_words(row, side),
        words=words,
        may_sign=row.status is AgreementStatus.DRAFT and side not in row.signed,
        may_change=row.status is AgreementStatus.DRAFT and not row.signed,
        may_call_off=row.status in {AgreementStatus.DRAFT, AgreementStatus.SIGNED},
        may_notice=row.status is AgreementStatus.IN_FORCE and row.ends_at is None,
        in_force=row.status is AgreementStatus.IN_FORCE,
        notice_on=notice_on(until_on=row.until_on, notice_days=row.notice_days),
        today=today,
        **page,
    )
