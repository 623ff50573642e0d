"""How long a person needs, reckoned from what they read, tap and type; never from a clock.

The keystroke-level model of Card, Moran and Newell (1980): a decision before each deed 1.35 s, a
tap 1.1 s. Typing on a phone: 36 words of five letters a minute (Palin and others, 2019). Reading:
every word of every page at 238 a minute (Brysbaert, 2019).
"""

from dataclasses import dataclass, field

from playwright.sync_api import Page as Tab

DECIDE, TAP = 1.35, 1.1
LETTER = 60 / (36 * 5)
WORD = 60 / 238
WATCH = """
addEventListener("DOMContentLoaded", () => {
  const text = document.querySelector("main")?.innerText ?? "";
  tally("words", text.split(/\\s+/).filter((word) => /\\w/.test(word)).length);
});
addEventListener("focusin", (event) => {
  if (event.target.matches("input, select, textarea")) tally("deeds", 1);
});
addEventListener("click", (event) => {
  if (event.target.closest("a, button, summary, label")) tally("deeds", 1);
});
addEventListener("input", (event) => tally("letters", event.target.value.length));
"""


@dataclass
class Effort:
    """What somebody has read and done so far."""

    pages: list[int] = field(default_factory=list)
    """The words of each page, in the order in which they came."""
    deeds: int = 0
    letters: int = 0

    @property
    def seconds(self) -> float:
        """Return how long all of it takes a person, up to the page that says that it is done."""
        read, done = sum(self.pages[:-1]) * WORD, self.deeds * (DECIDE + TAP)
        return read + done + self.letters * LETTER

    def told(self) -> dict[str, int]:
        """Return it as figures for the table."""
        return {
            "words": sum(self.pages[:-1]),
            "deeds": self.deeds,
            "letters": self.letters,
            "seconds": round(self.seconds),
        }

    def add(self, kind: str, count: int) -> None:
        """Count what the page has seen."""
        if kind == "words":
            self.pages.append(count)
        elif kind == "deeds":
            self.deeds += count
        else:
            self.letters += count


def watched(tab: Tab) -> Effort:
    """Count from now on what a tab shows and what is done in it."""
    effort = Effort()
    tab.expose_function("tally", effort.add)
    tab.add_init_script(WATCH)
    return effort
