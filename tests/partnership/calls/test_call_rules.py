"""The life of a call, its dates, its spans: every move that is forbidden, every day too early."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pol.kernel.money import Rupiah
from pol.partnership.slots.rules import (
    Bearer,
    CallStatus,
    ChargeBasis,
    ChargeKind,
    CoopForm,
    forms,
    spans,
)
from pol.partnership.slots.rules import call as rules
from pol.partnership.slots.rules.call import MOVES, Criterion, Hand
from pol.partnership.slots.rules.spans import LEAST_MM, Span, Taken
from pol.partnership.slots.rules.terms import Charge

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
FROM, UNTIL = date(2026, 4, 1), date(2026, 10, 1)
CLOSES = datetime(2026, 3, 20, 10, tzinfo=UTC)
EVERY = list(product(CallStatus, CallStatus, Hand))
ALLOWED = {(old, new, by) for (old, new), hands in MOVES.items() for by in hands}


@pytest.mark.parametrize(
    ("old", "new", "by"), [move for move in EVERY if move not in ALLOWED], ids=str
)
def test_a_move_that_is_not_in_the_table_is_forbidden(
    old: CallStatus, new: CallStatus, by: Hand
) -> None:
    with pytest.raises(rules.CallMoveForbidden):
        rules.check_move(old, new, by)


def test_the_table_leads_from_draft_to_done_and_never_back_from_an_end() -> None:
    path = ("draft", "checked", "open", "closed", "allocated", "done")
    for old, new in pairwise(path):
        assert (CallStatus(old), CallStatus(new)) in MOVES
    assert not [old for old, _ in MOVES if old in {CallStatus.DONE, CallStatus.CANCELLED}]
    assert (CallStatus.ALLOCATED, CallStatus.CANCELLED) not in MOVES
    assert MOVES[CallStatus.OPEN, CallStatus.CLOSED] == {Hand.RETAILER, Hand.CLOCK}


@pytest.mark.parametrize("status", [each for each in CallStatus if each not in rules.EDITABLE])
def test_what_others_have_read_is_not_edited(status: CallStatus) -> None:
    with pytest.raises(rules.CallFrozen):
        rules.check_editable(status)


@pytest.mark.parametrize(
    ("from_on", "until_on", "closes_at", "refusal"),
    [
        (FROM, FROM, CLOSES, rules.CallDatesReversed),
        (UNTIL, FROM, CLOSES, rules.CallDatesReversed),
        (FROM, FROM + timedelta(days=3 * 366 + 1), CLOSES, rules.CallTooLong),
        (FROM, UNTIL, NOON, rules.CallDeadlinePast),
        (FROM, UNTIL, datetime(2026, 4, 1, 1, tzinfo=UTC), rules.CallDeadlineTooLate),
        # 31 March in Greenwich is already the first of April in Lamongan
        (FROM, UNTIL, datetime(2026, 3, 31, 17, tzinfo=UTC), rules.CallDeadlineTooLate),
    ],
)
def test_days_that_make_no_sense_are_refused(
    from_on: date, until_on: date, closes_at: datetime, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        rules.check_dates(from_on=from_on, until_on=until_on, closes_at=closes_at, now=NOON)


def test_a_call_may_close_the_evening_before() -> None:
    evening = datetime(2026, 3, 31, 16, 59, tzinfo=UTC)
    rules.check_dates(from_on=FROM, until_on=UNTIL, closes_at=evening, now=NOON)
    assert evening < datetime(2026, 4, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "new", "now", "refusal"),
    [
        (CallStatus.CLOSED, CLOSES + timedelta(days=1), NOON, rules.CallAlreadyClosed),
        (CallStatus.OPEN, CLOSES + timedelta(days=1), CLOSES, rules.CallAlreadyClosed),
        (CallStatus.OPEN, CLOSES, NOON, rules.DeadlineNotLater),
        (CallStatus.OPEN, CLOSES + timedelta(days=12), NOON, rules.CallDeadlineTooLate),
    ],
)
def test_a_deadline_moves_later_only_and_before_it_has_come(
    status: CallStatus, new: datetime, now: datetime, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        rules.check_extension(status=status, old=CLOSES, new=new, from_on=FROM, now=now)


def test_criteria_weigh_a_hundred_and_are_named_once() -> None:
    with pytest.raises(rules.CallWithoutGoods):
        rules.check_goods([], [Criterion("Mutu", 100)])
    with pytest.raises(rules.WeightsNotHundred, match="99"):
        rules.check_goods(["kopi_jahe"], [Criterion("Mutu", 60), Criterion("Harga", 39)])
    with pytest.raises(rules.CriterionTwice, match="mutu"):
        rules.check_goods(["kopi_jahe"], [Criterion("Mutu", 50), Criterion("mutu", 50)])


def test_a_reason_is_a_sentence() -> None:
    assert rules.check_reason("apa saja", is_needed=False) is None
    assert rules.check_reason("  sudah disepakati bersama  ", is_needed=True) == (
        "sudah disepakati bersama"
    )
    with pytest.raises(rules.CallReasonNeeded):
        rules.check_reason("karena", is_needed=True)
    with pytest.raises(rules.CancelReasonNeeded):
        rules.check_cancel_reason(" " * 30)


@pytest.mark.parametrize(("days", "every", "periods"), [(14, 14, 1), (15, 14, 2), (1, 30, 1)])
def test_a_part_of_a_period_counts_whole(days: int, every: int, periods: int) -> None:
    until = FROM + timedelta(days=days)
    found = rules.periods_of(from_on=FROM, until_on=until, settle_every_days=every)
    assert found == periods


def test_the_same_terms_have_the_same_fingerprint() -> None:
    one, other = {"b": 1, "a": "titip jual é"}, {"a": "titip jual é", "b": 1}
    assert rules.canonical_text(one) == '{"a":"titip jual é","b":1}'
    assert rules.sha256_of(rules.canonical_text(one)) == rules.sha256_of(
        rules.canonical_text(other)
    )


@pytest.mark.parametrize("form", CoopForm)
def test_each_form_says_when_money_is_due_and_keeps_to_its_own_risk(form: CoopForm) -> None:
    row = forms.FORMS[form]
    assert "7 hari" in row.says % {"days": 7}
    usual = row.defaults
    forms.check_bearers(
        form, unsold=usual.unsold_bearer, damage=usual.damage_bearer, loss=usual.loss_bearer
    )


def test_a_form_with_its_own_risk_refuses_the_other() -> None:
    producer, retailer = Bearer.PRODUCER, Bearer.RETAILER
    for form, bearers, refusal in (
        (CoopForm.OUTRIGHT, (producer, retailer, retailer), forms.UnsoldRiskOfForm),
        (CoopForm.OUTRIGHT, (retailer, producer, retailer), forms.BoughtGoodsRisk),
        (CoopForm.OUTRIGHT, (retailer, retailer, producer), forms.BoughtGoodsRisk),
        (CoopForm.RENT, (retailer, retailer, retailer), forms.RentUnsoldRisk),
    ):
        unsold, damage, loss = bearers
        with pytest.raises(refusal):
            forms.check_bearers(form, unsold=unsold, damage=damage, loss=loss)
    said = {row.says for row in forms.FORMS.values()}
    assert len(said) == len(CoopForm)


RENT = Charge(ChargeKind.RENT, ChargeBasis.PER_PERIOD, "Sewa rak", Rupiah(25_000), 0)


def test_a_rented_place_has_a_rent_and_a_free_one_has_none() -> None:
    forms.check_rent(CoopForm.RENT, [RENT])
    forms.check_rent(CoopForm.CONSIGNMENT, [RENT])
    free = Charge(ChargeKind.RENT, ChargeBasis.PER_PERIOD, "Sewa rak", Rupiah(0), 0)
    for charges in ([], [free]):
        with pytest.raises(forms.RentWithoutRent):
            forms.check_rent(CoopForm.RENT, charges)
    for form in (CoopForm.OUTRIGHT, CoopForm.PROGRAMME):
        forms.check_rent(form, [free])
        with pytest.raises(forms.RentNotOfForm, match="Sewa rak"):
            forms.check_rent(form, [RENT])


TAKEN = (Taken(300, 200, "PN-1", is_call=False), Taken(600, 100, "PS-2", is_call=True))


@pytest.mark.parametrize(
    ("span", "refusal"),
    [
        (Span(0, LEAST_MM - 1), spans.SpanTooNarrow),
        (Span(-1, 100), spans.SpanOutside),
        (Span(800, 101), spans.SpanOutside),
        (Span(200, 101), spans.SpanTaken),
        (Span(350, 100), spans.SpanTaken),
        (Span(550, 51), spans.SpanOffered),
    ],
)
def test_only_free_parts_of_a_shelf_are_offered(span: Span, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        spans.check_span(span, width_mm=900, taken=TAKEN)


@pytest.mark.parametrize("span", [Span(200, 100), Span(500, 100), Span(700, 200), Span(0, 50)])
def test_a_span_may_touch_its_neighbours(span: Span) -> None:
    spans.check_span(span, width_mm=900, taken=TAKEN)
    assert not any(span.meets(other) for other in TAKEN)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.integers(1, 2_000),
    st.lists(st.builds(Span, st.integers(0, 1_900), st.integers(1, 600)), max_size=6),
)
def test_free_parts_are_free_apart_and_all_there_is(width: int, taken: list[Span]) -> None:
    free = spans.free_spans(width, taken)
    used = {mm for span in taken for mm in range(span.x_mm, min(span.end_mm, width))}
    offered = [mm for span in free for mm in range(span.x_mm, span.end_mm)]
    assert len(offered) == len(set(offered))
    assert not used & set(offered)
    assert all(0 <= mm < width for mm in offered)
    assert all(span.width_mm >= LEAST_MM for span in free)
    left = sorted(set(range(width)) - used - set(offered))
    runs = [mm for at, mm in enumerate(left) if at == 0 or left[at - 1] != mm - 1]
    assert len(left) <= len(runs) * (LEAST_MM - 1)
