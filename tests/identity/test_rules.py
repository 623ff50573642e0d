"""Phones, passwords, waits, devices."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pol.identity.rules.devices import device_name
from pol.identity.rules.limits import ACCOUNT, LONGEST_WAIT, TooManyTries, check_wait, wait_after
from pol.identity.rules.phones import UnreadablePhone, phone_number
from pol.identity.rules.secrets import (
    SecretTooEasy,
    SecretTooLong,
    SecretTooShort,
    check_secret,
    plain_code,
)

PHONE = "+6281234567890"
MOBILES = st.from_regex(r"8[1-35-9]\d{8}", fullmatch=True).filter(str.isascii)
PREFIXES = st.sampled_from(["0", "62", "+62", "+62 ", "62-"])
GAPS = st.lists(st.sampled_from(["", "", " ", "-", "."]), min_size=9, max_size=9)


@given(MOBILES, PREFIXES, GAPS)
def test_one_number_has_one_form_however_it_is_written(
    digits: str, prefix: str, gaps: list[str]
) -> None:
    written = prefix + digits[0] + "".join(gap + d for gap, d in zip(gaps, digits[1:], strict=True))
    assert phone_number(written) == f"+62{digits}"


@given(MOBILES)
def test_a_number_in_its_one_form_stays_as_it_is(digits: str) -> None:
    number = phone_number(f"0{digits}")
    assert phone_number(number) == number


@given(st.text())
def test_other_text_is_refused_or_a_number(text: str) -> None:
    try:
        number = phone_number(text)
    except UnreadablePhone:
        return
    assert number.startswith("+")
    assert number[1:].isdecimal()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "112",
        "0812",
        "08123456789012345",
        "0812 ABCD EFGH",
        "٠٨١٢٣٤٥٦٧٨٩",
        "+0812345678",
        "++62812345678",
    ],
)
def test_what_is_no_phone_is_refused(text: str) -> None:
    with pytest.raises(UnreadablePhone):
        phone_number(text)


@pytest.mark.parametrize("secret", ["482913", "kopi tubruk", "xyz" * 42])
def test_a_pin_or_a_longer_password_will_do(secret: str) -> None:
    check_secret(secret, phone=PHONE)
    assert len(secret) >= 6


@pytest.mark.parametrize("secret", ["", "4829", "48291x", "1234567", "rahasia"])
def test_too_short_is_refused(secret: str) -> None:
    with pytest.raises(SecretTooShort):
        check_secret(secret, phone=PHONE)


@pytest.mark.parametrize(
    "secret",
    ["111111", "123456", "654321", "890123", "112211", "123123", "567890", "81234567", "Password",
     "bismillah", "aaaaaaaa"],
)  # fmt: skip
def test_the_first_guesses_are_refused(secret: str) -> None:
    with pytest.raises(SecretTooEasy):
        check_secret(secret, phone=PHONE)


def test_too_long_is_refused() -> None:
    with pytest.raises(SecretTooLong):
        check_secret("a1" * 65, phone=PHONE)


@given(st.integers(0, 10_000))
def test_waits_grow_and_end_at_an_hour(tries: int) -> None:
    assert timedelta(0) <= wait_after(tries, ACCOUNT) <= wait_after(tries + 1, ACCOUNT)
    assert wait_after(tries, ACCOUNT) <= LONGEST_WAIT


def test_the_refusal_says_when_the_next_try_is_welcome() -> None:
    last = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
    with pytest.raises(TooManyTries, match=r"Coba lagi pukul 12\.05 WIB"):
        check_wait(tries=8, last_at=last, limit=ACCOUNT, now=last)
    check_wait(tries=8, last_at=last, limit=ACCOUNT, now=last + timedelta(minutes=4))


AGENTS = {
    "(Linux; Android 13; SM-A045F) Chrome/120.0 Mobile Safari/537.36": "Chrome di Android",
    "(iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1": "Safari di iPhone",
    "Mozilla/5.0 (Windows NT 10.0; rv:120.0) Gecko/20100101 Firefox/120.0": "Firefox di Windows",
    "curl/8": "Peramban",
}


@pytest.mark.parametrize(("agent", "name"), AGENTS.items())
def test_a_device_is_called_what_its_owner_calls_it(agent: str, name: str) -> None:
    assert device_name(agent) == name


def test_a_code_is_read_however_it_was_typed() -> None:
    assert plain_code(" 123-456 ") == "123456"
    assert plain_code("ab cd") == "ABCD"
