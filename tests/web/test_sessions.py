"""Cookies that our seal signs are those that itsdangerous signs."""

from typing import Any

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import BadSignature
from markupsafe import Markup

from pol.web.sessions import SHORT_BYTES, Seal, Sessions

app = Flask(__name__)
app.secret_key = "one secret"
ours = Sessions(app).get_signing_serializer(app)
flasks = SecureCookieSessionInterface().get_signing_serializer(app)
contents = st.dictionaries(st.text(max_size=9), st.text(max_size=SHORT_BYTES) | st.integers())


@given(contents)
def test_what_we_sign_can_be_read_by_flask_and_the_other_way(held: dict[str, Any]) -> None:
    assert flasks is not None
    assert flasks.loads(ours.dumps(held)) == held
    assert ours.loads(flasks.dumps(held)) == held


def test_what_is_long_is_packed_and_markup_stays_markup() -> None:
    held = {"_flashes": [("good", Markup("<b>Sudah</b> ") * 500)]}
    sealed = ours.dumps(held)
    assert len(sealed) < SHORT_BYTES
    assert isinstance(ours.loads(sealed)["_flashes"][0][1], Markup)


def test_another_letter_secret_or_salt_is_refused() -> None:
    sealed = str(ours.dumps({"cart": "a"}))
    for wrong in (sealed[:-2] + "xy", "x" + sealed):
        with pytest.raises(BadSignature):
            ours.loads(wrong)
    for stranger in (Seal("another secret", salt=ours.salt), Seal("one secret", salt="other")):
        with pytest.raises(BadSignature):
            stranger.loads(sealed)


def test_a_former_secret_still_opens_what_it_signed() -> None:
    renewed = Flask("renewed")
    renewed.secret_key = "new secret"
    renewed.config["SECRET_KEY_FALLBACKS"] = ["one secret"]
    seal = Sessions(renewed).get_signing_serializer(renewed)
    assert seal.loads(ours.dumps({"cart": "a"})) == {"cart": "a"}
    with pytest.raises(BadSignature):
        ours.loads(seal.dumps({"cart": "a"}))
