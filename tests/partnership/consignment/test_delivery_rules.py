"""What may be brought and taken in, without a database."""

from datetime import date, timedelta

import pytest

from pol.kernel.errors import Refused
from pol.partnership.applications.rules import SheetPermitKind as Kind
from pol.partnership.applications.rules.permits import Paper, last_days
from pol.partnership.consignment.rules import DeliveryStatus
from pol.partnership.consignment.rules.delivery import (
    AlreadyExpired,
    ExpiryNeeded,
    Goods,
    NotOnTheWay,
    PartsDoNotFit,
    PermitLapsed,
    ReasonNeeded,
    TooLittleLife,
    TooMuchLife,
    batch_code,
    check_parts,
    check_sound,
    check_step,
    least_expiry,
    outcome,
)
from pol.partnership.consignment.rules.permits import lapsed_permits

DAY = date(2026, 3, 2)
GOODS = Goods("Keripik", 120, 5_000, ((Kind.P_IRT, date(2026, 3, 2)),))


def test_half_of_the_life_must_be_left() -> None:
    assert least_expiry(GOODS, day=DAY) == DAY + timedelta(days=60)
    check_sound(GOODS, expires_on=DAY + timedelta(days=60), day=DAY)
    with pytest.raises(TooLittleLife, match="paling cepat 01-05-2026"):
        check_sound(GOODS, expires_on=DAY + timedelta(days=59), day=DAY)


@pytest.mark.parametrize(
    ("expires_on", "refusal"),
    [
        (None, ExpiryNeeded),
        (DAY, AlreadyExpired),
        (date(2025, 1, 1), AlreadyExpired),
        (DAY + timedelta(days=3_651), TooMuchLife),
    ],
)
def test_goods_with_a_life_need_a_sound_date(
    expires_on: date | None, refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        check_sound(GOODS, expires_on=expires_on, day=DAY)


def test_crafts_need_no_date() -> None:
    check_sound(Goods("Tas anyam", None, 5_000, ()), expires_on=None, day=DAY)
    assert least_expiry(Goods("Tas anyam", None, 5_000, ()), day=DAY) is None


def test_even_goods_for_one_day_last_until_tomorrow() -> None:
    fresh = Goods("Wingko", 1, 0, ())
    assert least_expiry(fresh, day=DAY) == DAY + timedelta(days=1)


def test_a_lapsed_permit_stops_new_goods_and_a_second_one_saves_them() -> None:
    with pytest.raises(PermitLapsed, match="P-IRT"):
        check_sound(GOODS, expires_on=date(2026, 12, 1), day=DAY + timedelta(days=1))
    two = Paper(Kind.P_IRT, date(2026, 1, 1)), Paper(Kind.BPOM, date(2027, 1, 1))
    needs = last_days([Kind.P_IRT, Kind.HALAL, Kind.NIB], [*two, Paper(Kind.NIB, None)])
    assert needs == {Kind.P_IRT: date(2027, 1, 1), Kind.HALAL: date.min, Kind.NIB: date.max}
    assert lapsed_permits(tuple(needs.items()), day=DAY) == [Kind.HALAL]


def test_accepted_and_rejected_make_what_was_sent() -> None:
    check_parts("Keripik", sent=10, accepted=10, reason="")
    for accepted in (11, -1):
        with pytest.raises(PartsDoNotFit):
            check_parts("Keripik", sent=10, accepted=accepted, reason="x")
    with pytest.raises(ReasonNeeded, match="2 Keripik"):
        check_parts("Keripik", sent=10, accepted=8, reason=" ")


@pytest.mark.parametrize(
    ("parts", "became"),
    [
        ([(5, 5), (3, 3)], DeliveryStatus.RECEIVED),
        ([(5, 5), (3, 0)], DeliveryStatus.IN_PART),
        ([(5, 0), (3, 0)], DeliveryStatus.REFUSED),
    ],
)
def test_a_note_becomes_what_its_lines_say(
    parts: list[tuple[int, int]], became: DeliveryStatus
) -> None:
    assert outcome(parts) is became


def test_a_note_goes_only_forward() -> None:
    check_step(DeliveryStatus.PREPARED, DeliveryStatus.SENT)
    with pytest.raises(NotOnTheWay, match="diterima semua"):
        check_step(DeliveryStatus.RECEIVED, DeliveryStatus.RECEIVED)
    with pytest.raises(NotOnTheWay):
        check_step(DeliveryStatus.SENT, DeliveryStatus.DROPPED)


def test_batch_codes_are_dates_that_count_on() -> None:
    assert batch_code(DAY) == "260302"
    assert batch_code(DAY, ["260302", "260302-2"]) == "260302-3"
