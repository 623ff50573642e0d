"""Forms about bank accounts and payouts."""

from wtforms import DateField, PasswordField, SelectField, StringField
from wtforms.validators import Length

from pol.kernel.errors import Refused
from pol.payments.rules import payout as rules
from pol.web.forms.account import MAX_TYPED, OLD
from pol.web.forms.base import Choice, Needed, PolForm
from pol.web.forms.days import NearDay
from pol.web.language import lazy_gettext as _l

FIELD_OF: dict[type[Refused], str] = {
    rules.BankUnknown: "bank",
    rules.AccountNumberWrong: "number",
    rules.SameAccount: "number",
    rules.HolderMissing: "holder",
    rules.UntilAhead: "sampai",
}


class BankAccountForm(PolForm):
    """Where a stall's money goes, and the password of whoever says so."""

    bank = SelectField(
        _l("Bank"),
        [Needed(_l("Pilih bank dari daftar."))],
        choices=[Choice("", _l("Pilih bank")), *(Choice(bank, bank) for bank in rules.BANKS)],
    )
    number = StringField(
        _l("Nomor rekening"),
        [Needed(), Length(max=40)],
        description=_l("Hanya angka, seperti di buku tabungan."),
        render_kw={"inputmode": "numeric", "autocomplete": "off", "maxlength": 40},
        filters=[lambda text: text and "".join(c for c in text if c not in " .-")],
    )
    holder = StringField(
        _l("Atas nama"),
        [Needed(), Length(max=100)],
        description=_l("Nama pemilik seperti di buku tabungan."),
        render_kw={"autocomplete": "off", "maxlength": 100},
    )
    old = PasswordField(
        _l("Sandi atau PIN Anda"),
        [Needed(), Length(max=MAX_TYPED)],
        description=_l("Supaya tidak ada orang lain yang mengalihkan uang lapak."),
        render_kw=OLD,
    )


class BatchForm(PolForm):
    """A batch of one market, of everything earned until the end of a day."""

    pasar = SelectField(_l("Pasar"), [Needed()])
    sampai = DateField(
        _l("Hitung sampai akhir hari"),
        [Needed(), NearDay()],
        description=_l("Hari ini berarti sampai saat ini."),
    )


class FailureForm(PolForm):
    """What the bank said."""

    reason = StringField(
        _l("Kata bank"),
        [
            Needed(_l("Tulis kata bank, supaya pedagang tahu apa yang harus dibenahi.")),
            Length(max=200),
        ],
        render_kw={"maxlength": 200},
    )
