"""A button that somebody presses until there is an answer, and what should be there then."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from time import monotonic, sleep

from tests.rig.pages import Form
from tests.rig.visitor import GONE, Answer, Visitor

PATIENCE_SECONDS = 30
"""How long somebody presses again before the test gives up."""
PAUSE_SECONDS = 0.03
DONE = frozenset({HTTPStatus.SEE_OTHER})
DONE_OR_DONE_BEFORE = DONE | {HTTPStatus.CONFLICT}


@dataclass(frozen=True)
class Effect:
    """What a change makes of what can be looked at."""

    look: Callable[[], object]
    before: object
    after: object


@dataclass
class Press:
    """A button that somebody presses, with the same form, until there is an answer."""

    what: str
    who: str
    visitor: Visitor
    form: Form
    lines: Counter[int] = field(default_factory=Counter)
    number: str = ""
    """The order group that it is about, or that the answer named."""
    effect: Effect | None = None
    answers: frozenset[HTTPStatus] = DONE
    """With which statuses the page says that the change is made, now or by an earlier press."""
    acknowledged: bool = False
    others: list[Answer] = field(default_factory=list)
    """The answers that did not say yes."""

    def once(self, **headers: str) -> Answer | None:
        """Press; None when the process behind the page ended first."""
        try:
            answer = self.visitor.send(self.form, **headers)
        except GONE:
            return None
        if answer.status not in self.answers:
            self.others.append(answer)
            return answer
        self.acknowledged = True
        if self.what == "checkout":
            self.number = answer.location.split("?")[0].rsplit("/", 1)[1]
        return answer

    def insist(self) -> int:
        """Press again until it is acknowledged; return how often nobody answered."""
        gone, deadline = 0, monotonic() + PATIENCE_SECONDS
        while not self.acknowledged and monotonic() < deadline:
            gone += self.once() is None
            if not self.acknowledged:
                sleep(PAUSE_SECONDS)
        self.visitor.close()
        assert self.acknowledged, (self.what, self.who, self.others[-1:])
        return gone
