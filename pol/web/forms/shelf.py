"""What a retailer fills in about fixtures and shelves: whole millimetres and kilograms."""

from datetime import date
from typing import Any

from wtforms import DateField, SelectField, SelectMultipleField, StringField
from wtforms.validators import Length, Optional

from pol.kernel.errors import Refused
from pol.partnership.slots.queries.shelves import FixtureRow, ShelfRow
from pol.partnership.slots.rules import FixtureStatus, GoodsCategory
from pol.partnership.slots.rules import shelf as rules
from pol.partnership.slots.rules.shelf import Measures
from pol.partnership.slots.services.shelves import FixtureFacts, ShelfFacts
from pol.web.forms.base import Choice, Needed, PolForm
from pol.web.forms.measures import KilogramField, WholeField
from pol.web.goods_words import GOODS
from pol.web.language import lazy_gettext as _l
from pol.web.retailer.shelf_words import FIXTURE_STATUSES

WHOLE_MM = _l("Isi ukurannya dalam milimeter.")
FIELD_OF: dict[type[Refused], str] = {
    rules.ShelfTooWide: "width",
    rules.ShelfTooDeep: "depth",
    rules.ShelfTooHigh: "height",
    rules.ShelvesOverlap: "bottom",
    rules.TooManyShelves: "shelves",
    rules.FixtureDatesBackwards: "until_on",
    rules.FixtureInUse: "from_on",
    rules.ShelfReasonMissing: "reason",
}


def _mm(label: object, most: int, least: int = 1) -> WholeField:
    return WholeField(label, [Needed(WHOLE_MM)], least=least, most=most)


def _reason(hint: str) -> StringField:
    return StringField(
        _l("Alasan"), [Needed(_l("Tulis alasannya.")), Length(max=200)], description=hint
    )


class MeasuredForm(PolForm):
    """A form whose refusals of a rule belong beside one of its fields."""

    def blame_rule(self, refusal: Refused) -> None:
        """Show a rule's refusal beside the field that it is about."""
        name = FIELD_OF.get(type(refusal))
        self.blame(refusal, name if name in self else None)


class FixtureForm(MeasuredForm):
    """Name and measures of a fixture."""

    name = StringField(
        _l("Nama rak"), [Needed(_l("Isi nama raknya.")), Length(max=60)],
        description=_l("Misalnya “Gondola dekat kasir”."),
    )  # fmt: skip
    width = _mm(_l("Lebar"), rules.LONGEST_MM)
    height = _mm(_l("Tinggi"), rules.HIGHEST_MM)
    depth = _mm(_l("Dalam"), rules.DEEPEST_MM)

    @classmethod
    def of(cls, row: FixtureRow) -> "FixtureForm":
        """Return the form filled with what holds now."""
        room = {"width": row.width_mm, "height": row.height_mm, "depth": row.depth_mm}
        return cls(formdata=None, data={"name": row.name, **room})

    def facts(self) -> FixtureFacts:
        """Return what the services want to know."""
        room = (self.width.data, self.height.data, self.depth.data)
        return FixtureFacts(self.name.data or "", *room)


class NewFixtureForm(FixtureForm):
    """A fixture with boards of the same height."""

    shelves = WholeField(
        _l("Jumlah ambalan"),
        [Needed(_l("Isi jumlahnya, misalnya 5."))],
        least=0,
        most=rules.MOST_SHELVES,
        description=_l("Dibagi rata dulu; tiap ambalan bisa diatur sesudahnya."),
        default=5,
    )
    load = KilogramField(
        _l("Kekuatan tiap ambalan"),
        [Needed(_l("Isi beratnya dalam kilogram, misalnya 30."))],
        most=rules.HEAVIEST_G,
        default=30_000,
    )


class ShelfForm(MeasuredForm):
    """One board."""

    bottom = _mm(_l("Tinggi papan dari lantai"), rules.HIGHEST_MM, least=0)
    height = _mm(_l("Ruang di atas papan"), rules.HIGHEST_MM)
    width = _mm(_l("Lebar"), rules.LONGEST_MM)
    depth = _mm(_l("Dalam"), rules.DEEPEST_MM)
    load = KilogramField(
        _l("Kekuatan"),
        [Needed(_l("Isi beratnya dalam kilogram, misalnya 30."))],
        most=rules.HEAVIEST_G,
    )
    level = WholeField(
        _l("Nilai jual tingginya"),
        [Optional()],
        least=10,
        most=300,
        description=_l("100 berarti rata-rata; setinggi mata biasanya 120. Kosong: kami taksir."),
    )
    categories = SelectMultipleField(
        _l("Hanya untuk"),
        choices=[Choice(kind.value, GOODS[kind]) for kind in GoodsCategory],
        description=_l("Tidak memilih berarti semua jenis boleh."),
    )

    @classmethod
    def of(cls, row: ShelfRow, **moved: int) -> "ShelfForm":
        """Return the form filled with what holds now, or with where a board was dragged."""
        m = row.measures
        data: dict[str, Any] = {
            "bottom": m.bottom_mm,
            "height": m.height_mm,
            "width": m.width_mm,
            "depth": m.depth_mm,
            "load": m.load_g,
            "level": row.level_factor_bp // 100,
            "categories": list(row.categories),
        }
        return cls(formdata=None, data=data | moved)

    def facts(self) -> ShelfFacts:
        """Return what the services want to know."""
        bottom = self.bottom.data
        measures = Measures(
            bottom, self.width.data, self.height.data, self.depth.data, self.load.data
        )
        level = self.level.data * 100 if self.level.data else rules.level_factor(bottom)
        return ShelfFacts(measures, level, tuple(self.categories.data or ()))


class ShelfChangeForm(ShelfForm):
    """A board that changes, with why."""

    reason = _reason(_l("Tersimpan di riwayat ambalan, misalnya “ditata ulang untuk Lebaran”."))


class RemoveForm(PolForm):
    """Why a board goes away."""

    reason = _reason(_l("Tersimpan di riwayat ambalan."))


class FixtureStatusForm(MeasuredForm):
    """From when until when a fixture is away, and why."""

    status = SelectField(
        _l("Keadaan"),
        choices=[Choice(one.value, FIXTURE_STATUSES[one][0]) for one in FixtureStatus],
    )
    from_on = DateField(_l("Mulai"), [Needed(_l("Isi tanggal mulainya."))])
    until_on = DateField(
        _l("Dipakai lagi"), [Optional()], description=_l("Kosong berarti belum tahu.")
    )
    reason = _reason(_l("Misalnya “lantai diperbaiki”."))

    @classmethod
    def of(cls, row: FixtureRow, today: date) -> "FixtureStatusForm":
        """Return the form filled with what holds now."""
        away = row.status is not FixtureStatus.ACTIVE
        data = {"status": row.status.value, "until_on": row.status_until if away else None}
        return cls(formdata=None, data=data | {"from_on": row.status_from if away else today})
