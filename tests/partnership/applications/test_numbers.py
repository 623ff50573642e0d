"""Numbers of goods and permits: what is read, what is refused, what is made."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pol.kernel.errors import Refused
from pol.partnership.applications.rules import SheetPermitKind as Kind
from pol.partnership.applications.rules import gtin, permits
from pol.partnership.applications.rules.gtin import GtinLength, GtinNotYours, GtinWrongDigit
from pol.partnership.applications.rules.permits import (
    BpomUnreadable,
    HalalUnreadable,
    NibUnreadable,
    Paper,
    PermitLapsed,
    PirtUnreadable,
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("4006381333931", "4006381333931"),
        ("8 992761 002022", "8992761002022"),
        ("96385074", "96385074"),
        ("614141000036", "614141000036"),
        ("10614141000415", "10614141000415"),
    ],
)
def test_a_gtin_is_read_as_people_write_it(typed: str, read: str) -> None:
    assert gtin.read_gtin(typed) == read


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("4006381333932", GtinWrongDigit),
        ("400638133393", GtinWrongDigit),
        ("40063813339", GtinLength),
        ("", GtinLength),
        ("40063813339X1", GtinLength),
        ("٤٠٠٦٣٨١٣٣٣٩٣١", GtinLength),
        ("2000000000015", GtinNotYours),
    ],
)
def test_what_is_no_gtin_is_refused(typed: str, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        gtin.read_gtin(typed)


def test_a_wrong_last_digit_names_the_right_one() -> None:
    with pytest.raises(GtinWrongDigit, match="mestinya 1"):
        gtin.read_gtin("4006381333932")


@given(st.integers(1, gtin.MOST_OWN - 1))
def test_own_numbers_are_sound_ean13_with_prefix_2(item: int) -> None:
    code = gtin.own_number(item)
    assert (len(code), code[0]) == (13, "2")
    assert gtin.check_digit(code[:-1]) == int(code[-1])
    with pytest.raises(GtinNotYours):
        gtin.read_gtin(code)


@given(st.integers(0, 10**12 - 1), st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(body: int, place: int, by: int) -> None:
    digits = f"{body:012}"
    code = digits + str(gtin.check_digit(digits))
    wrong = code[:place] + str((int(code[place]) + by) % 10) + code[place + 1 :]
    with pytest.raises(Refused):
        gtin.read_gtin(wrong)


@pytest.mark.parametrize("item", [0, gtin.MOST_OWN])
def test_own_numbers_have_eleven_digits_to_spend(item: int) -> None:
    with pytest.raises(ValueError, match="eleven digits"):
        gtin.own_number(item)


@pytest.mark.parametrize(
    ("kind", "typed", "read"),
    [
        (Kind.NIB, "9120 0012 34567", "9120001234567"),
        (Kind.P_IRT, "2063524010123-30", "206352401012330"),
        (Kind.P_IRT, "20635240101230030", "20635240101230030"),
        (Kind.HALAL, "ID35110000123450521", "ID35110000123450521"),
        (Kind.HALAL, "15110001200101", "15110001200101"),
        (Kind.BPOM, "md 2652.1300.1234", "MD265213001234"),
    ],
)
def test_a_permit_number_is_read_as_it_is_printed(kind: Kind, typed: str, read: str) -> None:
    assert permits.read_number(kind, typed) == read


@pytest.mark.parametrize(
    ("kind", "typed", "refusal"),
    [
        (Kind.NIB, "912000123456", NibUnreadable),
        (Kind.P_IRT, "2063524010123", PirtUnreadable),
        (Kind.P_IRT, "2063524010123-300", PirtUnreadable),
        (Kind.HALAL, "ID351100001234505", HalalUnreadable),
        (Kind.BPOM, "265213001234", BpomUnreadable),
    ],
)
def test_another_shape_is_refused(kind: Kind, typed: str, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        permits.read_number(kind, typed)


def test_a_permit_counts_on_its_last_day_and_not_after() -> None:
    permits.check_not_lapsed(date(2026, 3, 2), date(2026, 3, 2))
    with pytest.raises(PermitLapsed):
        permits.check_not_lapsed(date(2026, 3, 1), date(2026, 3, 2))


def test_the_paper_that_lasts_longest_counts_and_bpom_serves_as_p_irt() -> None:
    short, long = Paper(Kind.P_IRT, date(2026, 5, 1)), Paper(Kind.BPOM, None)
    assert permits.longest_lasting(Kind.P_IRT, [short, long]) == long
    assert permits.longest_lasting(Kind.BPOM, [short]) is None
    assert permits.longest_lasting(Kind.HALAL, []) is None
