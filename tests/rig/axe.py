"""Axe, the accessibility checker, on a page as it stands."""

from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

SCRIPT = (files("axe_playwright_python") / "axe.min.js").read_text()
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def violations(page: Page) -> list[str]:
    """Return each broken rule with the elements that break it.

    The script goes in past the page's content policy, as an extension's would.
    """
    page.evaluate(SCRIPT)
    answer: dict[str, Any] = page.evaluate("rules => axe.run(document, rules)", RULES)
    return [
        f"{broken['id']}: {broken['help']}: {', '.join(str(n['target']) for n in broken['nodes'])}"
        for broken in answer["violations"]
    ]
