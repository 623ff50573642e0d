"""Log lines: one JSON object each, on standard error, with personal data masked."""

import re
import sys
from collections.abc import Mapping
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

SECRET_NAMES = re.compile(
    r"(?i)password|passwd|secret|token|cookie|authori[sz]ation|\bsid\b|kunci|pin\b|(login|otp)_code"
)
MASK = "***"
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(\+?62|\b0)8\d{5,10}(\d\d)\b"), r"\g<1>8***\2"),
    (re.compile(r"\b([\w.+-])[\w.+-]*@([\w-]+(?:\.[\w-]+)+)"), r"\1***@\2"),
    (re.compile(r"((?:kunci|token|code|password|secret)=)[^\s&\"']+", re.IGNORECASE), rf"\1{MASK}"),
    (re.compile(r"\b(?=[\w-]*\d)(?=[\w-]*[A-Z])(?=[\w-]*[a-z])[\w-]{32,}"), MASK),
)


def mask_text(text: str) -> str:
    """Hide phone numbers (but for two digits), e-mail names and whatever looks like a token."""
    for pattern, hidden in _PATTERNS:
        text = pattern.sub(hidden, text)
    return text


def mask(value: Any) -> Any:
    """Hide personal data wherever it stands inside a value."""
    if isinstance(value, str):
        return mask_text(value)
    if isinstance(value, Mapping):
        return {
            name: MASK if SECRET_NAMES.search(str(name)) else mask(inner)
            for name, inner in value.items()
        }
    if isinstance(value, list | tuple | set | frozenset):
        return [mask(inner) for inner in value]
    return (
        value if value is None or isinstance(value, bool | int | float) else mask_text(str(value))
    )


def _masked(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    return dict(mask(event))


def _stderr(*_names: object) -> structlog.PrintLogger:
    """Look standard error up at every line, since tests and servers replace it."""
    return structlog.PrintLogger(sys.stderr)


def configure() -> None:
    """Set up structlog for this process."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _masked,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=_stderr,
        cache_logger_on_first_use=False,
    )
