"""Forms of bills: closing a period, paying, disputing, ruling."""

from wtforms import DateField, HiddenField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length

from pol.kernel.errors import Refused
from pol.partnership.settlement.rules import bills as rules
from pol.partnership.settlement.rules import periods
from pol.web.forms.base import Needed, PolForm, RupiahField
from pol.web.forms.days import NearDay
from pol.web.forms.pictures import PictureForm
from pol.web.language import lazy_gettext as _l

KEY = [Needed(), Length(min=16, max=64)]
FIELD_OF: dict[type[Refused], str] = {
    rules.PaymentMissing: "amount",
    rules.PaymentTooHigh: "amount",
    rules.PaidInFuture: "paid_on",
    rules.PaidBeforeBill: "paid_on",
    rules.NoLineChosen: "lines",
    rules.LineInDispute: "lines",
    rules.LinePaid: "lines",
    rules.AwardOutOfRange: "awarded",
    periods.PeriodNotOver: "sampai",
    periods.PeriodBackwards: "sampai",
    periods.PeriodTooLong: "sampai",
}


class CloseForm(PolForm):
    """Up to which day, that one included, a period is closed."""

    sampai = DateField(_l("Tutup sampai akhir hari"), [Needed(), NearDay()])


class PaymentForm(PictureForm):
    """Money that was sent for a bill."""

    key = HiddenField(validators=KEY)
    amount = RupiahField(_l("Jumlah yang dikirim"), [Needed(_l("Tulis berapa uangnya."))])
    paid_on = DateField(_l("Tanggal kirim"), [Needed(), NearDay()])
    reference = StringField(
        _l("Keterangan transfer"),
        [Needed(), Length(max=100)],
        description=_l("Bank dan nomor rujukan, misalnya BRI 0123456."),
    )


class LinesForm(PolForm):
    """Lines of a bill that are wrong, and why."""

    lines = SelectMultipleField(_l("Baris yang tidak cocok"), coerce=int)
    words = TextAreaField(
        _l("Apa yang tidak cocok"),
        [Needed(), Length(max=1_000)],
        description=_l("Misalnya: catatan kami 12 bungkus, bukan 15."),
    )


class SayForm(PolForm):
    """One sentence of a side."""

    words = TextAreaField(_l("Keterangan"), [Needed(), Length(max=1_000)])


class RulingForm(PolForm):
    """What the producer gets of the lines in dispute, and why."""

    awarded = RupiahField(
        _l("Untuk produsen dari baris ini"), [Needed(_l("Tulis jumlahnya, boleh 0."))]
    )
    words = TextAreaField(_l("Alasan keputusan"), [Needed(), Length(max=1_000)])
