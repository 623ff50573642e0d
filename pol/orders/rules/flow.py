"""Where the money of an order group went: from the customer, through what we hold, to everybody."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pol.kernel.money import ZERO, Rupiah, total

Postings = Sequence[tuple[str, Rupiah]]
PURSES = frozenset({"bank", "cash", "provider"})
"""Accounts in which money stands; the others say whose it is."""

CREDIT = "credit"


@dataclass(frozen=True)
class Stream:
    """An amount that came from an account or went to it; `is_back`: to the customer again."""

    code: str
    amount: Rupiah
    is_back: bool = False


@dataclass(frozen=True)
class Flow:
    """All that came in and all that it became; both sides have the same sum."""

    sources: Sequence[Stream]
    uses: Sequence[Stream]

    @property
    def total(self) -> Rupiah:
        """What came in, and therefore what went out."""
        return total(stream.amount for stream in self.sources)


def follow(postings: Iterable[tuple[str, Rupiah]]) -> Flow:
    """Return where the money of these postings came from and went, in the order of the ledger.

    Money that moves from one purse to another is still where it was: ours. What a purse or store
    credit gives back is a use of its own beside what it once brought.
    """
    came: dict[str, Rupiah] = defaultdict(lambda: ZERO)
    back: dict[str, Rupiah] = defaultdict(lambda: ZERO)
    owed: dict[str, Rupiah] = defaultdict(lambda: ZERO)
    for event in _events(postings):
        if all(_kind(code) in PURSES for code, _ in event):
            continue
        for code, amount in event:
            if _kind(code) not in PURSES | {CREDIT}:
                owed[code] -= amount
            elif amount > ZERO:
                came[code] += amount
            else:
                back[code] -= amount
    sources = [Stream(code, amount) for code, amount in came.items() if amount]
    sources += [Stream(code, -amount) for code, amount in owed.items() if amount < ZERO]
    uses = [Stream(code, amount) for code, amount in owed.items() if amount > ZERO]
    uses += [Stream(code, amount, is_back=True) for code, amount in back.items() if amount]
    return Flow(sources, uses)


def _events(postings: Iterable[tuple[str, Rupiah]]) -> Iterable[Postings]:
    """Cut the line of postings wherever it sums to zero, as each entry does."""
    event: list[tuple[str, Rupiah]] = []
    for posting in postings:
        event.append(posting)
        if total(amount for _, amount in event) == ZERO:
            yield event
            event = []
    if event:
        yield event


def _kind(code: str) -> str:
    return code.partition(":")[0]
