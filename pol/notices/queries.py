"""Reading the inbox."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.paging import Page, cut_page, decode_cursor
from pol.notices.models import Notice


@dataclass(frozen=True)
class NoticeRow:
    """One line of an inbox."""

    id: int
    title: str
    body: str
    link: str
    created_at: datetime
    read_at: datetime | None


_ROW = select(Notice.id, Notice.title, Notice.body, Notice.link, Notice.created_at, Notice.read_at)


def list_inbox(*, user_id: int, cursor: str | None = None, size: int = 20) -> Page[NoticeRow]:
    """Return what was sent to a person, newest first."""
    statement = _ROW.where(Notice.user_id == user_id).order_by(Notice.id.desc()).limit(size + 1)
    if after := decode_cursor(cursor, shape=(int,)):
        statement = statement.where(Notice.id < after[0])
    rows = [NoticeRow(*row) for row in db.session.execute(statement)]
    return cut_page(rows, size=size, key=lambda row: (row.id,))


def get_notice(*, user_id: int, notice_id: int) -> NoticeRow:
    """Return one notice of a person.

    :raises NotFound: no such notice, or somebody else's
    """
    statement = _ROW.where(Notice.user_id == user_id, Notice.id == notice_id)
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise NotFound
    return NoticeRow(*row)


def count_unread(*, user_id: int) -> int:
    """Return how many notices a person has not opened."""
    unread = Notice.user_id == user_id, Notice.read_at.is_(None)
    return db.session.scalar(select(func.count()).select_from(Notice).where(*unread)) or 0
