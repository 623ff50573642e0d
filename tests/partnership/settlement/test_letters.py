"""Letters are written once, with the figures of their day, and stay as they were sent."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.money import Rupiah
from pol.notices.models import Notice
from pol.partnership.agreements.models import Agreement
from pol.partnership.agreements.rules import AgreementStatus
from pol.partnership.agreements.services.ending import call_off
from pol.partnership.settlement.models import Bill, Renewal, ShelfLetter
from pol.partnership.settlement.queries import letters as queries
from pol.partnership.settlement.queries import renewals
from pol.partnership.settlement.rules import LetterKind, RenewalKind
from pol.partnership.settlement.rules.letters import is_reminder_due
from pol.partnership.settlement.services import closing, letters, paying, renewing
from pol.partnership.settlement.services.paying import Sending
from pol.partnership.settlement.services.renewing import Wish
from pol.partnership.slots.rules import Bearer
from tests.factories.partnership import Partnership, make_partnership
from tests.factories.traders import make_keeper
from tests.partnership.settlement.goods import sell

NOW = datetime(2026, 2, 10, 3, tzinfo=UTC)
TODAY = date(2026, 2, 10)


@pytest.mark.parametrize(
    ("days_late", "reminders", "last_on", "due"),
    [
        (0, 0, None, False),
        (1, 0, None, True),
        (7, 1, date(2026, 2, 1), False),
        (8, 1, date(2026, 2, 4), False),
        (8, 1, date(2026, 2, 3), True),
        (90, 2, date(2026, 2, 3), True),
        (90, 3, date(2026, 1, 1), False),
    ],
)
def test_three_reminders_at_most_and_a_week_apart(
    days_late: int, reminders: int, last_on: date | None, *, due: bool
) -> None:
    assert is_reminder_due(days_late, reminders=reminders, last_on=last_on, today=TODAY) is due


def _billed() -> tuple[Partnership, Bill]:
    """Return an approved bill of Rp51.000."""
    p = make_partnership()
    make_keeper(p.stall)
    sell(p.batch, 4, date(2026, 2, 5))
    period = closing.close_period(
        retailer_id=p.retailer.id, last_day=date(2026, 2, 7), actor_id=None, now=NOW
    )
    bill = db.session.scalars(select(Bill).where(Bill.period_id == period.id)).one()
    paying.approve_bill(bill=bill, actor_id=p.owner.id, now=NOW)
    return p, bill


def _late(bill: Bill, days: int) -> datetime:
    assert bill.due_on is not None
    return datetime(bill.due_on.year, bill.due_on.month, bill.due_on.day, 3, tzinfo=UTC) + (
        timedelta(days=days)
    )


def _written() -> list[ShelfLetter]:
    return list(db.session.scalars(select(ShelfLetter).order_by(ShelfLetter.id)))


def test_a_late_bill_is_reminded_of_once_and_then_again_a_week_later(session: Session) -> None:
    _, bill = _billed()
    assert letters.remind_of_bills(now=_late(bill, 0)) == 0
    for days, more in ((1, 1), (1, 0), (7, 0), (8, 1), (22, 1), (29, 0)):
        assert letters.remind_of_bills(now=_late(bill, days)) == more
    assert [row.title for row in queries.list_of_bill(bill_id=bill.id)] == [
        "Surat pengingat pertama",
        "Surat pengingat kedua",
        "Surat pengingat ketiga",
    ]
    told = db.session.scalars(select(Notice.title).where(Notice.title.like("Surat pengingat%")))
    assert len(list(told)) == 6


def test_a_reminder_keeps_the_figures_of_its_day(session: Session) -> None:
    p, bill = _billed()
    sending = Sending("k", Rupiah(20_000), TODAY, "BRI")
    paying.note_payment(bill=bill, sending=sending, actor_id=p.owner.id, now=NOW)
    letters.remind_of_bills(now=_late(bill, 3))
    rest = Sending("r", Rupiah(31_000), TODAY, "BRI")
    paying.note_payment(bill=bill, sending=rest, actor_id=p.owner.id, now=_late(bill, 4))
    p.stall.name = "Nama baru"
    (row,) = queries.list_of_bill(bill_id=bill.id)
    letter = queries.get_letter(queries.of_retailer(p.retailer.id), row.number)
    assert ["Harus dibayar sekarang", "Rp31.000"] in letter.facts
    assert "telat 3 hari" in letter.subject
    assert letter.stall_name != "Nama baru"
    assert letters.remind_of_bills(now=_late(bill, 40)) == 0


def test_what_is_held_in_dispute_or_paid_is_not_reminded_of(session: Session) -> None:
    _, bill = _billed()
    bill.held = bill.payable
    assert letters.remind_of_bills(now=_late(bill, 9)) == 0


def test_nobody_changes_a_letter(session: Session) -> None:
    _, bill = _billed()
    letters.remind_of_bills(now=_late(bill, 1))
    for change in (update(ShelfLetter).values(words="Lunas"), delete(ShelfLetter)):
        with pytest.raises(DBAPIError), db.session.begin_nested():
            db.session.execute(change)
    assert len(_written()) == 1


def _ask(p: Partnership, wish: Wish) -> ShelfLetter:
    renewing.ask(placement=p.placement, wish=wish, by=Bearer.RETAILER, actor_id=p.owner.id, now=NOW)
    return _written()[-1]


def test_a_proposal_and_its_answer_are_letters_of_their_sides(session: Session) -> None:
    p = make_partnership()
    wish = Wish(RenewalKind.RENEW, "Laris sekali", until_on=date(2027, 7, 1))
    asked = _ask(p, wish)
    assert (asked.kind, asked.from_side) == (LetterKind.PROPOSAL, Bearer.RETAILER)
    assert ["Diusulkan sampai", "30 Juni 2027"] in asked.facts
    assert asked.signed_by == p.owner.name
    assert "Laris sekali" in asked.words
    renewal, place = renewals.lock_renewal(renewals.of_stall(p.stall.id), _asked_number())
    renewing.agree(
        renewal=renewal, placement=place, by=Bearer.PRODUCER, actor_id=p.owner.id, now=NOW
    )
    answer = _written()[-1]
    assert (answer.kind, answer.from_side) == (LetterKind.ANSWER, Bearer.PRODUCER)
    assert "ditandatangani" in answer.words


def _asked_number() -> str:
    """Return the number of the only proposal."""
    return db.session.scalars(select(Renewal.number)).one()


def test_asking_to_leave_is_a_vacating_letter_and_a_no_says_why(session: Session) -> None:
    p = make_partnership()
    assert _ask(p, Wish(RenewalKind.FREE, "Dipugar")).kind is LetterKind.VACATING
    mine = renewals.of_stall(p.stall.id)
    renewal, place = renewals.lock_renewal(mine, _asked_number())
    renewing.decline(
        renewal=renewal,
        placement=place,
        by=Bearer.PRODUCER,
        words="Tunggu panen",
        actor_id=p.owner.id,
        now=NOW,
    )
    assert "tidak disetujui. Tunggu panen" in _written()[-1].words


@pytest.mark.parametrize("by", Bearer)
def test_a_proposal_that_nobody_answers_ends_with_one_letter_to_both(
    session: Session, by: Bearer
) -> None:
    p = make_partnership()
    make_keeper(p.stall)
    wish = Wish(RenewalKind.RENEW, "Laris", until_on=date(2027, 7, 1))
    renewal = renewing.ask(placement=p.placement, wish=wish, by=by, actor_id=p.owner.id, now=NOW)
    late = NOW + timedelta(days=15)
    assert renewing.lapse_renewals(now=late - timedelta(days=1)) == 0
    assert len(_written()) == 1
    assert (renewing.lapse_renewals(now=late), renewing.lapse_renewals(now=late)) == (1, 0)
    _, letter = _written()
    assert (letter.kind, letter.from_side, letter.signed_by) == (LetterKind.ANSWER, by, None)
    assert letter.placement_id == p.placement.id
    assert letter.subject == f"Usulan {renewal.number} lewat tanpa jawaban"
    assert ["Dijawab paling lambat", "24 Februari 2026"] in letter.facts
    assert "usulan perpanjangan tempat ini tidak dijawab" in letter.words.lower()
    assert "tidak ada yang berubah" in letter.words
    told = db.session.scalars(select(Notice.link).where(Notice.title.contains(letter.number)))
    assert set(told) == {f"/peritel/surat/{letter.number}", f"/pedagang/rak/surat/{letter.number}"}
    assert queries.list_places_to_vacate() == []
    p.agreement.status = AgreementStatus.ENDED
    assert letters.write_vacating_letters(now=late) == 1


def test_an_answered_proposal_gets_no_other_letter(session: Session) -> None:
    p = make_partnership()
    _ask(p, Wish(RenewalKind.RESIZE, "Laris", facings=3))
    mine = renewals.of_stall(p.stall.id)
    renewal, place = renewals.lock_renewal(mine, _asked_number())
    renewing.agree(
        renewal=renewal, placement=place, by=Bearer.PRODUCER, actor_id=p.owner.id, now=NOW
    )
    assert renewing.lapse_renewals(now=NOW + timedelta(days=30)) == 0
    assert len(_written()) == 2


def test_whoever_has_to_leave_gets_one_letter_that_says_what_is_left(session: Session) -> None:
    p = make_partnership(quantity=9)
    sell(p.batch, 2, date(2026, 2, 5))
    assert letters.write_vacating_letters(now=NOW) == 0
    p.agreement.status = AgreementStatus.ENDED
    p.agreement.ended_reason = "Masa berlakunya habis"
    assert letters.write_vacating_letters(now=NOW) == 1
    assert letters.write_vacating_letters(now=NOW) == 0
    (letter,) = _written()
    assert letter.from_side is Bearer.RETAILER
    assert ["Barang yang masih di rak", "7 buah"] in letter.facts
    assert ["Belum lunas", "Rp25.500"] in letter.facts


def _renewed(p: Partnership) -> Agreement:
    """Let both agree on half a year more; return the draft that follows."""
    _ask(p, Wish(RenewalKind.RENEW, "Laris", until_on=date(2027, 7, 1)))
    mine = renewals.of_stall(p.stall.id)
    renewal, place = renewals.lock_renewal(mine, _asked_number())
    renewing.agree(
        renewal=renewal, placement=place, by=Bearer.PRODUCER, actor_id=p.owner.id, now=NOW
    )
    follows = select(Agreement).where(Agreement.follows_id == p.agreement.id)
    return db.session.scalars(follows).one()


def test_a_renewed_place_gets_no_vacating_letter_once_both_have_signed(session: Session) -> None:
    p = make_partnership()
    draft = _renewed(p)
    assert letters.write_vacating_letters(now=NOW) == 0
    p.agreement.status, draft.status = AgreementStatus.ENDED, AgreementStatus.SIGNED
    assert letters.write_vacating_letters(now=NOW) == 0


def test_a_renewal_that_nobody_signs_lapses_with_the_agreement_before_it(
    session: Session,
) -> None:
    p = make_partnership(quantity=9)
    draft = _renewed(p)
    p.agreement.status, p.agreement.ended_reason = AgreementStatus.ENDED, "Masa berlakunya habis"
    assert letters.write_vacating_letters(now=NOW) == 1
    assert letters.write_vacating_letters(now=NOW) == 0
    *_, letter = _written()
    assert letter.kind is LetterKind.VACATING
    assert f"Perjanjian lanjutan {draft.number}" in letter.words
    assert ["Barang yang masih di rak", "9 buah"] in letter.facts


def test_a_renewal_that_is_called_off_is_written_of_at_once_and_again_at_the_end(
    session: Session,
) -> None:
    p = make_partnership(quantity=9)
    make_keeper(p.stall)
    draft = _renewed(p)
    call_off(agreement=draft, reason="Kapasitas kami tidak cukup", actor_id=p.owner.id, now=NOW)
    assert letters.write_vacating_letters(now=NOW) == 1
    assert letters.write_vacating_letters(now=NOW) == 0
    *_, letter = _written()
    assert (letter.kind, letter.title) == (LetterKind.VACATING, "Surat pengosongan tempat")
    assert ["Sebab dibatalkan", "Kapasitas kami tidak cukup"] in letter.facts
    assert "selesai pada 31 Desember 2026" in letter.words
    told = session.scalars(select(Notice.link).where(Notice.title.contains(letter.number))).all()
    assert {link.rpartition("/")[0] for link in told} == {"/peritel/surat", "/pedagang/rak/surat"}
    page = queries.get_letter(queries.of_stall(p.stall.id), letter.number)
    assert page.placement_number == p.placement.number
    p.agreement.status, p.agreement.ended_reason = AgreementStatus.ENDED, "Masa berlakunya habis"
    assert letters.write_vacating_letters(now=NOW) == 1
    assert letters.write_vacating_letters(now=NOW) == 0


def test_others_read_no_letter(session: Session) -> None:
    _, bill = _billed()
    other = make_partnership()
    letters.remind_of_bills(now=_late(bill, 1))
    (letter,) = _written()
    for mine in (queries.of_stall(other.stall.id), queries.of_retailer(other.retailer.id)):
        with pytest.raises(NotFound):
            queries.get_letter(mine, letter.number)
        assert queries.list_of_places(mine).rows == []
    assert letter.title
