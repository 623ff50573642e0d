"""The second screen of a slot call: a tick, a start and a width for each shelf of one's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from wtforms import BooleanField
from wtforms.validators import Optional

from pol.kernel.errors import Refused
from pol.partnership.slots.queries.call_space import ShelfSpace, StoreSpace
from pol.partnership.slots.queries.calls import SpanRow
from pol.partnership.slots.rules.spans import Span, check_span
from pol.web.forms.base import PolForm
from pol.web.forms.measures import WholeField
from pol.web.language import gettext, sentence_of

LONGEST_MM = 20_000


@dataclass(frozen=True)
class ShelfFields:
    """A shelf with its three fields."""

    shelf: ShelfSpace
    pick: Any
    x: Any
    width: Any

    @property
    def span(self) -> Span:
        """Return what is asked for; what was not typed is the widest free part, or its rest."""
        widest = self.shelf.widest or Span(0, 0)
        x = widest.x_mm if self.x.data is None else self.x.data
        part = next((each for each in self.shelf.free if each.x_mm <= x < each.end_mm), widest)
        rest = max(0, part.end_mm - x)
        return Span(x, rest if self.width.data is None else self.width.data)


@dataclass(frozen=True)
class FixtureFields:
    """A fixture with the fields of its shelves."""

    name: str
    rows: Sequence[ShelfFields]

    @property
    def chosen(self) -> int:
        """Return how many of its shelves are ticked."""
        return sum(bool(row.pick.data) for row in self.rows)


class SpaceForm(PolForm):
    """Fields are added per shelf by `space_form`."""

    stores: Sequence[StoreSpace] = ()

    def rows(self, store: StoreSpace) -> list[ShelfFields]:
        """Return the shelves of a store with their fields."""
        return [self._row(shelf) for shelf in store.shelves]

    def fixtures(self, store: StoreSpace) -> list[FixtureFields]:
        """Return the shelves of a store with their fields, fixture by fixture."""
        by_fixture = groupby(self.rows(store), lambda row: row.shelf.fixture_name)
        return [FixtureFields(name, list(rows)) for name, rows in by_fixture]

    def _row(self, shelf: ShelfSpace) -> ShelfFields:
        number = shelf.shelf_id
        return ShelfFields(shelf, self[f"rak{number}"], self[f"x{number}"], self[f"w{number}"])

    def picked(self) -> list[ShelfFields]:
        """Return the shelves that are ticked."""
        rows = [self._row(shelf) for store in self.stores for shelf in store.shelves]
        return [row for row in rows if row.pick.data]

    def counted_in(self, store: StoreSpace) -> int:
        """Return how many shelves of a store are ticked."""
        return sum(bool(row.pick.data) for row in self.rows(store))

    def validate(self, extra_validators: Any = None) -> bool:
        """Look at ticked shelves only, and say beside each what does not fit."""
        super().validate(extra_validators)
        picked = self.picked()
        wanted = {id(field) for row in picked for field in (row.x, row.width)}
        for field in self:
            if id(field) not in wanted:
                field.errors = []
        if not picked:
            self.form_errors.append(gettext("Pilih paling sedikit satu ambalan."))
        for row in picked:
            if not (row.x.errors or row.width.errors):
                _check(row)
        return not self.errors

    def spans(self) -> list[tuple[int, Span]]:
        """Return what the service needs to know."""
        return [(row.shelf.shelf_id, row.span) for row in self.picked()]


def _check(row: ShelfFields) -> None:
    try:
        check_span(row.span, width_mm=row.shelf.width_mm, taken=row.shelf.taken)
    except Refused as refusal:
        row.width.errors = [*row.width.errors, sentence_of(refusal)]


def _named(shelf: ShelfSpace, store: StoreSpace) -> str:
    words: str = gettext(
        "%(fixture)s ambalan %(number)s, %(store)s",
        fixture=shelf.fixture_name,
        number=shelf.number,
        store=store.name,
    )
    return words


def space_form(stores: Sequence[StoreSpace], kept: Sequence[SpanRow] | None) -> SpaceForm:
    """Return the form for these shelves: as kept, or with `None` as it was sent."""
    fields: dict[str, Any] = {"stores": stores}
    for store in stores:
        for shelf in store.shelves:
            number, name = shelf.shelf_id, _named(shelf, store)
            fields[f"rak{number}"] = BooleanField(name)
            for letter, label in (("x", gettext("Mulai")), ("w", gettext("Lebar"))):
                fields[f"{letter}{number}"] = WholeField(
                    f"{label} ({name})", [Optional()], least=0, most=LONGEST_MM
                )
    made: type[SpaceForm] = type("SpaceFormOfShelves", (SpaceForm,), fields)
    if kept is None:
        return made()
    data: dict[str, Any] = {}
    for span in kept:
        number = span.shelf_id
        data |= {f"rak{number}": True, f"x{number}": span.x_mm, f"w{number}": span.width_mm}
    return made(formdata=None, data=data)
