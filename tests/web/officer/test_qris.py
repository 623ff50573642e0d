"""The QRIS of a market's operator, kept by the market's officer."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.kernel.audit import AuditEntry
from pol.stalls.models import Market
from tests.factories.qris import BAKUL
from tests.rig.client import Browser
from tests.rig.pages import Page
from tests.web.officer.conftest import Desk


def test_an_officer_keeps_the_code_of_the_market(
    client: Browser, session: Session, desk: Desk
) -> None:
    here = f"/petugas/qris/{desk.market.slug}"
    assert "belum ada" in Page(client.get("/petugas/qris")).text
    asked = Page(client.send(Page(client.get(here)).form(f"{here}/baca"), text=BAKUL))
    done = Page(client.send(asked.form(here)))
    assert "QRIS tersimpan" in done.text
    assert session.get_one(Market, desk.market.id).qris == BAKUL
    assert "Warung Contoh, LAMONGAN" in Page(client.get("/petugas/qris")).text
    assert Page(client.submit(f"{here}/baca", text="bukan")).errors["text"]
    client.submit(f"{here}/hapus")
    assert session.get_one(Market, desk.market.id).qris is None
    actions = session.scalars(
        select(AuditEntry.action).where(AuditEntry.subject.like("market:%")).order_by(AuditEntry.id)
    )
    assert list(actions) == ["market.qris_kept", "market.qris_removed"]


def test_the_market_of_others_does_not_exist(
    client: Browser, session: Session, desk: Desk, stranger: User
) -> None:
    here = f"/petugas/qris/{desk.market.slug}"
    answers = [client.get(here), *(client.submit(here + rest) for rest in ("", "/baca", "/hapus"))]
    assert {answer.status_code for answer in answers} == {404}
