"""WhatsApp links, and when a letter is tried again."""

from datetime import datetime, timedelta
from urllib.parse import quote

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
KEEP_TRYING = timedelta(days=2)  # an older letter would only confuse its reader


def wa_link(phone: str, text: str = "") -> str:
    """Return the address that opens a WhatsApp chat with this number and the text typed in."""
    address = f"https://wa.me/{phone.removeprefix('+')}"
    return f"{address}?text={quote(text)}" if text else address


def next_try_at(*, tries: int, now: datetime) -> datetime:
    """Return when to try again after so many tries: 1, 2, 4 ... minutes, at most 6 hours."""
    doubled: int = 2 ** min(tries, 10)
    return now + min(FIRST_WAIT * doubled, LONGEST_WAIT)
