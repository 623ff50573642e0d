"""Axe, the accessibility checker, on a page as it stands."""

from importlib.resources import files
from typing import Any

from playwright.sync_api import BrowserContext, Page

SCRIPT = (files("axe_playwright_python") / "axe.min.js").read_text()
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
RUN = "rules => axe.run(document, rules).then(answer => answer.violations)"


def prepare(context: BrowserContext) -> None:
    """Bring the checker along to every page of this visitor, which spares sending it each time."""
    context.add_init_script(SCRIPT)


def violations(page: Page) -> list[str]:
    """Return each broken rule with the elements that break it.

    The script goes in past the page's content policy, as an extension's would.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT)
    broken_rules: list[dict[str, Any]] = page.evaluate(RUN, RULES)
    return [
        f"{broken['id']}: {broken['help']}: {', '.join(str(n['target']) for n in broken['nodes'])}"
        for broken in broken_rules
    ]
