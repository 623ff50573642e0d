"""Forms of agreements: signing, changing a draft, giving notice, calling off."""

from typing import Any

from wtforms import DateField, HiddenField, StringField, TextAreaField
from wtforms.validators import Length

from pol.kernel.errors import Refused
from pol.kernel.text import decimal
from pol.partnership.agreements.queries.agreements import AgreementRow
from pol.partnership.agreements.rules import ending, signing
from pol.partnership.agreements.services.drafting import NewTerms
from pol.web.forms.base import Needed, PolForm
from pol.web.forms.days import NearDay
from pol.web.forms.fields import QuantityField
from pol.web.forms.measures import WholeField
from pol.web.language import gettext
from pol.web.language import lazy_gettext as _l

FIELD_OF: dict[type[Refused], str] = {
    signing.NameDiffers: "typed_name",
    signing.ChangeReasonNeeded: "reason",
    ending.NoticeReasonNeeded: "reason",
    ending.NoticeTooShort: "last_day",
    ending.LastDayTooLate: "last_day",
}


class MarginField(QuantityField):
    """12,5 -> 1,250 basis points of the price."""

    def read(self, text: str) -> int:
        milli = super().read(text.replace("%", ""))
        if milli % 10 or milli > 100_000:
            raise ValueError(gettext("Tulis persen dari 0 sampai 100, misalnya 12,5."))
        return milli // 10

    def write(self, data: int) -> str:
        return decimal(data * 10)


class AgreementForm(PolForm):
    """A form that shows a refusal beside the field that it is about."""

    def say(self, refusal: Refused) -> None:
        """Show a refusal where it belongs."""
        field = FIELD_OF.get(type(refusal))
        self.blame(refusal, field if field in self else None)


class SignForm(AgreementForm):
    """A name under a text; `read` is the fingerprint of what the page showed."""

    read = HiddenField()
    typed_name = StringField(
        _l("Ketik nama lengkap Anda"),
        [Needed(_l("Ketik nama Anda dulu, persis seperti di akun.")), Length(max=120)],
    )


class NoticeForm(AgreementForm):
    """Until when it goes on, and why not longer."""

    last_day = DateField(_l("Hari terakhir"), [Needed(), NearDay()])
    reason = TextAreaField(_l("Alasan mengakhiri"), [Needed(), Length(max=500)])


class CallOffForm(AgreementForm):
    """Why it is dropped before it begins."""

    reason = TextAreaField(_l("Alasan membatalkan"), [Needed(), Length(max=500)])


class TermsForm(AgreementForm):
    """Other terms than the call's, and why."""

    margin = MarginField(_l("Bagian toko"), [Needed()])
    payment_days = WholeField(_l("Dibayar dalam"), [Needed()], least=0, most=365)
    notice_days = WholeField(_l("Berhenti diberitahukan"), [Needed()], least=0, most=365)
    reason = TextAreaField(
        _l("Alasan berbeda dari pembukaan"),
        [Needed(_l("Tulis alasannya; produsen membacanya di naskah.")), Length(max=500)],
    )

    @classmethod
    def of(cls, row: AgreementRow) -> "TermsForm":
        """Return the form filled with what stands in the draft."""
        days = {"payment_days": row.payment_days, "notice_days": row.notice_days}
        return cls(formdata=None, data={"margin": row.margin_bp, **days})

    def terms(self) -> NewTerms:
        """Return what the service needs to know."""
        values: list[Any] = [self.margin.data, self.payment_days.data, self.notice_days.data]
        return NewTerms(*values)
