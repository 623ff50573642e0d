"""A call from its draft to its end, as services make it, on both engines."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from pol.kernel import audit, signals
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.money import Rupiah
from pol.partnership.slots.models import SlotCall
from pol.partnership.slots.queries import calls as queries
from pol.partnership.slots.queries.call_space import Days, list_space
from pol.partnership.slots.queries.call_terms import check_terms, is_as_published
from pol.partnership.slots.rules import (
    Bearer,
    CallStatus,
    ChargeBasis,
    ChargeKind,
    CoopForm,
    StoreStatus,
    forms,
    spans,
)
from pol.partnership.slots.rules import call as rules
from pol.partnership.slots.rules.spans import Span
from pol.partnership.slots.rules.terms import Charge
from pol.partnership.slots.services import call_life, calls
from pol.partnership.slots.signals import CallCancelled, CallClosed, CallExtended
from tests.factories.partnership import (
    make_agreement,
    make_application,
    make_call,
    make_placement,
    make_shelf,
    make_store,
)
from tests.partnership.calls.book import (
    CLOSES,
    FROM,
    TOO_DEAR,
    UNTIL,
    basics,
    goods_facts,
    make_checked,
    make_draft,
    make_shop,
    publish,
    term_facts,
)

REASON = "Biaya ini disepakati bersama paguyuban UMKM"


@pytest.fixture
def heard() -> Iterator[list[object]]:
    facts: list[object] = []
    listeners = signals._listeners  # noqa: SLF001 - to take them away again
    before = {kind: list(found) for kind, found in listeners.items()}
    for kind in (CallCancelled, CallClosed, CallExtended):
        signals.subscribe(kind, facts.append)
    yield facts
    listeners.clear()
    listeners.update(before)


def test_a_draft_begins_with_the_habits_of_its_form(session: Session, now: datetime) -> None:
    call = make_draft(make_shop(), now=now, form=CoopForm.OUTRIGHT)
    assert call.number.startswith("PS260302-")
    assert (call.status, call.margin_bp, call.unsold_bearer) == (
        CallStatus.DRAFT, 2_500, Bearer.RETAILER,
    )  # fmt: skip
    assert sum(criterion.weight for criterion in queries.read_call(call).criteria) == 100


def test_another_form_brings_its_habits_but_leaves_what_was_typed(
    session: Session, now: datetime
) -> None:
    call = make_draft(make_shop(), now=now)
    calls.save_terms(call=call, facts=term_facts(margin_bp=1_234), now=now)
    calls.save_basics(call=call, basics=basics(form=CoopForm.OUTRIGHT), now=now)
    assert (call.margin_bp, call.payment_days, call.unsold_bearer) == (1_234, 14, Bearer.RETAILER)
    with pytest.raises(forms.UnsoldRiskOfForm):
        calls.save_terms(call=call, facts=term_facts(), now=now)


def test_a_whole_draft_is_checked_and_a_change_checks_again(
    session: Session, now: datetime
) -> None:
    call = make_checked(make_shop(), TOO_DEAR, now=now)
    assert [row["code"] for row in call.findings or []] == ["PMD23-11-BIAYA"]
    calls.save_terms(call=call, facts=term_facts(), now=now)
    assert (call.findings, call.status) == ([], CallStatus.CHECKED)
    view = queries.read_call(call)
    assert (view.charges, view.width_mm, list(view.stores)) == ((), 600, ["Toko Contoh Babat"])


def test_all_four_numbers_come_from_the_rows_of_the_day(session: Session, now: datetime) -> None:
    shop = make_shop()
    fee = Charge(ChargeKind.LISTING_FEE, ChargeBasis.ONCE, "Pendaftaran", Rupiah(10_000_000), 0)
    call = make_checked(shop, fee, now=now)
    calls.save_terms(call=call, facts=term_facts(fee, payment_days=20, short_fine_bp=100), now=now)
    found = check_terms(queries.read_call(call), day=date(2026, 3, 2)).findings
    assert [finding.rule.code for finding in found] == [
        "PMD23-11-BIAYA", "PMD23-11-LISTING", "PP112-8-DENDA", "PMD70-13-BAYAR", "PMD70-13-LISTING",
    ]  # fmt: skip
    early = check_terms(queries.read_call(call), day=date(2021, 3, 31)).findings
    assert [finding.rule.code for finding in early] == [
        "PP112-8-DENDA", "PMD70-13-BAYAR", "PMD70-13-LISTING",
    ]  # fmt: skip


def test_publishing_freezes_the_terms(session: Session, now: datetime) -> None:
    shop = make_shop()
    call = publish(shop, make_checked(shop, now=now), now=now)
    assert (call.status, call.findings, call.published_at) == (CallStatus.OPEN, [], now)
    assert is_as_published(queries.get_public_call(number=call.number))
    saves: tuple[Callable[[], None], ...] = (
        lambda: calls.save_basics(call=call, basics=basics(), now=now),
        lambda: calls.save_space(call=call, spans=[(shop.shelf.id, Span(0, 100))], now=now),
        lambda: calls.save_terms(call=call, facts=term_facts(), now=now),
        lambda: calls.save_goods(call=call, facts=goods_facts(), now=now),
    )
    for save in saves:
        with pytest.raises(rules.CallFrozen):
            save()
    with pytest.raises(rules.CallMoveForbidden):
        publish(shop, call, now=now)
    trail = db.session.scalars(
        select(audit.AuditEntry.action).where(audit.AuditEntry.subject == f"call:{call.number}")
    )
    assert set(trail) == {"call.drafted", "call.published"}


@pytest.mark.parametrize(
    "change",
    [{"margin_bp": 9_000}, {"payment_days": 90}, {"expected_sales": Rupiah(1)},
     {"terms_sha256": "0" * 64}],
)  # fmt: skip
def test_the_database_keeps_published_terms(
    session: Session, now: datetime, change: dict[str, Any]
) -> None:
    shop = make_shop()
    call = publish(shop, make_checked(shop, now=now), now=now)
    with pytest.raises(DBAPIError):
        db.session.execute(update(SlotCall).where(SlotCall.id == call.id).values(**change))


def test_a_change_behind_our_back_shows(session: Session, now: datetime) -> None:
    shop = make_shop()
    call = publish(shop, make_checked(shop, now=now), now=now)
    db.session.execute(update(SlotCall).values(title="Judul lain"))
    db.session.refresh(call)
    assert not is_as_published(queries.read_call(call))


def test_a_rule_that_binds_asks_for_a_reason_that_is_kept(session: Session, now: datetime) -> None:
    shop = make_shop()
    call = make_checked(shop, TOO_DEAR, now=now)
    with pytest.raises(rules.CallReasonNeeded):
        publish(shop, call, now=now, reason="mau saja")
    publish(shop, call, now=now, reason=f" {REASON} ")
    (row,) = call.findings or []
    assert (call.stated_reason, row["number"], row["valid_from"]) == (REASON, 1_500, "2021-04-01")
    entry = db.session.scalars(
        select(audit.AuditEntry).where(audit.AuditEntry.action == "call.published")
    ).one()
    assert entry.detail["stated_reason"] == REASON


def test_advice_does_not_stop_a_call(session: Session, now: datetime) -> None:
    shop = make_shop()
    call = make_checked(shop, now=now)
    calls.save_terms(call=call, facts=term_facts(payment_days=30), now=now)
    publish(shop, call, now=now, reason="tidak perlu")
    assert [row["code"] for row in call.findings or []] == ["PMD70-13-BAYAR"]
    assert call.stated_reason is None


def test_a_screen_that_was_left_out_is_asked_for(session: Session, now: datetime) -> None:
    shop = make_shop()
    call = make_draft(shop, now=now)
    with pytest.raises(rules.CallWithoutSpace):
        publish(shop, call, now=now)
    with pytest.raises(rules.CallWithoutSpace):
        calls.save_space(call=call, spans=[], now=now)
    calls.save_space(call=call, spans=[(shop.shelf.id, Span(0, 900))], now=now)
    with pytest.raises(rules.CallWithoutGoods):
        publish(shop, call, now=now)


def test_a_draft_that_lay_too_long_needs_new_days(session: Session, now: datetime) -> None:
    shop = make_shop()
    call = make_checked(shop, now=now)
    with pytest.raises(rules.CallDeadlinePast):
        publish(shop, call, now=CLOSES)


def test_two_calls_do_not_offer_the_same_millimetres(session: Session, now: datetime) -> None:
    shop = make_shop()
    first, second = (make_checked(shop, now=now, span=Span(x, 500)) for x in (0, 400))
    publish(shop, first, now=now)
    with pytest.raises(spans.SpanOffered, match=first.number):
        publish(shop, second, now=now)
    calls.save_space(call=second, spans=[(shop.shelf.id, Span(500, 400))], now=now)
    publish(shop, second, now=now)
    later = make_draft(
        shop, now=now, from_on=UNTIL, until_on=UNTIL + timedelta(days=9),
    )  # fmt: skip
    calls.save_space(call=later, spans=[(shop.shelf.id, Span(0, 900))], now=now)
    assert later.status is CallStatus.DRAFT


def test_a_place_that_is_held_is_not_offered(session: Session, now: datetime) -> None:
    shop = make_shop()
    old = make_call(shop.retailer, shelves=[shop.shelf], status=CallStatus.DONE)
    application = make_application(old, stores=[shop.store])
    make_placement(application, shop.shelf, agreement=make_agreement(application, old), x_mm=200)
    call = make_draft(shop, now=now)
    with pytest.raises(spans.SpanTaken):
        calls.save_space(call=call, spans=[(shop.shelf.id, Span(0, 201))], now=now)
    days = Days(FROM, UNTIL, except_call_id=call.id)
    ((store,), free) = (
        list_space(retailer_id=shop.retailer.id, days=days, today=FROM),
        [Span(0, 200)],
    )
    assert store.shelves[0].free == [*free, Span(480, 420)]
    assert store.shelves[0].widest == Span(480, 420)


def test_only_own_shelves_of_verified_stores_are_offered(session: Session, now: datetime) -> None:
    shop, other = make_shop(), make_shop("Swalayan Lain")
    call = make_draft(shop, now=now)
    waiting = make_shelf(make_store(shop.retailer, status=StoreStatus.SUBMITTED))
    for shelf in (other.shelf, waiting):
        with pytest.raises(spans.SpanOutside):
            calls.save_space(call=call, spans=[(shelf.id, Span(0, 100))], now=now)
    with pytest.raises(NotFound):
        queries.get_call_of_retailer(retailer_id=other.retailer.id, number=call.number)
    with pytest.raises(NotFound):
        queries.get_public_call(number=call.number)


def test_the_clock_closes_calls_once(session: Session, now: datetime, heard: list[Any]) -> None:
    shop = make_shop()
    call = publish(shop, make_checked(shop, now=now), now=now)
    assert call_life.close_due_calls(now=CLOSES - timedelta(seconds=1)) == 0
    assert call_life.close_due_calls(now=CLOSES) == 1
    assert call_life.close_due_calls(now=CLOSES) == 0
    assert (call.status, heard) == (CallStatus.CLOSED, [CallClosed(call.id, CLOSES)])


def test_a_call_is_closed_by_hand(session: Session, now: datetime, heard: list[Any]) -> None:
    shop = make_shop()
    call = publish(shop, make_checked(shop, now=now), now=now)
    call_life.close_call(call=call, actor_id=shop.owner.id, now=now)
    assert (call.status, call.closes_at, len(heard)) == (CallStatus.CLOSED, now, 1)


def test_applicants_hear_of_more_time_and_of_the_end(
    session: Session, now: datetime, heard: list[Any]
) -> None:
    shop = make_shop()
    call = publish(shop, make_checked(shop, now=now), now=now)
    later = datetime(2026, 3, 25, 10, tzinfo=UTC)
    call_life.extend_call(call=call, closes_at=later, actor_id=shop.owner.id, now=now)
    assert is_as_published(queries.read_call(call))
    with pytest.raises(rules.DeadlineNotLater):
        call_life.extend_call(call=call, closes_at=CLOSES, actor_id=shop.owner.id, now=now)
    with pytest.raises(rules.CancelReasonNeeded):
        call_life.cancel_call(call=call, reason="batal", actor_id=shop.owner.id, now=now)
    call_life.cancel_call(call=call, reason=REASON, actor_id=shop.owner.id, now=now)
    assert (call.status, call.status_reason) == (CallStatus.CANCELLED, REASON)
    assert [type(fact) for fact in heard] == [CallExtended, CallCancelled]


def test_allocation_moves_a_closed_call_to_its_end(session: Session, now: datetime) -> None:
    shop = make_shop()
    call = publish(shop, make_checked(shop, now=now), now=now)
    with pytest.raises(rules.CallMoveForbidden):
        call_life.note_allocated(call=call, actor_id=None, now=now)
    call_life.close_due_calls(now=CLOSES)
    call_life.note_allocated(call=call, actor_id=None, now=CLOSES)
    with pytest.raises(rules.CallMoveForbidden):
        call_life.cancel_call(call=call, reason=REASON, actor_id=shop.owner.id, now=CLOSES)
    call_life.finish_call(call=call, actor_id=None, now=CLOSES)
    assert call.status is CallStatus.DONE
    counts = queries.count_calls_by_status(retailer_id=shop.retailer.id)
    assert counts == {CallStatus.DONE: 1}
