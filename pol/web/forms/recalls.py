"""What a producer takes back from every shelf, and on its way there."""

from collections.abc import Sequence

from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from pol.partnership.consignment.queries.recalls import RecallRow
from pol.web.forms.base import Needed
from pol.web.forms.goods import LAST_ID, KeyedForm
from pol.web.language import gettext as _
from pol.web.language import lazy_gettext as _l


def _line_id(text: object) -> int:
    """Return the id that was sent; what is none belongs to nobody."""
    word = str(text)
    return int(word) if word.isascii() and word.isdecimal() and int(word) <= LAST_ID else 0


class RecallForm(KeyedForm):
    """One code of one product, and why."""

    line = RadioField(
        _l("Barang yang ditarik"),
        [InputRequired(_l("Pilih barangnya."))],
        coerce=_line_id,
        validate_choice=False,
    )
    why = TextAreaField(
        _l("Sebabnya, dibaca toko"),
        [Needed(_l("Tulis sebabnya, supaya toko tahu apa yang harus dilakukan.")), Length(max=200)],
    )

    def offer(self, rows: Sequence[RecallRow]) -> None:
        """Let one of these be chosen."""
        self.line.choices = [(row.line_id, _said(row)) for row in rows]


def _said(row: RecallRow) -> str:
    if not row.on_the_way:
        said = _("%(name)s, kode %(code)s: %(on_shelf)s buah di rak, %(stores)s toko")
    elif not row.on_shelf:
        said = _("%(name)s, kode %(code)s: %(on_the_way)s buah di jalan ke %(stores)s toko")
    else:
        said = _(
            "%(name)s, kode %(code)s: %(on_shelf)s buah di rak dan %(on_the_way)s di jalan, "
            "%(stores)s toko"
        )
    return said % vars(row)
