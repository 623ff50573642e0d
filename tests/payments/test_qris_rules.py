"""The rules of QRIS codes: what is read, what is refused, what becomes of an amount."""

import pytest
from flask import Flask
from hypothesis import assume, given
from hypothesis import strategies as st

from pol.kernel.errors import Refused
from pol.kernel.money import Rupiah
from pol.payments.rules import qris
from pol.payments.rules.qris import Limits, make_dynamic, read_static
from tests.factories.qris import BAKUL, make_static

EMVCO = (
    "00020101021229300012D156000000000510A93FO3230Q31280012D15600000001030812345678520441115802CN"
    "5914BEST TRANSPORT6007BEIJING64200002ZH0104最佳运输0202北京540523.725303156550201"
    "6233030412340603***0708A60086670902ME91320016A0112233449988770708123456786304A13A"
)
"""The example of EMVCo's specification, with Chinese characters and a check of A13A."""

AMOUNTS = st.integers(1, 10_000_000).map(Rupiah)
NAMES = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=25).filter(
    str.strip
)


def test_the_check_is_the_published_one() -> None:
    assert qris.checksum("123456789") == "29B1"
    assert qris.write(qris.parse(EMVCO)) == EMVCO
    assert dict(qris.parse(EMVCO))["64"] == "0002ZH0104最佳运输0202北京"


def test_a_static_code_tells_its_merchant() -> None:
    code = read_static(f"  {BAKUL}\n")
    assert (code.merchant, code.city, code.code) == ("Warung Contoh", "LAMONGAN", BAKUL)


def test_a_dynamic_code_differs_in_method_amount_and_check_only() -> None:
    made = make_dynamic(read_static(BAKUL), Rupiah(12_500), Limits())
    before, after = qris.parse(BAKUL), qris.parse(made)
    assert after == tuple(
        pair
        for tag, value in before
        for pair in (
            [("01", "12")] if tag == "01" else [(tag, value)] + [("54", "12500")] * (tag == "53")
        )
    )
    assert "5303360540512500" in made


@given(name=NAMES, city=NAMES, amount=AMOUNTS)
def test_whatever_is_made_can_be_read_again(name: str, city: str, amount: Rupiah) -> None:
    static = read_static(make_static(name=name, city=city))
    assert (static.merchant, static.city) == (name, city)
    held = dict(qris.parse(make_dynamic(static, amount, Limits())))
    assert (held["01"], held["54"], held["59"]) == ("12", str(amount.amount), name)


@given(position=st.integers(0, len(BAKUL) - 1), character=st.characters(exclude_categories=["Cs"]))
def test_any_changed_character_is_refused(position: int, character: str) -> None:
    changed = BAKUL[:position] + character + BAKUL[position + 1 :]
    assume(changed.strip() != BAKUL)
    with pytest.raises(Refused):
        read_static(changed)


@given(cut=st.integers(0, len(BAKUL) - 1))
def test_a_part_of_a_code_is_refused(cut: int) -> None:
    with pytest.raises((qris.QrisMalformed, qris.QrisCheckWrong)):
        read_static(BAKUL[:cut])


@given(text=st.text(max_size=600))
def test_any_text_is_read_or_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_static(text)


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        ("", qris.QrisMalformed),
        ("https://contoh.example", qris.QrisMalformed),
        (BAKUL[6:], qris.QrisMalformed),
        (BAKUL + BAKUL, qris.QrisMalformed),
        ("0" * 513, qris.QrisMalformed),
        (make_static(extra=[("59", "Dua nama")]), qris.QrisMalformed),
        (make_static(change={"62": ""}), qris.QrisMalformed),
        (BAKUL[:-4] + "0000", qris.QrisCheckWrong),
        (BAKUL.replace("Warung", "Warong"), qris.QrisCheckWrong),
        (EMVCO, qris.QrisForeign),
        (make_static(change={"53": "840"}), qris.QrisForeign),
        (make_static(change={"58": "MY"}), qris.QrisForeign),
        (make_static(change={"01": "12"}), qris.QrisNotStatic),
        (make_static(drop={"26", "51"}), qris.QrisIncomplete),
        *((make_static(drop={tag}), qris.QrisIncomplete) for tag in ("52", "53", "58", "59", "60")),
        (make_static(name="   "), qris.QrisIncomplete),
    ],
)
def test_what_is_no_sound_static_qris_is_refused_with_its_reason(
    code: str, refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        read_static(code)


def test_tips_fees_and_an_old_amount_do_not_reach_the_payer() -> None:
    printed = make_static(extra=[("54", "99000"), ("55", "03"), ("57", "2.5")])
    made = qris.parse(make_dynamic(read_static(printed), Rupiah(7), Limits()))
    assert [value for tag, value in made if tag in {"54", "55", "57"}] == ["7"]


def test_a_code_that_does_not_say_how_often_it_may_be_paid_becomes_a_dynamic_one() -> None:
    made = make_dynamic(read_static(make_static(drop={"01"})), Rupiah(1), Limits())
    assert made.startswith("000201010212")


@pytest.mark.parametrize("amount", [-1, 0, 999, 50_001, 10**13])
def test_amounts_outside_the_limits_are_refused(amount: int) -> None:
    limits = Limits(Rupiah(1_000), Rupiah(50_000))
    with pytest.raises(qris.QrisAmountOutside, match=r"antara Rp1\.000 dan Rp50\.000"):
        make_dynamic(read_static(BAKUL), Rupiah(amount), limits)


def test_the_command_prints_the_code_alone(app: Flask) -> None:
    answer = app.test_cli_runner().invoke(args=["qris", "make", BAKUL, "--amount", "12500"])
    made = make_dynamic(read_static(BAKUL), Rupiah(12_500), Limits())
    assert (answer.exit_code, answer.stdout, answer.stderr) == (0, f"{made}\n", "")


@pytest.mark.parametrize(
    ("code", "amount", "words"),
    [
        (BAKUL[:-1], "1", "bukan kode QRIS yang utuh"),
        (BAKUL, "0", "antara Rp1 dan Rp10.000.000"),
        (BAKUL, "10000001", "antara Rp1 dan Rp10.000.000"),
        (BAKUL, "seribu", "not a valid integer"),
    ],
)
def test_the_command_says_why_not(app: Flask, code: str, amount: str, words: str) -> None:
    answer = app.test_cli_runner().invoke(args=["qris", "make", code, f"--amount={amount}"])
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert words in answer.stderr
