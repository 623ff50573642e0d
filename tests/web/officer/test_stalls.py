"""Stalls before their officer: seen, verified, sent back, stopped; never one's own."""

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.catalogue.models import Product
from pol.identity.models import User
from pol.kernel.audit import AuditEntry
from pol.notices.models import Notice
from pol.stalls.models import Market, Stall
from pol.stalls.rules import StallStatus
from pol.stalls.rules.stall import OwnStall, StallNotWaiting, StallReasonMissing
from pol.stalls.services import stalls
from tests.factories.catalogue import make_market, make_product, make_stall
from tests.factories.traders import keep, make_keeper, make_officer
from tests.rig.client import Browser
from tests.rig.pages import Page

QUEUE = "/petugas/lapak"


class Post:
    """An officer, and a stall that waits for them."""

    def __init__(self, client: Browser, now: datetime) -> None:
        self.market: Market = make_market("Pasar Contoh")
        self.officer: User = make_officer(self.market)
        self.stall: Stall = make_stall(
            self.market, name="Kios Contoh", status=StallStatus.SUBMITTED, submitted_at=now
        )
        self.owner: User = make_keeper(self.stall)
        client.log_in(self.officer)

    @property
    def here(self) -> str:
        return f"{QUEUE}/{self.stall.slug}"


@pytest.fixture
def post(client: Browser, session: Session, now: datetime) -> Post:
    return Post(client, now)


def status_of(session: Session, stall: Stall) -> StallStatus:
    session.expire_all()
    return session.get_one(Stall, stall.id).status


def test_the_queue_holds_the_stalls_of_my_markets(
    client: Browser, post: Post, now: datetime
) -> None:
    other = make_stall(
        make_market(), name="Kios jauh", status=StallStatus.SUBMITTED, submitted_at=now
    )
    make_keeper(other)
    page = Page(client.get(QUEUE))
    assert page.texts(".rows .row__title") == ["Kios Contoh"]
    assert "1 lapak" in page.text
    assert page.texts(".tabs [aria-current]") == ["Menunggu petugas 1"]
    assert "Tidak ada lapak di sini" in Page(client.get(f"{QUEUE}?status=suspended")).text
    assert "Tidak ada lapak di sini" in Page(client.get(f"{QUEUE}?q=wingko")).text


def test_a_stall_of_another_market_is_not_found(client: Browser, post: Post) -> None:
    other = make_stall(make_market(), status=StallStatus.SUBMITTED)
    make_keeper(other)
    assert client.get(f"{QUEUE}/{other.slug}").status_code == 404
    for step in ("verifikasi", "tolak", "hentikan"):
        answer = client.submit(f"{QUEUE}/{other.slug}/{step}", reason="Salah")
        assert answer.status_code == 404


def test_verifying_opens_the_stall_and_its_goods(
    client: Browser, post: Post, session: Session
) -> None:
    product = make_product(post.stall, listed_at=None)
    form = Page(client.get(post.here)).form(f"{post.here}/verifikasi")
    page = Page(client.send(form))
    assert "Lapak terverifikasi. Pedagang diberi tahu." in page.messages
    assert status_of(session, post.stall) is StallStatus.VERIFIED
    assert session.get_one(Product, product.id).listed_at is not None
    notice = session.scalars(select(Notice)).one()
    assert (notice.user_id, notice.link) == (post.owner.id, "/pedagang/lapak")
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "stall.verified")).one()
    assert entry.actor_id == post.officer.id


def test_sending_back_needs_a_reason_that_the_trader_reads(
    client: Browser, post: Post, session: Session
) -> None:
    form = Page(client.get(post.here)).form(f"{post.here}/tolak")
    page = Page(client.send(form))
    assert page.status == 422
    assert "Tulis alasannya" in page.errors["reason"]
    client.send(form, reason="Nomor kios tidak cocok")
    assert status_of(session, post.stall) is StallStatus.REFUSED
    notice = session.scalars(select(Notice)).one()
    assert notice.body == "Kata petugas: Nomor kios tidak cocok"
    client.log_in(post.owner)
    assert "Nomor kios tidak cocok" in Page(client.get("/pedagang/lapak")).text


def test_a_verified_stall_is_stopped_and_let_go_on(
    client: Browser, post: Post, session: Session
) -> None:
    post.stall.status = StallStatus.VERIFIED
    page = Page(client.submit(f"{post.here}/hentikan", reason=""))
    assert page.status == 422
    page = Page(client.submit(f"{post.here}/hentikan", reason="Timbangan belum ditera"))
    assert "Alasan terakhir: Timbangan belum ditera" in page.text
    assert status_of(session, post.stall) is StallStatus.SUSPENDED
    client.send(page.form(f"{post.here}/verifikasi"))
    assert status_of(session, post.stall) is StallStatus.VERIFIED


def test_what_was_decided_is_not_decided_again(client: Browser, post: Post) -> None:
    client.submit(f"{post.here}/tolak", reason="Salah")
    page = Page(client.submit(f"{post.here}/verifikasi"))
    assert StallNotWaiting.message in page.messages


def test_nobody_decides_about_the_own_stall(client: Browser, post: Post, session: Session) -> None:
    keep(post.stall, post.officer)
    assert Page(client.get(post.here)).forms() == []
    assert OwnStall.message in Page(client.submit(f"{post.here}/verifikasi")).messages
    assert status_of(session, post.stall) is StallStatus.SUBMITTED


def test_a_reason_of_spaces_is_none(post: Post, session: Session, now: datetime) -> None:
    with pytest.raises(StallReasonMissing):
        stalls.refuse_stall(stall=post.stall, officer_id=post.officer.id, reason="  ", now=now)
