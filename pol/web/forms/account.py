"""Forms with which people come in and describe themselves."""

from wtforms import EmailField, PasswordField, StringField
from wtforms.validators import Length, Optional, Regexp, ValidationError

from pol.identity.rules.secrets import check_secret
from pol.kernel.errors import Refused
from pol.web.forms.base import Needed, PhoneField, PolForm, VillageField
from pol.web.language import lazy_gettext as _l
from pol.web.language import sentence_of

EMAIL = r"[^@\s]+@[^@\s]+\.[^@\s.]+$"
MAX_TYPED = 256  # longer than any password that the rules accept, short enough to hash
OLD = {"autocomplete": "current-password", "maxlength": MAX_TYPED}
NEW = {"autocomplete": "new-password", "maxlength": MAX_TYPED}
CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": 12}
ACCOUNT = {"autocomplete": "username"}
KEEP = _l("PIN 6 angka, atau sandi paling sedikit 8 huruf.")


class LoginForm(PolForm):
    phone = PhoneField(_l("Nomor HP"), [Needed()], render_kw=ACCOUNT)
    secret = PasswordField(_l("Sandi atau PIN"), [Needed(), Length(max=MAX_TYPED)], render_kw=OLD)


class CodeForm(PolForm):
    code = StringField(_l("Kode 6 angka"), [Needed(), Length(max=12)], render_kw=CODE)


def _name() -> StringField:
    kw = {"autocomplete": "name", "maxlength": 80}
    return StringField(_l("Nama"), [Needed(), Length(max=80)], render_kw=kw)


def _village() -> VillageField:
    hint = _l("Tulis namanya, misalnya Sumberagung (Brondong).")
    return VillageField(_l("Desa atau kelurahan"), [Optional()], description=hint)


class ProfileForm(PolForm):
    name = _name()
    email = EmailField(
        _l("E-mail"),
        [
            Optional(),
            Length(max=120),
            Regexp(EMAIL, message=_l("Alamat e-mail ini tidak benar. Contoh: nama@contoh.id.")),
        ],
        description=_l("Untuk kode kalau lupa sandi. Tidak kami tampilkan."),
        render_kw={"autocomplete": "email", "maxlength": 120},
    )
    old = PasswordField(
        _l("Sandi atau PIN yang sekarang"),
        [Optional(), Length(max=MAX_TYPED)],
        description=_l("Hanya perlu kalau e-mail diganti."),
        render_kw=OLD,
    )
    village = _village()


class RegisterForm(PolForm):
    name = _name()
    phone = PhoneField(
        _l("Nomor HP"),
        [Needed()],
        description=_l("Nomor ini menjadi nama akun Anda."),
        render_kw=ACCOUNT,
    )
    secret = PasswordField(_l("Sandi atau PIN baru"), [Needed()], description=KEEP, render_kw=NEW)
    village = _village()

    def validate_secret(self, field: PasswordField) -> None:
        _judge(field, str(self.phone.data or ""))


class NewSecretForm(PolForm):
    """The old password and the new one."""

    old = PasswordField(
        _l("Sandi atau PIN yang sekarang"), [Needed(), Length(max=MAX_TYPED)], render_kw=OLD
    )
    secret = PasswordField(_l("Sandi atau PIN baru"), [Needed()], description=KEEP, render_kw=NEW)
    my_phone = ""

    def validate_secret(self, field: PasswordField) -> None:
        _judge(field, self.my_phone)


class ForgottenForm(PolForm):
    phone = PhoneField(_l("Nomor HP"), [Needed()], render_kw=ACCOUNT)


class UseCodeForm(PolForm):
    """A one-time code traded for a new password."""

    phone = PhoneField(_l("Nomor HP"), [Needed()], render_kw=ACCOUNT)
    code = StringField(
        _l("Kode sekali pakai"),
        [Needed(), Length(max=32)],
        render_kw={"autocomplete": "one-time-code", "maxlength": 32},
    )
    secret = PasswordField(_l("Sandi atau PIN baru"), [Needed()], description=KEEP, render_kw=NEW)

    def validate_secret(self, field: PasswordField) -> None:
        _judge(field, str(self.phone.data or ""))


def _judge(field: PasswordField, phone: str) -> None:
    try:
        check_secret(field.data or "", phone=phone)
    except Refused as refusal:
        raise ValidationError(sentence_of(refusal)) from None
