"""What a producer takes back from every shelf."""

from collections.abc import Sequence

from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from pol.partnership.consignment.queries.recalls import RecallRow
from pol.web.forms.base import Needed
from pol.web.forms.goods import LAST_ID, KeyedForm
from pol.web.language import gettext as _
from pol.web.language import lazy_gettext as _l


def _batch_id(text: object) -> int:
    """Return the id that was sent; what is none belongs to nobody."""
    word = str(text)
    return int(word) if word.isascii() and word.isdecimal() and int(word) <= LAST_ID else 0


class RecallForm(KeyedForm):
    """One code of one product, and why."""

    batch = RadioField(
        _l("Barang yang ditarik"),
        [InputRequired(_l("Pilih barangnya."))],
        coerce=_batch_id,
        validate_choice=False,
    )
    why = TextAreaField(
        _l("Sebabnya, dibaca toko"),
        [Needed(_l("Tulis sebabnya, supaya toko tahu apa yang harus dilakukan.")), Length(max=200)],
    )

    def offer(self, rows: Sequence[RecallRow]) -> None:
        """Let one of these be chosen."""
        said = _("%(name)s, kode %(code)s: %(pieces)s buah di %(stores)s toko")
        self.batch.choices = [(row.batch_id, said % vars(row)) for row in rows]
