"""Where to go after logging in: a page of ours, whatever the address says."""

import re

from flask import request, url_for

LOCAL = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*", re.ASCII)


def is_local(target: str | None) -> bool:
    """Answer whether this is a path of our own site: one slash, no host, nothing invisible."""
    return bool(target) and len(target or "") <= 500 and bool(LOCAL.fullmatch(target or ""))


def next_page() -> str | None:
    """Return the page that the visitor wanted, if the address names one of ours."""
    target = request.values.get("next")
    return target if is_local(target) else None


def after_login() -> str:
    """Return the page that the visitor wanted, or the way to the own desk."""
    return next_page() or url_for("account_home.start")
