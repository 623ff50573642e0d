"""What the trading-term checker finds, rule by rule, and when it holds its tongue."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pol.kernel.money import Rupiah
from pol.partnership.slots.rules import (
    ChargeBasis,
    ChargeKind,
    CoopForm,
    RuleWeight,
    TermPlace,
    TermRuleKind,
)
from pol.partnership.slots.rules import TermRuleKind as Kind
from pol.partnership.slots.rules import term_checks as said
from pol.partnership.slots.rules.term_checks import CHECKS, blocks, check
from pol.partnership.slots.rules.terms import Charge, Rule, Terms, Wrong, charges_share_bp
from tests.partnership.calls.sample import DAY, charge, rule, terms

FEE = charge(50_000, kind=ChargeKind.LISTING_FEE, basis=ChargeBasis.ONCE, name="Pendaftaran")
ALL = [
    rule(Kind.CHARGES_MOST_BP, 1_500),
    rule(Kind.PAYMENT_DAYS_MOST, 15, threshold=Rupiah(10_000_000)),
    rule(Kind.LISTING_FEE_NEW_GOODS_ONLY),
    rule(Kind.LISTING_FEE_FREE_FOR_SMALL, weight=RuleWeight.ADVICE),
    rule(Kind.AREA_SHARE_LEAST_BP, 3_000, weight=RuleWeight.ADVICE),
    rule(Kind.WRITTEN_IN_INDONESIAN, 1),
    rule(Kind.CLOSED_LIST_OF_CHARGES),
    rule(Kind.FINES_BOTH_WAYS),
]


def found(offered: Terms, *rules: Rule, day: date = DAY) -> list[Wrong]:
    return [finding.wrong for finding in check(offered, rules or ALL, day=day)]


def test_every_kind_of_rule_has_a_check_and_good_terms_pass_all() -> None:
    assert set(CHECKS) == set(TermRuleKind)
    assert found(terms()) == []


@pytest.mark.parametrize(
    ("offered", "kind", "wrong", "says"),
    [
        (terms(charge(150_001)), Kind.CHARGES_MOST_BP, said.ChargesTooHigh, "15,01 %"),
        (terms(charge(share_bp=1_501)), Kind.CHARGES_MOST_BP, said.ChargesTooHigh, "Rp100 "),
        (
            terms(charge(share_bp=1_600), expected_sales=None),
            Kind.CHARGES_MOST_BP,
            said.SharesTooHigh,
            "16 % dari penjualan, batasnya 15 %. Kurangi paling sedikit 1 %",
        ),
        (
            terms(charge(1), expected_sales=None),
            Kind.CHARGES_MOST_BP,
            said.SalesUnknown,
            "batas 15 % tidak bisa dihitung",
        ),
        (terms(payment_days=16), Kind.PAYMENT_DAYS_MOST, said.PaidTooLate, "Kurangi 1 hari"),
        (
            terms(payment_days=30, expected_sales=None),
            Kind.PAYMENT_DAYS_MOST,
            said.PaidTooLate,
            "30 hari, batasnya 15 hari",
        ),
        (terms(FEE), Kind.LISTING_FEE_NEW_GOODS_ONLY, said.ListingFeeOnOldGoods, "Pendaftaran"),
        (
            terms(FEE, new_goods_only=True),
            Kind.LISTING_FEE_FREE_FOR_SMALL,
            said.ListingFee,
            "Hapus biaya itu",
        ),
        (
            terms(area_share_bp=2_999),
            Kind.AREA_SHARE_LEAST_BP,
            said.TooLittleSpace,
            "29,99 % dari panjang raknya",
        ),
        (terms(best_level_bp=9_999), Kind.AREA_SHARE_LEAST_BP, said.PoorPlaces, "99,99 %"),
        (terms(about=" "), Kind.WRITTEN_IN_INDONESIAN, said.NotWritten, "Tulis keduanya"),
        (
            terms(title="Lamongan", about="A shelf for the products of your region"),
            Kind.WRITTEN_IN_INDONESIAN,
            said.NotIndonesian,
            "Tulis ulang",
        ),
        (
            terms(charge(1, name="Biaya lain-lain")),
            Kind.CLOSED_LIST_OF_CHARGES,
            said.ChargeWithoutName,
            "“Biaya lain-lain”",
        ),
        (
            terms(charge(1, name=" ")),
            Kind.CLOSED_LIST_OF_CHARGES,
            said.ChargeWithoutName,
            "“–”",
        ),
        (
            terms(short_fine_bp=200, late_fine_bp=100),
            Kind.FINES_BOTH_WAYS,
            said.FineOneWay,
            "Naikkan denda telat bayar menjadi 2 %",
        ),
        (
            terms(charge(1, kind=ChargeKind.SHORTAGE, name="")),
            Kind.FINES_BOTH_WAYS,
            said.ShortageOneWay,
            "tidak didenda",
        ),
    ],
)
def test_each_rule_is_seen_failing(
    offered: Terms, kind: Kind, wrong: type[Wrong], says: str
) -> None:
    (finding,) = check(offered, [each for each in ALL if each.kind is kind], day=DAY)
    assert type(finding.wrong) is wrong
    assert says in finding.wrong.message % finding.wrong.values


@pytest.mark.parametrize(
    "offered",
    [
        terms(charge(150_000)),
        terms(charge(share_bp=1_500), expected_sales=None),
        terms(charge(1_500_000, basis=ChargeBasis.ONCE)),
        terms(payment_days=15),
        terms(payment_days=90, expected_sales=Rupiah(10_000_001)),
        terms(replace(FEE, amount=Rupiah(0))),
        terms(area_share_bp=3_000, best_level_bp=10_000),
        terms(short_fine_bp=100, late_fine_bp=100),
        terms(late_fine_bp=100),
        terms(charge(0, name="lain-lain")),
        terms(margin_bp=9_000),
    ],
)
def test_what_just_keeps_a_rule_is_not_found(offered: Terms) -> None:
    assert found(offered) == []


@pytest.mark.parametrize(
    "name", ["lain-lain", "Lainnya", "Biaya lain", "dll.", "Others", "biaya", "Biaya dan lain-lain"]
)
def test_a_vague_name_is_no_name(name: str) -> None:
    assert found(terms(charge(1, name=name)), rule(Kind.CLOSED_LIST_OF_CHARGES))


@pytest.mark.parametrize("name", ["Brosur mingguan", "Biaya kirim lintas toko", "Lampu rak"])
def test_a_real_name_is_one(name: str) -> None:
    assert not found(terms(charge(1, name=name)), rule(Kind.CLOSED_LIST_OF_CHARGES))


def test_space_without_a_number_only_asks_for_a_good_place() -> None:
    strategic = rule(Kind.AREA_SHARE_LEAST_BP, 0)
    assert not found(terms(area_share_bp=0, best_level_bp=10_000), strategic)
    assert found(terms(area_share_bp=9_000, best_level_bp=8_000), strategic)


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (DAY - timedelta(days=1), False),
        (DAY, True),
        (DAY + timedelta(days=9), True),
        (DAY + timedelta(days=10), False),
    ],
)
def test_a_rule_holds_from_its_first_day_until_before_its_end(day: date, holds: bool) -> None:  # noqa: FBT001
    dated = rule(Kind.PAYMENT_DAYS_MOST, 1, valid_until=DAY + timedelta(days=10))
    assert bool(found(terms(), dated, day=day)) is holds


@pytest.mark.parametrize(
    ("other", "speaks"),
    [
        ({"place": TermPlace.CENTRE}, False),
        ({"form": CoopForm.RENT}, False),
        ({"form": CoopForm.CONSIGNMENT}, True),
    ],
)
def test_a_rule_keeps_to_its_scope(other: dict[str, Any], speaks: bool) -> None:  # noqa: FBT001
    assert bool(found(terms(), rule(Kind.PAYMENT_DAYS_MOST, 1, **other))) is speaks


def test_only_rules_that_bind_stop_a_call_and_they_come_first() -> None:
    advice = rule(Kind.PAYMENT_DAYS_MOST, 1, weight=RuleWeight.ADVICE, code="A")
    binding = rule(Kind.PAYMENT_DAYS_MOST, 2, code="B")
    findings = check(terms(), [advice, binding], day=DAY)
    assert [finding.rule.code for finding in findings] == ["B", "A"]
    assert blocks(findings)
    assert not blocks(check(terms(), [advice], day=DAY))


def test_a_finding_keeps_the_rule_as_it_read_that_day() -> None:
    doubted = rule(Kind.PAYMENT_DAYS_MOST, 1, doubt="Perlu dikonfirmasi", threshold=Rupiah(10**9))
    (finding,) = check(terms(), [doubted], day=DAY)
    row = finding.as_row()
    assert (row["number"], row["threshold"], row["doubt"]) == (1, 10**9, "Perlu dikonfirmasi")
    assert (row["source"], row["article"], row["valid_from"]) == (
        "Aturan contoh", "Pasal 1", "2026-03-02",
    )  # fmt: skip
    assert (
        row["wrong"] % row["values"] == "Masa bayar Anda 7 hari, batasnya 1 hari. Kurangi 6 hari."
    )


def test_what_is_paid_once_is_set_against_the_whole_placement() -> None:
    once = charge(100_000, basis=ChargeBasis.ONCE)
    assert charges_share_bp(terms(once)) == 100
    assert charges_share_bp(terms(replace(once, basis=ChargeBasis.PER_PERIOD))) == 1_000
    assert charges_share_bp(terms(charge(1), once, charge(share_bp=50))) == 151  # rounded up
    assert charges_share_bp(terms(once, expected_sales=Rupiah(0))) is None


charges = st.builds(
    Charge,
    kind=st.sampled_from(ChargeKind),
    basis=st.sampled_from(ChargeBasis),
    name=st.sampled_from(["Brosur", "lain-lain", "", "Pendaftaran"]),
    amount=st.integers(0, 10**7).map(Rupiah),
    share_bp=st.integers(0, 10_000),
)
offers = st.builds(
    lambda own, **other: terms(*own, **other),
    st.lists(charges, min_size=1, max_size=4),
    periods=st.integers(1, 60),
    expected_sales=st.none() | st.integers(0, 10**8).map(Rupiah),
    new_goods_only=st.booleans(),
    late_fine_bp=st.integers(0, 300),
    short_fine_bp=st.integers(0, 300),
    payment_days=st.integers(0, 60),
)


def _codes(offered: Terms) -> set[str]:
    return {finding.rule.code for finding in check(offered, ALL, day=DAY)}


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(offers, st.data())
def test_asking_for_less_never_adds_a_finding(offered: Terms, data: st.DataObject) -> None:
    which = data.draw(st.integers(0, len(offered.charges) - 1))
    own = list(offered.charges)
    lower: dict[str, Any] = {
        "amount": Rupiah(data.draw(st.integers(0, own[which].amount.amount))),
        "share_bp": data.draw(st.integers(0, own[which].share_bp)),
    }
    own[which] = replace(own[which], **lower)
    milder = replace(
        offered,
        charges=tuple(own),
        payment_days=data.draw(st.integers(0, offered.payment_days)),
        short_fine_bp=data.draw(st.integers(0, offered.short_fine_bp)),
    )
    assert _codes(milder) <= _codes(offered)
    without = replace(milder, charges=tuple(own[:which] + own[which + 1 :]))
    assert _codes(without) <= _codes(milder)
