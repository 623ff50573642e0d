"""Forms of allocation: asking for a run, changing its result by hand."""

from wtforms import Field, SelectField, StringField
from wtforms.form import BaseForm
from wtforms.validators import Length, Optional

from pol.kernel.errors import Refused
from pol.partnership.allocation.rules import runs as rules
from pol.web.forms.base import Choice, Needed, PolForm
from pol.web.forms.measures import WholeField
from pol.web.language import lazy_gettext as _l

FIELD_OF: dict[type[Refused], str] = {
    rules.EditReasonMissing: "reason",
    rules.EditBreaksRule: "shelf",
    rules.EditFacingsWrong: "facings",
    rules.NothingChanged: "shelf",
}
OUT = "-"
"""Chosen instead of a shelf: the product leaves the store."""


class AskForm(PolForm):
    """How long the computer may think."""

    seconds = SelectField(
        _l("Lama menghitung"),
        [Needed()],
        coerce=int,
        choices=[
            Choice(30, _l("30 detik, cukup untuk beberapa toko")),
            Choice(120, _l("2 menit")),
            Choice(300, _l("5 menit, untuk satu kabupaten")),
        ],
        default=30,
    )


class OfPlace:
    """The field must be filled unless the product leaves the store."""

    def __call__(self, form: BaseForm, field: Field) -> None:
        (Optional() if form["shelf"].data == OUT else Needed())(form, field)


class MoveForm(PolForm):
    """Where a product goes; the choices come from the call."""

    shelf = SelectField(_l("Ambalan"), [Needed()])
    x = WholeField(
        _l("Jarak dari kiri"), [OfPlace()], least=0, most=100_000, description=_l("Milimeter.")
    )
    facings = WholeField(_l("Muka"), [OfPlace()], most=1_000)
    reason = StringField(
        _l("Alasan"), [Length(max=500)], description=_l("Pemohon berhak membacanya.")
    )
