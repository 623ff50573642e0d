"""A control that was drawn before looks as if it were drawn now, and shows nobody else's words."""

from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel
from flask_babel.speaklater import LazyString
from wtforms import Field, SelectField, StringField, TextAreaField
from wtforms.meta import DefaultMeta
from wtforms.validators import Length

from pol.web.forms import drawing
from pol.web.forms.base import Choice, Needed, PhoneField, PolForm, VillageField

spoken = ["Senin"]


def _say(_text: str) -> str:
    return spoken[0]


WORD = LazyString(_say, "Senin")


class Everything(PolForm):
    name = StringField("Nama", [Length(max=10)], render_kw={"placeholder": WORD})
    note = TextAreaField("Catatan", [Needed()])
    phone = PhoneField("HP", [Needed()])
    village = VillageField("Desa")
    way = SelectField("Cara", choices=[Choice("a", WORD), Choice("b", "B", optgroup="G")])


TYPED: dict[str, list[str]] = {
    "name": ["", "a", "b"],
    "note": ["", "a", "b"],
    "phone": ["", "081234567890", "nol"],
    "village": [""],
    "way": ["a", "b", "c"],
}
ATTRIBUTES: list[dict[str, Any]] = [{}, {"class_": "input"}, {"rows": 1}, {"rows": True}]


@pytest.fixture(scope="module")
def bare() -> Flask:
    app = Flask(__name__)
    app.secret_key = "x"
    Babel(app)
    return app


def drawn_anew(field: Field, **attributes: Any) -> str:
    return str(DefaultMeta.render_field(field.meta, field, attributes))


def form_of(app: Flask, **typed: str) -> Everything:
    with app.test_request_context(method="POST", data=typed):
        return Everything()


@pytest.mark.parametrize("name", TYPED)
def test_a_control_looks_as_if_it_were_drawn_now(bare: Flask, name: str) -> None:
    forms = [form_of(bare), *(form_of(bare, **{name: text}) for text in TYPED[name])]
    for form in [*forms, *forms]:
        for attributes in ATTRIBUTES:
            assert str(form[name](**attributes)) == drawn_anew(form[name], **attributes)


def test_a_control_shows_the_choices_and_the_rules_of_its_own_form(bare: Flask) -> None:
    first, second = form_of(bare), form_of(bare)
    second.way.choices = [Choice("a", "Satu", render_kw={"disabled": True})]
    second.name.flags.maxlength = 20
    for form in (first, second):
        assert str(form.way()) == drawn_anew(form.way)
        assert str(form.name()) == drawn_anew(form.name)


def test_a_control_speaks_the_language_of_its_reader(bare: Flask) -> None:
    form = form_of(bare)
    for word in ("Senin", "Monday"):
        spoken[:] = [word]
        assert word in form.way()
        assert word in form.name()


def test_what_somebody_typed_is_not_remembered(bare: Flask) -> None:
    form = form_of(bare, name="Sutinah", note="Sutinah", phone="Sutinah")
    for field in (form.name, form.note, form.phone):
        assert "Sutinah" in field()
    assert "Sutinah" not in str(drawing.drawn)


def test_the_memory_has_an_end(bare: Flask) -> None:
    form = form_of(bare)
    for number in range(drawing.LIMIT + 10):
        form.name(tabindex=number)
    assert len(drawing.drawn) <= drawing.LIMIT
