"""The key of an order that was placed without an account."""

from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from pol.web.guest import guest_key, is_guest_key

app = Flask(__name__)
app.secret_key = "one secret"


@given(st.text(min_size=1), st.text(min_size=1))
def test_a_key_opens_its_own_order_only(number: str, other: str) -> None:
    with app.app_context():
        key = guest_key(number)
        assert is_guest_key(number, key)
        assert is_guest_key(other, key) == (other == number)


@given(st.text())
def test_a_guess_opens_nothing(key: str) -> None:
    with app.app_context():
        assert not is_guest_key("B-7K2M", key)


def test_another_secret_makes_other_keys() -> None:
    stranger = Flask("stranger")
    stranger.secret_key = "another secret"
    with stranger.app_context():
        key = guest_key("B-7K2M")
    with app.app_context():
        assert not is_guest_key("B-7K2M", key)
