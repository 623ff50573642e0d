"""Forms of problems and refunds: reporting, answering, deciding, giving back."""

from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import Length

from pol.kernel.money import ZERO, Rupiah
from pol.orders.rules.refunding import Goods
from pol.payments.rules import Channel
from pol.web.forms.base import Choice, Needed, PolForm, RupiahField
from pol.web.forms.cash import read_seen
from pol.web.forms.pictures import PictureForm
from pol.web.language import lazy_gettext as _l

CHANNELS = {
    Channel.CREDIT: _l("Saldo belanja, langsung"),
    Channel.CASH: _l("Tunai dari kas pasar"),
    Channel.TRANSFER: _l("Transfer dari rekening pasar"),
}


WHERE = [
    Choice(Goods.KEPT.value, _l("Tetap di pembeli")),
    Choice(Goods.SOUND.value, _l("Kembali ke lapak, bisa dijual lagi")),
    Choice(Goods.SPOILT.value, _l("Kembali ke lapak, tidak layak jual")),
]


class ReportForm(PictureForm):
    """What is wrong with an order, and how much the customer wants back."""

    text = TextAreaField(
        _l("Apa masalahnya?"), [Needed(_l("Ceritakan masalahnya.")), Length(max=1_000)]
    )
    wanted = RupiahField(
        _l("Uang yang diminta kembali"), [Needed(_l("Tulis berapa, 0 kalau tidak minta uang."))]
    )


class AnswerForm(PictureForm):
    """What the stall says to a problem."""

    text = TextAreaField(
        _l("Jawaban untuk pembeli"), [Needed(_l("Tulis jawaban dulu.")), Length(max=1_000)]
    )


class GivingForm(PolForm):
    """How much goes back which way, and why.

    `seen` is what had gone back when the page was shown, `counted` the amount it worked out.
    """

    amount = RupiahField(_l("Uang yang kembali ke pembeli"), [Needed(_l("Tulis berapa."))])
    channel = SelectField(_l("Kembali lewat"), choices=[])
    reason = StringField(_l("Alasan"), [Needed(_l("Tulis alasannya dulu.")), Length(max=300)])
    seen = HiddenField()
    counted = HiddenField()

    def offer(self, *, has_account: bool) -> None:
        """Offer the ways back that this customer has."""
        ways = [way for way in CHANNELS if has_account or way is not Channel.CREDIT]
        self.channel.choices = [Choice(way.value, CHANNELS[way]) for way in ways]

    def show(self, amount: Rupiah, *, refunded: Rupiah, most: Rupiah) -> Rupiah:
        """Prepare the page for an amount; return the one that it can work out."""
        sound = amount if ZERO <= amount <= most else most
        self.seen.data, self.counted.data = str(refunded.amount), str(sound.amount)
        return sound

    def is_new(self, most: Rupiah) -> bool:
        """Answer whether the page must first show what this amount costs; a rule refuses others."""
        amount: Rupiah = self.amount.data
        return ZERO < amount <= most and amount != read_seen(self.counted)

    @property
    def seen_refunded(self) -> Rupiah:
        """Return what had gone back when the page was shown."""
        return read_seen(self.seen)


class LineGivingForm(GivingForm):
    """The same for one line of an order, or for all of them together."""

    line = SelectField(_l("Untuk"), choices=[])
    goods = SelectField(_l("Barangnya"), choices=WHERE, default=Goods.KEPT.value)


class ReasonForm(PolForm):
    """Why something is called off."""

    reason = StringField(_l("Alasan"), [Needed(_l("Tulis alasannya dulu.")), Length(max=300)])


class UndoForm(ReasonForm):
    """Why a group is called off, and which way money of what was handed over goes back.

    `seen` is the mark of the plan that the page showed.
    """

    channel = SelectField(_l("Yang sudah diserahkan kembali lewat"), choices=[])
    seen = HiddenField()

    offer = GivingForm.offer
