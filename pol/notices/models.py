"""Messages to people: each row is an inbox line and, by channel, a letter waiting to leave."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from pol.kernel.db import Model

_UNREAD = text("read_at IS NULL")


class Notice(Model):
    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_user_id_id", "user_id", "id"),
        Index("ix_notice_unread", "user_id", sqlite_where=_UNREAD, postgresql_where=_UNREAD),
        Index("ix_notice_mail_due_at", "mail_due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    phone: Mapped[str]
    title: Mapped[str]
    body: Mapped[str]
    link: Mapped[str]
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    email: Mapped[str | None]
    mail_due_at: Mapped[datetime | None]
    mail_sent_at: Mapped[datetime | None]
    mail_tries: Mapped[int] = mapped_column(default=0)
