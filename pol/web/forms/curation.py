"""What a buyer fills in about an applicant: points, reasons, and what one facing should sell."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import StringField
from wtforms.validators import Length

from pol.partnership.applications.queries.details import ScoreRow
from pol.partnership.applications.services.curation import Mark
from pol.web.forms.base import PolForm
from pol.web.forms.measures import WholeField
from pol.web.language import gettext
from pol.web.language import lazy_gettext as _l

MOST_DEMAND = 100_000


class ScoreForm(PolForm):
    """Points and a note for each criterion; empty points are still to come."""

    demand = WholeField(_l("Laku per muka seminggu"), most=MOST_DEMAND)
    criteria: Sequence[ScoreRow] = ()

    @classmethod
    def for_criteria(cls, criteria: Sequence[ScoreRow]) -> "type[ScoreForm]":
        """Return the form for these criteria."""
        fields: dict[str, Any] = {"criteria": criteria}
        for one in criteria:
            fields[f"points_{one.criterion_id}"] = WholeField(one.name, least=0, most=100)
            fields[f"note_{one.criterion_id}"] = StringField(
                gettext("Catatan untuk %(name)s", name=one.name), [Length(max=300)]
            )
        return type("ScoreFormForCriteria", (cls,), fields)

    def start(self, demand_milli: int | None) -> "ScoreForm":
        """Fill in what was given before."""
        self.demand.data = None if demand_milli is None else demand_milli // 1_000
        for one in self.criteria:
            self[f"points_{one.criterion_id}"].data = one.points
            self[f"note_{one.criterion_id}"].data = one.note or ""
        return self

    def rows(self) -> list[tuple[ScoreRow, Any, Any]]:
        """Return each criterion with its two fields."""
        return [
            (one, self[f"points_{one.criterion_id}"], self[f"note_{one.criterion_id}"])
            for one in self.criteria
        ]

    def marks(self) -> Mapping[int, Mark]:
        """Return the points that were given."""
        return {
            one.criterion_id: Mark(points.data, note.data or "")
            for one, points, note in self.rows()
            if points.data is not None
        }

    def demand_milli(self) -> int | None:
        """Return the expected demand in thousandths of a unit."""
        return None if self.demand.data is None else self.demand.data * 1_000
