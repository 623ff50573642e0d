"""Forms of refunds that are due: done, another way, with a courier, at the door."""

from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import Length

from pol.payments.rules import Channel
from pol.web.forms.base import Choice, Needed, PolForm
from pol.web.language import lazy_gettext as _l

WAYS = {
    Channel.CASH: _l("Tunai di pos pasar"),
    Channel.TRANSFER: _l("Transfer ke rekening pembeli"),
    Channel.CREDIT: _l("Saldo belanja, langsung"),
    Channel.PROVIDER: _l("Lewat penyedia pembayaran"),
}


class FinishForm(PolForm):
    """How the money went back."""

    note = StringField(
        _l("Dikembalikan lewat"),
        [Needed(_l("Tulis ke rekening mana, atau siapa yang menerima tunai.")), Length(max=200)],
    )


class WayForm(PolForm):
    """Another way back; a transfer needs an account."""

    channel = SelectField(_l("Kembali lewat"), choices=[])
    payee = StringField(_l("Rekening tujuan"), [Length(max=120)])

    def offer(self, *, has_account: bool, is_online: bool) -> None:
        """Offer the ways back that this customer has."""
        is_open = {Channel.CREDIT: has_account, Channel.PROVIDER: is_online}
        self.channel.choices = [
            Choice(way.value, words) for way, words in WAYS.items() if is_open.get(way, True)
        ]


class RoundForm(PolForm):
    """Whatever is done with a refund that a courier carries; `seen` is the round on the page."""

    seen = HiddenField()

    @property
    def round(self) -> int:
        """Return the round that the page showed; words that are no number are no round."""
        text = self.seen.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else -1


class HandForm(RoundForm):
    """Which courier takes the money along."""

    courier = SelectField(_l("Kurir"), coerce=int, choices=[])


class PaidForm(RoundForm):
    """Who took the money at the door."""

    receiver = StringField(
        _l("Diterima oleh"), [Needed(_l("Tulis nama penerimanya dulu.")), Length(max=80)]
    )


class NotFoundForm(RoundForm):
    """Why nobody took it."""

    reason = StringField(
        _l("Alasan belum diserahkan"),
        [Needed(_l("Tulis alasannya dulu, misalnya: rumah kosong.")), Length(max=200)],
    )
