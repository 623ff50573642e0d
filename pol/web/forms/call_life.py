"""The fifth screen of a slot call, and what may become of it once it is published."""

from datetime import datetime
from typing import Any

from wtforms import DateField, TextAreaField
from wtforms.validators import Length, Optional

from pol.kernel.localtime import at_local
from pol.partnership.slots.rules.call import CLOSING_MINUTE
from pol.web.forms.base import Needed, PolForm
from pol.web.forms.days import NearDay
from pol.web.language import lazy_gettext as _l


class PublishForm(PolForm):
    """5: why a call is published in spite of a rule."""

    reason = TextAreaField(
        _l("Alasan"),
        [Optional(), Length(max=600)],
        description=_l("Dibaca semua orang di pengumuman, dan dicatat di jejak."),
    )


class CancelForm(PolForm):
    """Why a call is called off."""

    reason = TextAreaField(
        _l("Alasan pembatalan"),
        [Needed(), Length(max=600)],
        description=_l("Pendaftar mendapat kabar dengan alasan ini."),
    )


class ExtendForm(PolForm):
    """A later deadline."""

    deadline = DateField(
        _l("Batas pendaftaran baru"), [Needed(), NearDay()], description=_l("Pukul 17.00 WIB.")
    )

    @property
    def closes_at(self) -> datetime:
        """Return the moment, once the form is sound."""
        day: Any = self.deadline.data
        return at_local(day, CLOSING_MINUTE)
