"""Where to go afterwards: a page of ours, whatever the address says."""

import re
from urllib.parse import quote

from flask import request, url_for

LOCAL = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*", re.ASCII)


def is_local(target: str | None) -> bool:
    """Answer whether this is a path of our own site: one slash, no host, nothing invisible."""
    return bool(target) and len(target or "") <= 500 and bool(LOCAL.fullmatch(target or ""))


def next_page() -> str | None:
    """Return the page that the visitor wanted, if the address names one of ours."""
    target = request.values.get("next")
    return target if is_local(target) else None


def this_page() -> str | None:
    """Return the address of the page that is being shown; None for an answer to a form."""
    if request.method not in {"GET", "HEAD"}:
        return None
    asked = request.query_string.decode("ascii", "replace")
    here = f"{quote(request.path)}?{asked}" if asked else quote(request.path)
    return here if is_local(here) else None


def after_login() -> str:
    """Return the page that the visitor wanted, or the way to the own desk."""
    return next_page() or url_for("account_home.start")
