"""What people type, and what the fields make of it."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session
from wtforms import DateField, PasswordField, StringField
from wtforms.validators import Length, NumberRange

from pol.identity.rules.phones import UnreadablePhone
from pol.kernel.money import Rupiah
from pol.kernel.text import decimal
from pol.web.filters import rupiah
from pol.web.forms.base import (
    Needed,
    PhoneField,
    PolForm,
    QuantityField,
    RupiahField,
    VillageField,
)


class Everything(PolForm):
    name = StringField("Nama", [Needed(), Length(max=10)])
    secret = PasswordField("Sandi")
    price = RupiahField("Harga", [Needed()])
    amount = QuantityField("Jumlah", [NumberRange(min=1)])
    phone = PhoneField("HP", [Needed()])
    village = VillageField("Desa")


Fill = Callable[..., Everything]


@pytest.fixture(scope="module")
def bare() -> Flask:
    app = Flask(__name__)
    app.secret_key = "x"
    Babel(app)
    return app


def filled(app: Flask, **typed: str) -> Everything:
    with app.test_request_context(method="POST", data=typed):
        form = Everything()
        form.validate()
        return form


def value_of(app: Flask, name: str, text: str) -> Any:
    form = filled(app, **{name: text})
    assert name not in form.errors or name == "amount", form.errors
    return form[name].data


PRICES = ["12.500", "12500", "Rp12500", "rp 12.500", "Rp. 12.500,-", " 12.500,00 "]


@pytest.mark.parametrize("text", PRICES)
def test_a_price_is_read_however_it_is_written(bare: Flask, text: str) -> None:
    assert value_of(bare, "price", text) == Rupiah(12_500)


@pytest.mark.parametrize(
    "text", ["12,5", "12.5", "1.25.000", "-500", "abc", "1e3", "\uff19", "9" * 13]
)
def test_a_price_that_could_mean_two_things_is_asked_again(bare: Flask, text: str) -> None:
    form = filled(bare, price=text)
    assert form.price.data is None
    assert len(form.errors["price"]) == 1
    assert form.price._value() == text  # noqa: SLF001 - what the box shows


@given(st.integers(0, 10**12 - 1))
def test_a_price_that_we_show_can_be_sent_back(bare: Flask, amount: int) -> None:
    assert value_of(bare, "price", rupiah(amount)) == Rupiah(amount)


QUANTITIES = {"0,25": 250, "0.25": 250, "1": 1_000, "1,5 ": 1_500, "0.250": 250, "1.500": 1_500_000}


@pytest.mark.parametrize(("text", "milli"), QUANTITIES.items())
def test_a_quantity_is_read_with_comma_or_dot(bare: Flask, text: str, milli: int) -> None:
    assert value_of(bare, "amount", text) == milli


@pytest.mark.parametrize("text", ["satu", "-1", "0,2555", "1,2,3", "½", "9" * 10])
def test_a_quantity_that_is_no_number_gets_one_sentence(bare: Flask, text: str) -> None:
    assert len(filled(bare, amount=text).errors["amount"]) == 1


@given(st.integers(0, 10**12 - 1))
def test_a_quantity_that_we_show_can_be_sent_back(bare: Flask, milli: int) -> None:
    assert value_of(bare, "amount", decimal(milli)) == milli


def test_a_phone_comes_out_in_one_form(bare: Flask) -> None:
    assert value_of(bare, "phone", "0812-3456 7890") == "+6281234567890"
    assert filled(bare, phone="12").errors["phone"] == [UnreadablePhone.message]


def test_spaces_alone_do_not_fill_a_field(bare: Flask) -> None:
    assert filled(bare, name="  \t ").errors["name"] == ["Bagian ini harus diisi."]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "Bagian ini harus diisi."), ("besok", "Tanggal ini tidak benar.")],
)
def test_no_day_is_not_a_wrong_day(bare: Flask, text: str, sentence: str) -> None:
    class OneDay(PolForm):
        day = DateField("Hari", [Needed()])

    with bare.test_request_context("/", method="POST", data={"day": text}):
        form = OneDay()
        assert not form.validate()
        assert list(form.day.errors) == [sentence]


def test_text_is_cleaned_but_a_password_is_not(bare: Flask) -> None:
    form = filled(bare, name=" Bu\0 Sri ", secret=" a b ")
    assert (form.name.data, form.secret.data) == ("Bu Sri", " a b ")


def test_the_library_speaks_indonesian(bare: Flask) -> None:
    assert filled(bare, name="x" * 11).errors["name"] == ["Paling banyak 10 huruf."]


@given(st.text())
def test_no_text_breaks_a_field(bare: Flask, text: str) -> None:
    form = filled(bare, name=text, price=text, amount=text, phone=text)
    assert form["phone"].data is None or form["phone"].data.startswith("+")


@pytest.mark.usefixtures("session")
class TestVillages:
    def test_a_name_that_is_alone_is_enough(self, app: Flask, session: Session) -> None:
        assert value_of(app, "village", "parengan ") == "35.24.10.2009"

    def test_a_code_or_a_label_is_exact(self, app: Flask) -> None:
        assert value_of(app, "village", "35.24.10.2009") == "35.24.10.2009"
        assert value_of(app, "village", "Desa Parengan, Kec. Maduran") == "35.24.10.2009"

    def test_a_shared_name_is_asked_again_with_a_list(self, app: Flask) -> None:
        form = filled(app, village="Sumberagung")
        (sentence,) = form.errors["village"]
        assert "Ada 4 desa bernama Sumberagung" in sentence
        with app.test_request_context():
            box = form.village()
        assert box.count("<option") == 6  # which one?, the four, and none
        assert "Sumberagung (Brondong)" in box

    def test_a_wrong_name_is_answered_with_near_ones(self, app: Flask) -> None:
        assert "Parengan (Maduran)" in filled(app, village="pareng").errors["village"][0]
        assert "tidak ada di Kabupaten" in filled(app, village="Zurich").errors["village"][0]

    def test_a_stored_code_is_shown_by_name(self, app: Flask) -> None:
        with app.test_request_context():
            assert 'value="Parengan (Maduran)"' in Everything(village="35.24.10.2009").village()
