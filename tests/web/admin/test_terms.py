"""An administrator reads the rules about trading terms, replaces one and ends one."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.identity.rules import Role
from pol.kernel.db import db
from pol.partnership.slots.models import TermRule
from pol.partnership.slots.queries.terms import get_rule, list_rules, list_rules_on, lock_rule
from pol.partnership.slots.rules import term_rows
from pol.partnership.slots.services import terms
from tests.factories.people import give_role, make_person
from tests.rig.client import Browser
from tests.rig.pages import Page

PAGE = "/admin/aturan-dagang"
OLD = "PMD23-11-BIAYA"
GOOD: dict[str, Any] = {
    "code": "PERDA5-3-RUANG",
    "kind": "area_share_least_bp",
    "number": "12,5",
    "weight": "binds",
    "place": "store",
    "source": "Perda contoh 5/2026",
    "article": "Pasal 3",
    "scope": "Toko swalayan di Lamongan",
    "says": "Paling sedikit 12,5 % rak untuk barang lokal.",
    "remedy": "Tambah ruang.",
    "valid_from": "2026-03-02",
}


@pytest.fixture
def admin(session: Session, client: Browser, now: datetime) -> User:
    admin = make_person("Admin Contoh")
    give_role(admin, Role.ADMINISTRATOR)
    client.log_in(admin)
    return admin


def test_the_rules_that_ship_say_source_scope_and_doubt(client: Browser, admin: User) -> None:
    page = Page(client.get(PAGE))
    assert "15 % · Semua bentuk kerja sama toko swalayan" in page.text
    assert "15 hari untuk tagihan sampai Rp10.000.000" in page.text
    assert "perlu dikonfirmasi" in page.text
    page = Page(client.get(f"{PAGE}/PMD23-7-PUSAT"))
    assert "Sumber berita sering memakai angka ini" in page.text
    assert client.get(f"{PAGE}/TIDAK-ADA").status_code == 404


def test_a_rule_is_added_from_today_on(client: Browser, admin: User) -> None:
    page = Page(client.submit(PAGE, **GOOD))
    assert any("Pembukaan lama tidak berubah" in said for said in page.messages)
    assert "12,5 % · Toko swalayan di Lamongan" in page.text
    row = get_rule("PERDA5-3-RUANG")
    assert (row.rule.number, row.rule.doubt, row.made_by) == (1_250, None, "Admin Contoh")


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"code": OLD}, "code"),
        ({"code": "huruf kecil"}, "code"),
        ({"number": "101"}, "number"),
        ({"number": "1,255"}, "number"),
        ({"kind": "payment_days_most", "number": "7,5"}, "number"),
        ({"source": ""}, "source"),
        ({"valid_from": "2026-03-01"}, "valid_from"),
        ({"threshold": "-1"}, "threshold"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    client: Browser, admin: User, other: dict[str, Any], field: str
) -> None:
    page = Page(client.submit(PAGE, **GOOD | other))
    assert (page.status, list(page.errors)) == (422, [field])
    assert page.form(PAGE).values["says"] == GOOD["says"]
    assert not [row for row in list_rules() if row.made_by]


def test_a_number_is_replaced_not_changed(client: Browser, admin: User) -> None:
    form = Page(client.get(f"{PAGE}/baru", query_string={"ganti": OLD})).form(PAGE)
    assert (form.values["number"], form.values["ganti"]) == ("15", OLD)
    page = Page(client.send(form, number="10", valid_from="2026-04-01"))
    assert "code" in page.errors
    client.send(page.form(PAGE), code=f"{OLD}-2026")
    old, new = get_rule(OLD).rule, get_rule(f"{OLD}-2026").rule
    assert (old.number, old.valid_until) == (1_500, date(2026, 4, 1))
    assert (new.number, new.valid_from, new.article) == (1_000, date(2026, 4, 1), "Pasal 11")
    for day, code in ((date(2026, 3, 31), OLD), (date(2026, 4, 1), new.code)):
        held = {rule.code for rule in list_rules_on(day)}
        assert held & {OLD, new.code} == {code}


def test_a_rule_ends_on_its_last_day_and_only_once(client: Browser, admin: User) -> None:
    address = f"{PAGE}/{OLD}"
    for day, status in (("2026-02-28", 422), ("", 422), ("2026-03-02", 200)):
        page = Page(client.submit(f"{address}/akhiri", last_day=day))
        assert page.status == status
    assert get_rule(OLD).rule.valid_until == date(2026, 3, 3)
    page = Page(client.submit(f"{address}/akhiri", last_day="2026-03-04"))
    assert "sudah diberi hari akhir" in page.text


@pytest.mark.parametrize(
    ("until", "refusal"),
    [
        (date(2026, 3, 1), term_rows.TermRuleEndsTooEarly),
        (date(2020, 1, 1), term_rows.TermRuleEndsTooEarly),
    ],
)
def test_a_rule_does_not_end_in_the_past(
    session: Session, now: datetime, until: date, refusal: type[Exception]
) -> None:
    rule = lock_rule(OLD)
    with pytest.raises(refusal):
        terms.end_rule(rule=rule, until=until, actor_id=make_person().id, now=now)


def test_refusals_of_rules_have_their_sentences() -> None:
    today = date(2026, 3, 2)
    with pytest.raises(term_rows.TermRuleOver):
        term_rows.check_end(valid_from=today, valid_until=today, until=today, today=today)
    assert "paling cepat hari ini" in str(term_rows.TermRuleEndsTooEarly())
    assert "mulai hari ini" in str(term_rows.TermRuleFromThePast())
    assert "sudah dipakai" in str(term_rows.TermCodeTaken())
    assert "100 %" in str(term_rows.TermNumberOutOfRange(most="100 %"))


def test_the_database_keeps_an_old_number(session: Session) -> None:
    with pytest.raises(DBAPIError):
        db.session.execute(update(TermRule).where(TermRule.code == OLD).values(number=1))
