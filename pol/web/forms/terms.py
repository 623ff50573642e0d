"""Forms about the dated rules for trading terms."""

import re
from typing import Any

from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional, Regexp, ValidationError

from pol.kernel.errors import Refused
from pol.partnership.slots.rules import CoopForm, RuleWeight, TermPlace, TermRuleKind, term_rows
from pol.partnership.slots.rules.term_rows import IN_PERCENT
from pol.partnership.slots.rules.terms import Rule
from pol.partnership.slots.services.terms import NewTermRule
from pol.web.call_words import FORMS, PLACES, RULE_KINDS
from pol.web.forms.base import Choice, Needed, PolForm, QuantityField, RupiahField
from pol.web.forms.days import NearDay
from pol.web.language import gettext
from pol.web.language import lazy_gettext as _l

FIELD_OF: dict[type[Refused], str] = {
    term_rows.TermRuleFromThePast: "valid_from",
    term_rows.TermRuleEndsTooEarly: "valid_from",
    term_rows.TermCodeTaken: "code",
    term_rows.TermNumberOutOfRange: "number",
}
LINE = Length(max=300)


def _choices(words: Any) -> list[Choice]:
    return [Choice(member.value, label) for member, label in words.items()]


class TermRuleForm(PolForm):
    """A new rule with its source, scope, doubt and first day."""

    code = StringField(
        _l("Kode"),
        [Needed(), Length(max=40), Regexp(r"[A-Z0-9-]+$", message=_l("Huruf besar, angka, dan -"))],
        description=_l("Misalnya PERDA5-3-RUANG. Kode dipakai sekali saja."),
    )
    kind = SelectField(_l("Yang diperiksa"), choices=_choices(RULE_KINDS))
    number = QuantityField(
        _l("Angka"),
        [Optional()],
        description=_l("Persen atau hari, menurut yang diperiksa. Kosong berarti tanpa angka."),
    )
    threshold = RupiahField(
        _l("Hanya untuk tagihan sampai"), [Optional()], description=_l("Hanya untuk hari bayar.")
    )
    weight = SelectField(
        _l("Kekuatan"),
        choices=[
            Choice(RuleWeight.ADVICE.value, _l("Saran: hanya ditampilkan")),
            Choice(RuleWeight.BINDS.value, _l("Mengikat: menahan pengumuman tanpa alasan")),
        ],
    )
    place = SelectField(_l("Berlaku di"), choices=_choices(PLACES))
    form = SelectField(
        _l("Bentuk kerja sama"), [Optional()], choices=[Choice("", _l("Semua")), *_choices(FORMS)]
    )
    source = StringField(_l("Sumber"), [Needed(), LINE], description=_l("Nama dan nomor aturan."))
    article = StringField(_l("Pasal"), [Needed(), Length(max=80)])
    scope = StringField(_l("Ruang lingkup"), [Needed(), LINE])
    says = TextAreaField(_l("Bunyinya, dengan kata biasa"), [Needed(), Length(max=600)])
    remedy = TextAreaField(_l("Yang perlu diubah"), [Needed(), Length(max=600)])
    doubt = TextAreaField(
        _l("Keraguan"),
        [Optional(), Length(max=600)],
        description=_l("Kalau sumber berbeda-beda atau perlu dikonfirmasi, tulis di sini."),
    )
    valid_from = DateField(_l("Berlaku mulai"), [Needed(), NearDay()])

    def validate_number(self, field: QuantityField) -> None:
        if field.data is not None and field.data % self._grain:
            raise ValidationError(
                gettext("Tulis hari dengan angka bulat, persen dengan paling banyak dua desimal.")
            )

    @property
    def _grain(self) -> int:
        return 10 if self.kind.data in IN_PERCENT else 1_000

    def start_from(self, rule: Rule) -> None:
        """Fill everything but the code's year and the first day from a rule to be replaced."""
        for name in ("source", "article", "scope", "says", "remedy", "doubt", "threshold"):
            self[name].data = getattr(rule, name)
        for name in ("kind", "weight", "place", "form"):
            self[name].data = str(getattr(rule, name) or "")
        self.code.data = re.sub(r"-\d{4}$", "", rule.code)
        self.number.data = rule.number * self._grain

    def facts(self) -> NewTermRule:
        """Return what the service needs to know."""
        chosen: dict[str, Any] = {
            "threshold": self.threshold.data,
            "valid_from": self.valid_from.data,
        }
        return NewTermRule(
            code=self.code.data or "",
            kind=TermRuleKind(self.kind.data),
            weight=RuleWeight(self.weight.data),
            place=TermPlace(self.place.data),
            source=self.source.data or "",
            article=self.article.data or "",
            scope=self.scope.data or "",
            says=self.says.data or "",
            remedy=self.remedy.data or "",
            doubt=self.doubt.data or None,
            form=CoopForm(self.form.data) if self.form.data else None,
            number=(self.number.data or 0) // self._grain,
            **chosen,
        )
