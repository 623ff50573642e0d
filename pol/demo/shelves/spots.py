"""A product's place in a store as the play sees it: what stands there, and how fast it goes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from pol.demo.shelves.seasons import season
from pol.partnership.slots.rules import GoodsCategory

LONG, FAIR = 100, 40
"""Days that goods must keep to be brought for four weeks, or for three."""


@dataclass
class Pile:
    """Pieces of one batch."""

    batch_id: int
    expires_on: date
    left: int


@dataclass
class Spot:
    """A place; `weekly` is what a usual week sells there, `hope` what its producer makes of it."""

    placement_id: int
    agreement_id: int
    sheet_id: int
    stall_id: int
    store_id: int
    kind: GoodsCategory
    life_days: int
    from_on: date
    until_on: date
    weekly: float
    hope: float
    piles: list[Pile] = field(default_factory=list)
    rest: float = 0.0

    @property
    def weeks_brought(self) -> int:
        """Return for how many weeks a delivery is meant to last."""
        return 4 if self.life_days >= LONG else 3 if self.life_days >= FAIR else 2

    def sound(self, day: date) -> Iterator[Pile]:
        """Return what may be sold on a day, the first to expire first."""
        return (pile for pile in self.piles if pile.left and pile.expires_on >= day)

    def there(self, day: date) -> int:
        """Return how many may be sold on a day."""
        return sum(pile.left for pile in self.sound(day))

    def wanted(self, day: date) -> int:
        """Return how many their producer brings: none while enough stand there."""
        if not self.from_on <= day < self.until_on - timedelta(days=14):
            return 0
        there, week = self.there(day), self.weekly * self.hope
        if there > 0.8 * week:
            return 0
        return max(3, round((self.weeks_brought + 0.5) * week) - there)

    def bought(self, day: date, *, days: int, rng: Random) -> int:
        """Return how many pieces people take in some days; never more than there are."""
        if day >= self.until_on:
            return 0
        usual = self.weekly * days / 7 * season(day, self.kind)
        self.rest += usual * rng.uniform(0.6, 1.4)
        pieces = min(int(self.rest), self.there(day))
        self.rest -= int(self.rest)
        return pieces

    def take(self, pieces: int, day: date) -> list[tuple[Pile, int]]:
        """Take pieces off the shelf as a till does; return how many of which batch."""
        taken = []
        for pile in self.sound(day):
            part = min(pieces, pile.left)
            if part:
                pile.left -= part
                pieces -= part
                taken.append((pile, part))
        self.piles = [pile for pile in self.piles if pile.left]
        return taken


def taste(store: int, sheet: int) -> float:
    """Return how much a store's customers like a product; always the same for the same two."""
    return Random(f"taste {store} {sheet}").uniform(0.55, 1.5)  # noqa: S311 - a play


def hope(store: int, sheet: int) -> float:
    """Return how well its producer guesses: below 1 shelves run empty, above goods grow old."""
    return Random(f"hope {store} {sheet}").choice((0.8, 0.9, 1.0, 1.1, 1.3, 1.6))  # noqa: S311
