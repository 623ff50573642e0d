"""What a producer, the Dinas and a retailer fill in about an application."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from wtforms import HiddenField, SubmitField, TextAreaField
from wtforms.validators import Length

from pol.kernel.errors import Refused
from pol.partnership.applications.queries.applications import ApplicationRow
from pol.partnership.applications.queries.calls import StoreRow
from pol.partnership.applications.queries.details import RepairRow, WishRow
from pol.partnership.applications.rules import life
from pol.partnership.applications.rules.sheet import MOST_A_WEEK
from pol.partnership.applications.services.applying import Wish
from pol.web.forms.base import Needed, PolForm
from pol.web.forms.measures import WholeField
from pol.web.language import gettext
from pol.web.language import lazy_gettext as _l

MOST_FACINGS = 60
FIELD_OF: dict[type[Refused], str] = {
    life.FacingsBackwards: "max_facings",
    life.RepairListEmpty: "items",
    life.ReasonMissing: "reason",
}


class WishForm(PolForm):
    """What an application asks for; `with_stores` adds one field for the place of each store."""

    min_facings = WholeField(
        _l("Paling sedikit"), [Needed(_l("Isi berapa muka."))], most=MOST_FACINGS, default=1
    )
    max_facings = WholeField(
        _l("Paling banyak"), [Needed(_l("Isi berapa muka."))], most=MOST_FACINGS, default=2
    )
    capacity_week = WholeField(
        _l("Sanggup mengirim seminggu"),
        [Needed(_l("Isi berapa bungkus seminggu."))],
        most=MOST_A_WEEK,
    )
    note = TextAreaField(_l("Pesan untuk toko"), [Length(max=500)])
    sheet = HiddenField()
    call = HiddenField()
    draft = SubmitField(_l("Simpan dulu"))

    stores: Sequence[StoreRow] = ()

    @classmethod
    def with_stores(cls, stores: Sequence[StoreRow]) -> "type[WishForm]":
        """Return the form for these stores."""
        fields: dict[str, Any] = {
            f"store_{store.store_id}": WholeField(store.name, most=999) for store in stores
        }
        return type("WishFormWithStores", (cls,), {**fields, "stores": stores})

    def start(self, wishes: Sequence[WishRow], row: ApplicationRow | None = None) -> "WishForm":
        """Fill in what was asked for before."""
        for wish in wishes:
            name = f"store_{wish.store_id}"
            if name in self:
                self[name].data = wish.wish
        if row is not None:
            self.min_facings.data, self.max_facings.data = row.min_facings, row.max_facings
            self.capacity_week.data, self.note.data = row.capacity_week, row.note
        return self

    def rank(self, store_ids: Collection[int]) -> None:
        """Number these stores in the order shown, so that one press sends them all."""
        shown = [store for store in self.stores if store.store_id in store_ids]
        for place, store in enumerate(shown, 1):
            self[f"store_{store.store_id}"].data = place

    def wish(self) -> Wish:
        """Return what the services want to know: stores in order of wish, ties as listed."""
        ranked = [
            (self[f"store_{store.store_id}"].data, place, store.store_id)
            for place, store in enumerate(self.stores)
        ]
        return Wish(
            store_ids=[store_id for rank, _, store_id in sorted(r for r in ranked if r[0])],
            min_facings=self.min_facings.data,
            max_facings=self.max_facings.data,
            capacity_week=self.capacity_week.data,
            note=self.note.data or "",
        )

    def blame_rule(self, refusal: Refused) -> None:
        """Show a rule's refusal beside the field that it is about."""
        self.blame(refusal, FIELD_OF.get(type(refusal)))


class AnswersForm(PolForm):
    """An answer to each thing that was to be put right."""

    items: Sequence[RepairRow] = ()

    @classmethod
    def for_items(cls, items: Sequence[RepairRow]) -> "type[AnswersForm]":
        """Return the form for these points."""
        fields: dict[str, Any] = {
            f"answer_{item.item_id}": TextAreaField(
                item.what, [Needed(gettext("Tulis apa yang sudah dibenahi.")), Length(max=500)]
            )
            for item in items
        }
        return type("AnswersFormForItems", (cls,), {**fields, "items": items})

    def answers(self) -> Mapping[int, str]:
        """Return the answers by point."""
        return {one.item_id: self[f"answer_{one.item_id}"].data or "" for one in self.items}


class AppealForm(PolForm):
    """Why a refusal should be looked at again."""

    text = TextAreaField(
        _l("Mengapa perlu dilihat lagi?"),
        [Needed(_l("Tulis alasan bandingnya.")), Length(max=1_000)],
    )


class ReasonForm(PolForm):
    """Why somebody says no."""

    reason = TextAreaField(
        _l("Alasan"),
        [Needed(_l("Tulis alasannya, supaya produsen mengerti.")), Length(max=500)],
    )


class RepairForm(ReasonForm):
    """What is to be put right: why, and one point in each line."""

    items = TextAreaField(
        _l("Yang harus dibenahi"),
        [Needed(_l("Tulis paling sedikit satu hal yang harus dibenahi.")), Length(max=2_000)],
    )

    def lines(self) -> list[str]:
        """Return the points."""
        return (self.items.data or "").splitlines()[:20]

    def blame_rule(self, refusal: Refused) -> None:
        """Show a rule's refusal beside the field that it is about."""
        self.blame(refusal, FIELD_OF.get(type(refusal)))
