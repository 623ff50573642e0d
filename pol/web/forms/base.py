"""The form that every page starts from: cleaned text, Indonesian sentences, rules beside fields."""

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar, Self

from flask import g
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import Field, PasswordField, StringField
from wtforms.fields.choices import SelectChoice as Choice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from pol.kernel.errors import Refused
from pol.web.forms.drawing import draw_once
from pol.web.forms.fields import PhoneField, QuantityField, RupiahField, VillageField
from pol.web.forms.words import IndonesianWords
from pol.web.language import gettext, sentence_of

__all__ = [
    "Choice",
    "Needed",
    "PhoneField",
    "PolForm",
    "QuantityField",
    "RupiahField",
    "VillageField",
]


class Needed:
    """The field must be filled, not with spaces only; what else is wrong with it stays said."""

    field_flags: ClassVar = {"required": True}

    def __init__(self, message: str | None = None) -> None:
        self.message = message

    def __call__(self, form: BaseForm, field: Field) -> None:
        if field.raw_data == [""]:
            field.errors = []  # "no such day" says less than that the field must be filled
        if field.errors:
            raise StopValidation
        if field.data is None or field.data in ("", []):
            raise StopValidation(self.message or gettext("Bagian ini harus diisi."))


def clean(text: Any) -> Any:
    """Drop what no keyboard makes (PostgreSQL refuses NUL) and the spaces around."""
    if not isinstance(text, str):
        return text
    if text.isprintable():
        return text.strip()
    return "".join(c for c in text if c.isprintable() or c in "\r\n\t").strip()


class PolForm(FlaskForm):  # type: ignore[misc]
    """A form of ours; `pol.web.csrf` has already checked where it came from."""

    _lines: Mapping[str, str] = {}

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        csrf = False

        def get_translations(self, form: BaseForm) -> IndonesianWords:
            return IndonesianWords()

        def bind_field(self, form: BaseForm, unbound_field: Any, options: dict[str, Any]) -> Field:
            field: Field = super().bind_field(form, unbound_field, options)
            if isinstance(field, StringField) and not isinstance(field, PasswordField):
                field.filters = (clean, *field.filters)
            return field

        def render_field(self, field: Field, render_kw: dict[str, Any]) -> Markup:
            return draw_once(field, render_kw, partial(super().render_field, field, render_kw))

    def name_lines(self, names: Mapping[Any, str]) -> Self:
        """Say what each line of fields is about, by what their names end with: `count_17`."""
        self._lines = {str(end): name for end, name in names.items()}
        return self

    def line_of(self, field: Field) -> str | None:
        """Return what the line of a field is about, where several lines ask for the same."""
        return self._lines.get(field.name.rpartition("_")[2])

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every field, and let `pol.web.refused` know what was typed."""
        g.form, is_right = self, bool(super().validate(extra_validators))
        if not is_right:
            g.wrong_form = self
        return is_right

    def blame(self, refusal: Refused, field: str | None = None) -> None:
        """Show a rule's refusal in the summary, and beside the field that it is about."""
        g.refusal = refusal
        sentence = sentence_of(refusal)
        if field is None:
            self.form_errors.append(sentence)
        else:
            self[field].errors = [*self[field].errors, sentence]
