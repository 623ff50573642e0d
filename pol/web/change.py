"""The one way a page changes anything."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, flash, g, request

from pol.kernel.errors import Refused
from pol.kernel.transaction import only_read, transaction
from pol.web.language import sentence_of


class Outcome:
    """What became of a change: `refusal` is None when it was made."""

    refusal: Refused | None = None


@contextmanager
def change(*, done: str | None = None, tell: bool = True, whole: bool = True) -> Iterator[Outcome]:
    """Commit the change and say so; if a rule refuses, undo it and say why.

    With `tell=False` the page shows the refusal itself, beside the field. For `whole` see
    `transaction`.
    """
    outcome = Outcome()
    try:
        with transaction(whole=whole):
            yield outcome
    except Refused as refusal:
        outcome.refusal = g.refusal = refusal
        if tell:
            flash(sentence_of(refusal), "bad")
    else:
        if done:
            flash(done, "good")


def register(app: Flask) -> None:
    """Let pages that change nothing read without a transaction."""
    app.before_request(lambda: only_read(wanted=request.method in {"GET", "HEAD"}))
    app.teardown_request(lambda _error: only_read(wanted=False))
