"""A stall's own QRIS: read, shown, kept, taken away; by its owner only."""

from io import BytesIO

import pytest
from PIL import Image
from segno import make_qr
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.kernel.audit import AuditEntry
from pol.payments.rules.qris import QrisForeign, QrisNotSeen
from pol.stalls.models import Stall
from pol.stalls.rules import Seat
from pol.stalls.rules.stall import OwnerOnly
from tests.factories.qris import BAKUL, make_static
from tests.factories.traders import make_keeper
from tests.files.hostile import photo
from tests.rig.client import Browser
from tests.rig.pages import Page
from tests.web.trader.conftest import Desk

HERE = "/pedagang/lapak/qris"


def snapshot(code: str, *, turned: int = 0) -> tuple[BytesIO, str]:
    """Return a photo of a printed code, somewhere on a grey wall."""
    drawn = BytesIO()
    make_qr(code, error="m").save(drawn, kind="png", scale=6)
    wall = Image.new("RGB", (1_400, 1_200), "#b9b3a7")
    wall.paste(
        Image.open(drawn).convert("RGB").rotate(turned, expand=True, fillcolor="white"), (300, 200)
    )
    file = BytesIO()
    wall.save(file, "JPEG", quality=70)
    file.seek(0)
    return file, "qris.jpg"


def kept(session: Session, desk: Desk) -> str | None:
    session.expire_all()
    return session.get_one(Stall, desk.stall.id).qris


def test_a_pasted_code_shows_its_merchant_before_it_is_kept(
    client: Browser, session: Session, desk: Desk
) -> None:
    page = Page(client.get(HERE))
    assert "Belum ada QRIS" in page.text
    asked = Page(client.send(page.form(f"{HERE}/baca"), text=f" {BAKUL} "))
    assert (asked.status, kept(session, desk)) == (200, None)
    assert "Warung Contoh" in asked.text
    assert "LAMONGAN" in asked.text
    done = Page(client.send(asked.form(HERE)))
    assert "QRIS tersimpan" in done.text
    assert "Warung Contoh" in done.text
    assert kept(session, desk) == BAKUL
    line = session.scalars(select(AuditEntry).where(AuditEntry.action == "stall.qris_kept")).one()
    assert line.detail == {"merchant": "Warung Contoh", "city": "LAMONGAN"}
    assert "QRIS dihapus" in client.submit(f"{HERE}/hapus").text
    assert kept(session, desk) is None


@pytest.mark.parametrize("turned", [0, 90, 7])
def test_a_photo_of_the_sticker_is_read(client: Browser, desk: Desk, turned: int) -> None:
    answer = Page(client.submit(f"{HERE}/baca", picture=snapshot(BAKUL, turned=turned)))
    assert answer.form(HERE).values["code"] == BAKUL


def test_what_cannot_be_used_is_refused_beside_its_field(client: Browser, desk: Desk) -> None:
    dollars = make_static(change={"53": "840"})
    for field, sent, refusal in (
        ("text", dollars, QrisForeign.message),
        ("picture", snapshot(dollars), QrisForeign.message),
        ("picture", (BytesIO(photo()), "laut.jpg"), QrisNotSeen.message),
        ("picture", (BytesIO(b"%PDF-1.4"), "qris.pdf"), "bukan foto yang kami kenal"),
    ):
        answer = Page(client.submit(f"{HERE}/baca", {field: sent}, follow=True))
        assert answer.status == 422
        assert refusal in answer.errors[field]


def test_a_code_that_was_changed_on_the_way_is_not_kept(
    client: Browser, session: Session, desk: Desk
) -> None:
    assert "tidak cocok" in client.submit(HERE, code=BAKUL.replace("Warung", "Wayang")).text
    assert kept(session, desk) is None


def test_a_helper_may_look_but_not_change(client: Browser, session: Session, desk: Desk) -> None:
    client.log_in(make_keeper(desk.stall, seat=Seat.HELPER))
    assert "Hanya pemilik lapak yang bisa mengganti QRIS" in client.get(HERE).text
    assert OwnerOnly.message in client.submit(HERE, code=BAKUL).text
    assert kept(session, desk) is None
