"""What the Dinas asks a store, and what its retailer answers."""

from wtforms import DateField, TextAreaField
from wtforms.validators import Length

from pol.kernel.errors import Refused
from pol.partnership.slots.rules import follow_ups as rules
from pol.web.forms.base import Needed, PolForm
from pol.web.forms.days import NearDay
from pol.web.language import lazy_gettext as _l

FIELD_OF: dict[type[Refused], str] = {
    rules.FollowUpTextNeeded: "text",
    rules.FollowUpDueTooSoon: "due_on",
    rules.AnswerNeeded: "answer",
}


class AskForm(PolForm):
    """What is asked of a store, and until when."""

    text = TextAreaField(
        _l("Pesan untuk toko"),
        [Needed(_l("Tulis apa yang diminta dari toko ini.")), Length(max=1_000)],
        default=_l(
            "Toko Anda belum menyediakan ruang rak untuk produk UMKM Lamongan. Mohon buka slot, "
            "atau jelaskan kendalanya."
        ),
    )
    due_on = DateField(_l("Jawaban ditunggu sampai"), [Needed(), NearDay()])


class AnswerForm(PolForm):
    """What a retailer says to it."""

    answer = TextAreaField(
        _l("Jawaban Anda"), [Needed(_l("Tulis jawabannya dulu.")), Length(max=1_000)]
    )
