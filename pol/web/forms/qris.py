"""Handing in a static QRIS, as text or as a picture of it."""

from flask_wtf.file import FileField
from wtforms import HiddenField, TextAreaField
from wtforms.validators import Length

from pol.files.rules import MAX_BYTES, PictureTooHeavy
from pol.kernel.errors import Refused
from pol.payments.rules.qris import LONGEST, StaticQris, read_static
from pol.payments.services import qris
from pol.web.forms.base import Needed, PolForm
from pol.web.language import lazy_gettext as _l


class QrisForm(PolForm):
    """A picture or the text of a code; the picture wins."""

    picture = FileField(_l("Foto atau tangkapan layar QRIS"))
    text = TextAreaField(_l("Atau tulisan kodenya"), [Length(max=LONGEST)])

    def read(self) -> StaticQris:
        """Return what the code says.

        :raises Refused: the picture or the code is not sound
        """
        return read_static(self._sent() or self.text.data or "")

    def blame_rule(self, refusal: Refused) -> None:
        """Show a refusal beside the field that was filled."""
        self.blame(refusal, "picture" if self.picture.data else "text")

    def _sent(self) -> str | None:
        sent = self.picture.data
        if not sent:
            return None
        data = sent.stream.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise PictureTooHeavy
        return qris.read_picture(data)


class KeepForm(PolForm):
    """The code that was read and shown."""

    code = HiddenField(validators=[Needed(), Length(max=LONGEST)])
