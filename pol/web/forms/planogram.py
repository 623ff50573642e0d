"""Moving a product on the shelves of a store."""

from collections.abc import Mapping, Sequence

from wtforms import HiddenField, SelectField

from pol.kernel.errors import Refused
from pol.partnership.applications.queries.labels import ProductLabel
from pol.partnership.slots.queries.planogram import PlacedRow
from pol.partnership.slots.queries.shelves import FixtureRow, ShelfRow
from pol.partnership.slots.rules import placing
from pol.partnership.slots.rules.shelf import LONGEST_MM
from pol.web.forms.base import Choice, Needed, PolForm
from pol.web.forms.measures import WholeField
from pol.web.language import gettext
from pol.web.language import lazy_gettext as _l

AT_X = (placing.PlaceOutside, placing.PlaceTaken)


class MoveForm(PolForm):
    """Which product, to which shelf, how far from its left edge; `rak` and `pada`: the way back."""

    rak = HiddenField()
    pada = HiddenField()
    number = SelectField(_l("Produk"), [Needed(_l("Pilih produknya."))])
    shelf = SelectField(_l("Ke ambalan"), [Needed(_l("Pilih ambalannya."))])
    x = WholeField(
        _l("Dari tepi kiri"),
        [Needed(_l("Isi jaraknya dalam milimeter, misalnya 0."))],
        least=0,
        most=LONGEST_MM,
    )

    def offer(
        self,
        placed: Sequence[PlacedRow],
        labels: Mapping[int, ProductLabel],
        shelves: Sequence[ShelfRow],
        fixtures: Sequence[FixtureRow],
    ) -> None:
        """Fill both lists."""
        codes = {fixture.fixture_id: fixture.code for fixture in fixtures}
        self.number.choices = [
            Choice("", gettext("Pilih produknya")),
            *(Choice(row.number, f"{labels[row.sheet_id].name} · {row.number}") for row in placed),
        ]
        self.shelf.choices = [
            Choice(
                str(row.shelf_id),
                gettext("%(code)s, ambalan %(number)s", code=codes[row.fixture_id],
                        number=row.number),
            )
            for row in shelves
        ]  # fmt: skip

    def blame_rule(self, refusal: Refused) -> None:
        """Show a rule's refusal beside the field that it is about."""
        about_product = isinstance(refusal, placing.PlacementOver)
        field = "x" if isinstance(refusal, AT_X) else "shelf"
        self.blame(refusal, "number" if about_product else field)
