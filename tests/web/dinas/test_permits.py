"""The forecast of permits, as the Dinas reads it."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.identity.rules import Role
from pol.partnership.applications.models import SheetPermit
from tests.factories.partnership import make_partnership
from tests.factories.people import give_role, make_person
from tests.rig.client import Browser
from tests.rig.pages import Page

PAGE = "/dinas/izin"


def test_what_lapses_on_a_shelf_is_listed_by_how_soon(
    client: Browser, session: Session, now: datetime
) -> None:
    officer = make_person("Petugas Dinas Contoh")
    give_role(officer, Role.DINAS_OFFICER)
    client.log_in(officer)
    assert "Tidak ada izin yang akan habis" in Page(client.get(PAGE)).text
    p = make_partnership()
    permit = session.scalars(select(SheetPermit)).one()
    permit.expires_on = date(2026, 3, 20)
    page = Page(client.get(PAGE))
    assert "20 Mar 2026 18 hari lagi" in page.text
    assert p.store.name in page.text
    assert "Tidak ada izin" in Page(client.get(f"{PAGE}?hari=7")).text
    assert p.sheet.name in Page(client.get(f"{PAGE}?hari=30")).text
    permit = session.scalars(select(SheetPermit)).one()
    permit.expires_on = date(2026, 3, 1)
    assert "sudah habis" in Page(client.get(f"{PAGE}?hari=aneh")).text
    session.delete(session.scalars(select(SheetPermit)).one())
    session.flush()
    assert "tidak ada lagi" in Page(client.get(f"{PAGE}?hari=7")).text
