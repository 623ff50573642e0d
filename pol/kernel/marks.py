"""Word that a change leaves for whoever waits for its commit, such as "catalogue"."""

from pol.kernel.db import db


def mark(what: str) -> None:
    """Note that this transaction touches something that others keep copies of."""
    db.session.info.setdefault("marks", set()).add(what)


def take_marks() -> set[str]:
    """Return the marks of this transaction and forget them."""
    marks: set[str] = db.session.info.pop("marks", set())
    return marks
