"""Debian's Chromium, found or installed, and pages in it that report every complaint."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.rig import run

PHONE = {"width": 360, "height": 640}
DESK = {"width": 1280, "height": 800}
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def find() -> str:
    """Return the path of the browser, installing Debian's package when there is none.

    :raises RuntimeError: when there is none and we may not install it.
    """
    with run.locked("chromium"):
        path = _installed()
        if path is None and os.geteuid() == 0 and shutil.which("apt-get"):
            subprocess.run(["apt-get", "update", "-qq"], check=True)
            subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=True)
            path = _installed()
    if path is None:
        raise RuntimeError("No Chromium: install Debian's `chromium`, or set CHROMIUM to its path.")
    return path


def _installed() -> str | None:
    return (
        os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )


@contextmanager
def started() -> Iterator[Browser]:
    """Give a running browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        yield browser
        browser.close()


REFUSAL = re.compile(r"responded with a status of (409|422|429)\b")
"""A page that says no is logged by the browser, yet it is what we meant to send."""


class Complaints(list[str]):
    """What a browser finds wrong: console errors (so CSP, too), exceptions, failed requests."""

    def watch(self, page: Page) -> None:
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.append(f"{page.url}: {error}"))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not REFUSAL.search(message.text):
            self.append(f"{message.location.get('url')}: {message.text}")


def resize(page: Page, screen: dict[str, int]) -> None:
    """Turn the phone into a desk's screen, or back."""
    page.set_viewport_size({"width": screen["width"], "height": screen["height"]})


@contextmanager
def context(
    browser: Browser, url: str, screen: dict[str, int], *, scripts: bool = True
) -> Iterator[BrowserContext]:
    """Give a fresh visitor; at the end nothing may have been complained about."""
    complaints = Complaints()
    visitor = browser.new_context(
        base_url=url,
        viewport={"width": screen["width"], "height": screen["height"]},
        java_script_enabled=scripts,
        has_touch=screen is PHONE,
        locale="id-ID",
        timezone_id="Asia/Jakarta",
        reduced_motion="reduce",
    )
    visitor.set_default_timeout(10_000)
    visitor.on("page", complaints.watch)
    yield visitor
    visitor.close()
    if complaints:
        raise AssertionError("\n".join(complaints))
