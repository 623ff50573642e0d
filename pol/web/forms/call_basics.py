"""The first screen of a slot call."""

from datetime import timedelta
from typing import Any

from wtforms import DateField, RadioField, StringField, TextAreaField
from wtforms.validators import Length

from pol.kernel.localtime import at_local, business_day
from pol.partnership.slots.queries.calls import CallView
from pol.partnership.slots.rules import CoopForm
from pol.partnership.slots.rules.call import CLOSING_MINUTE
from pol.partnership.slots.services.calls import Basics
from pol.web.call_words import FORMS
from pol.web.forms.base import Needed, PolForm
from pol.web.forms.call_fields import choices_of
from pol.web.forms.days import NearDay
from pol.web.language import lazy_gettext as _l


class BasicsForm(PolForm):
    """1: what is opened, in which form, when."""

    title = StringField(
        _l("Judul"),
        [Needed(), Length(max=80)],
        description=_l("Misalnya: Rak oleh-oleh Lamongan 2027."),
    )
    about = TextAreaField(
        _l("Uraian"),
        [Needed(_l("Tulis beberapa kalimat: barang apa yang dicari, ditaruh di mana.")),
         Length(max=1_200)],
    )  # fmt: skip
    form = RadioField(
        _l("Bentuk kerja sama"), choices=choices_of(FORMS), default=CoopForm.CONSIGNMENT.value
    )
    first_day = DateField(_l("Barang di rak mulai"), [Needed(), NearDay()])
    last_day = DateField(_l("Sampai"), [Needed(), NearDay()])
    deadline = DateField(
        _l("Pendaftaran ditutup"), [Needed(), NearDay()], description=_l("Pukul 17.00 WIB.")
    )

    @classmethod
    def of(cls, view: CallView) -> "BasicsForm":
        """Return the form filled with what is kept."""
        kept = view.call
        return cls(
            formdata=None,
            data={
                "title": kept.title,
                "about": kept.about,
                "form": kept.form.value,
                "first_day": kept.from_on,
                "last_day": kept.until_on - timedelta(days=1),
                "deadline": business_day(kept.closes_at),
            },
        )

    def facts(self) -> Basics:
        """Return what the service needs to know."""
        days: list[Any] = [self.first_day.data, self.last_day.data, self.deadline.data]
        return Basics(
            title=self.title.data or "",
            about=self.about.data or "",
            form=CoopForm(self.form.data),
            from_on=days[0],
            until_on=days[1] + timedelta(days=1),
            closes_at=at_local(days[2], CLOSING_MINUTE),
        )
