"""The fourth screen of a slot call."""

from collections.abc import Sequence
from typing import Any

from wtforms import SelectMultipleField, StringField
from wtforms.validators import Length, Optional

from pol.partnership.slots.queries.calls import CallView
from pol.partnership.slots.rules import GoodsCategory
from pol.partnership.slots.rules.call import Criterion
from pol.partnership.slots.services.calls import GoodsFacts
from pol.web.call_words import PERMITS
from pol.web.forms.base import Needed, PolForm
from pol.web.forms.call_fields import ShareField, choices_of
from pol.web.forms.measures import WholeField
from pol.web.goods_words import GOODS
from pol.web.language import gettext
from pol.web.language import lazy_gettext as _l

MOST_CRITERIA = 6


class GoodsForm(PolForm):
    """4: what may be applied with, and how it is scored."""

    categories = SelectMultipleField(_l("Jenis barang"), choices=choices_of(GOODS))
    permits = SelectMultipleField(_l("Izin yang harus ada"), choices=choices_of(PERMITS))
    min_life = ShareField(
        _l("Sisa umur simpan saat dikirim"), [Needed()],
        description=_l("Paling sedikit, dari umur simpan seluruhnya."),
    )  # fmt: skip
    per_producer = WholeField(
        _l("Paling banyak per produsen"), [Needed()], least=1, most=50,
        description=_l("Di satu toko."),
    )  # fmt: skip
    kecamatan_floor = WholeField(
        _l("Paling sedikit tiap kecamatan"), [Needed()], least=0, most=50,
        description=_l("Supaya kecamatan yang jauh juga dapat tempat. 0 berarti bebas."),
    )  # fmt: skip
    offer_days = WholeField(
        _l("Lama tawaran berlaku"), [Needed()], least=1, most=30,
        description=_l("Kalau tidak dijawab, tempatnya pindah ke antrean berikutnya."),
    )  # fmt: skip

    @classmethod
    def of(cls, view: CallView) -> "GoodsForm":
        """Return the form filled with what is kept."""
        kept = view.call
        data: dict[str, Any] = {
            "categories": kept.categories,
            "permits": kept.permits,
            "min_life": kept.min_life_bp,
            "per_producer": kept.per_producer_per_store,
            "kecamatan_floor": kept.kecamatan_floor,
            "offer_days": kept.offer_days,
        }
        for at, criterion in enumerate(view.criteria[:MOST_CRITERIA]):
            data[f"criterion{at}"], data[f"weight{at}"] = criterion.name, criterion.weight
        return cls(formdata=None, data=data)

    @property
    def criterion_rows(self) -> list[tuple[Any, Any]]:
        """Return the fields of each criterion, for the page."""
        return [(self[f"criterion{at}"], self[f"weight{at}"]) for at in range(MOST_CRITERIA)]

    def validate(self, extra_validators: Any = None) -> bool:
        """Also ask for the half of a criterion that was forgotten."""
        sound = bool(super().validate(extra_validators))
        for name, weight in self.criterion_rows:
            if name.data and weight.data is None and not weight.errors:
                weight.errors, sound = [gettext("Tulis bobotnya.")], False
            if weight.data is not None and not name.data:
                name.errors, sound = [gettext("Tulis apa yang dinilai.")], False
        return sound

    def facts(self) -> GoodsFacts:
        """Return what the service needs to know."""
        chosen: Sequence[str] = self.categories.data or []
        return GoodsFacts(
            categories=[GoodsCategory(value) for value in chosen],
            permits=self.permits.data or [],
            min_life_bp=self.min_life.data,
            criteria=[Criterion(n.data, w.data) for n, w in self.criterion_rows if n.data],
            per_producer_per_store=self.per_producer.data,
            kecamatan_floor=self.kecamatan_floor.data,
            offer_days=self.offer_days.data,
        )


for _at in range(MOST_CRITERIA):
    setattr(
        GoodsForm, f"criterion{_at}", StringField(_l("Yang dinilai"), [Optional(), Length(max=60)])
    )
    setattr(GoodsForm, f"weight{_at}", WholeField(_l("Bobot"), [Optional()], least=1, most=100))
