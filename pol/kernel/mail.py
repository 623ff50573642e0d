"""Handing letters to a mail server over SMTP."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

TIMEOUT_SECONDS = 10
NEVER = 500  # reply codes from here on will not change by trying again

Unreachable = (smtplib.SMTPException, OSError)
"""What may go wrong on the way and is worth another try."""


class LetterRefused(Exception):
    """The mail server will never take this letter."""


@dataclass(frozen=True)
class MailServer:
    """Where our letters leave the house."""

    host: str
    port: int
    sender: str
    user: str | None = None
    password: str | None = None
    starttls: bool = True

    @contextmanager
    def opened(self) -> Iterator[smtplib.SMTP]:
        """Keep one connection for several letters."""
        with smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_SECONDS) as connection:
            if self.starttls:
                connection.starttls(context=ssl.create_default_context())
            if self.user and self.password:
                connection.login(self.user, self.password)
            yield connection


def write_letter(
    *, message_id: str, sender: str, to: str, subject: str, text: str, at: datetime
) -> EmailMessage:
    """Return a plain letter; its id is the same at every try, so a reader keeps one copy."""
    letter = EmailMessage()
    letter["Message-ID"] = message_id
    letter["From"] = sender
    letter["To"] = to
    letter["Subject"] = " ".join(subject.split())
    letter["Date"] = format_datetime(at)
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(text)
    return letter


def hand_over(connection: smtplib.SMTP, letter: EmailMessage) -> None:
    """Give a letter to the server.

    :raises LetterRefused: there is no use in trying again
    """
    try:
        connection.send_message(letter)
    except smtplib.SMTPRecipientsRefused as refusal:
        if all(code >= NEVER for code, _ in refusal.recipients.values()):
            raise LetterRefused(str(refusal)) from refusal
        raise
    except smtplib.SMTPResponseException as refusal:
        if refusal.smtp_code >= NEVER:
            raise LetterRefused(str(refusal)) from refusal
        raise
