"""Forms of consigned goods: what is brought, what is taken in, sold, sent back and counted."""

import secrets
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, cast

from wtforms import (
    BooleanField,
    DateField,
    FileField,
    HiddenField,
    SelectField,
    StringField,
)
from wtforms.validators import Length, Optional
from wtforms.widgets import HiddenInput

from pol.kernel.errors import Refused
from pol.partnership.consignment.queries.counts import CountedRow
from pol.partnership.consignment.queries.deliveries import LineRow
from pol.partnership.consignment.queries.sales import ProductRow
from pol.partnership.consignment.queries.terms import PlaceRow
from pol.partnership.consignment.rules import ReturnReason
from pol.partnership.consignment.rules.delivery import (
    MOST_PIECES,
    AlreadyExpired,
    ExpiryNeeded,
    ReasonNeeded,
    TooLittleLife,
    TooMuchLife,
)
from pol.partnership.consignment.rules.pos import COLUMNS
from pol.partnership.consignment.rules.sale import PeriodClosed, SoldTomorrow
from pol.partnership.consignment.services.deliveries import Load
from pol.partnership.consignment.services.receiving import Taken
from pol.partnership.consignment.services.sales import SheetRefused
from pol.web.forms.base import Choice, Needed, PolForm
from pol.web.forms.days import NearDay
from pol.web.forms.measures import WholeField
from pol.web.language import lazy_gettext as _l

KEY = [Needed(), Length(min=16, max=64)]
ABOUT_EXPIRY = (ExpiryNeeded, AlreadyExpired, TooLittleLife, TooMuchLife)
ABOUT_THE_DAY = (SoldTomorrow, PeriodClosed)
LAST_ID = 2**31 - 1
PIECES = {"autocomplete": "off"}


def pieces(label: Any, *, needed: bool = False) -> Any:
    """Return a field for a whole number of pieces; empty counts as none unless it is needed."""
    first = Needed(_l("Isi jumlahnya; tulis 0 kalau tidak ada.")) if needed else Optional()
    return WholeField(label, [first], least=0, most=MOST_PIECES, render_kw=PIECES)


class KeyedForm(PolForm):
    """A form that writes goods; its key makes a second press harmless."""

    key = HiddenField(validators=KEY)

    def fresh_key(self) -> None:
        """Give the form a key of its own."""
        self.key.data = secrets.token_urlsafe(24)


class DeliveryForm(KeyedForm):
    """What goes to a store; three fields for each product that has a place there."""

    note = StringField(_l("Catatan untuk toko"), [Length(max=200)])

    def loads(self, places: Sequence[PlaceRow]) -> list[Load]:
        """Return the lines with a quantity."""
        return [
            Load(
                place.placement_id,
                self[f"jumlah_{place.placement_id}"].data,
                self[f"kode_{place.placement_id}"].data or "-",
                self[f"kedaluwarsa_{place.placement_id}"].data,
            )
            for place in places
            if self[f"jumlah_{place.placement_id}"].data
        ]

    def blame_place(self, refusal: Refused, places: Sequence[PlaceRow]) -> None:
        """Show a refusal beside the quantity, or the day of expiry, that it is about."""
        filled = [place for place in places if self[f"jumlah_{place.placement_id}"].data]
        named = [place for place in filled if place.name == refusal.values.get("name")]
        (place, *_rest) = named or filled or places
        name = "kedaluwarsa" if isinstance(refusal, ABOUT_EXPIRY) else "jumlah"
        self.blame(refusal, f"{name}_{place.placement_id}")


@lru_cache(maxsize=256)
def _delivery(placement_ids: tuple[int, ...]) -> type[DeliveryForm]:
    fields: dict[str, Any] = {}
    for placement_id in placement_ids:
        fields[f"jumlah_{placement_id}"] = pieces(_l("Jumlah"))
        fields[f"kode_{placement_id}"] = StringField(_l("Kode produksi"), [Length(max=40)])
        fields[f"kedaluwarsa_{placement_id}"] = DateField(
            _l("Kedaluwarsa"), [Optional(), NearDay()]
        )
    return cast("type[DeliveryForm]", type("DeliveryFormOfStore", (DeliveryForm,), fields))


def delivery_form(
    places: Sequence[PlaceRow], *, today: date, code: str, sent: bool = False
) -> DeliveryForm:
    """Return the form for a store: as it was sent, or with today's code and full shelf lives."""
    names = {place.placement_id: place.name for place in places}
    shape = _delivery(tuple(names))
    if sent:
        return shape().name_lines(names)
    known: dict[str, Any] = {}
    for place in places:
        known[f"kode_{place.placement_id}"] = code
        if place.shelf_life_days:
            until = today + timedelta(days=place.shelf_life_days)
            known[f"kedaluwarsa_{place.placement_id}"] = until
    form = shape(formdata=None, data=known)
    form.fresh_key()
    return form


class ReceiptForm(PolForm):
    """What a store takes in; two fields for each line of the note, three for a recalled one."""

    def taken(self, lines: Sequence[LineRow]) -> dict[int, Taken]:
        """Return what is accepted, why the rest is not, and what for, by line."""
        return {
            line.id: Taken(
                self[f"terima_{line.id}"].data or 0,
                self[f"sebab_{line.id}"].data or "",
                to_return=line.recalled and self[f"kembali_{line.id}"].data,
            )
            for line in lines
        }

    def blame_line(self, refusal: Refused, lines: Sequence[LineRow]) -> None:
        """Show a refusal beside the line that it is about: what was taken, or why not the rest."""
        named = [line.id for line in lines if line.name == refusal.values.get("name")]
        if isinstance(refusal, ReasonNeeded):
            silent = [id for id in named if not self[f"sebab_{id}"].data]
            self.blame(refusal, f"sebab_{(silent or named)[0]}")
        else:
            self.blame(refusal, f"terima_{named[0]}" if named else None)


@lru_cache(maxsize=256)
def _receipt(lines: tuple[tuple[int, bool], ...]) -> type[ReceiptForm]:
    fields: dict[str, Any] = {}
    for line_id, recalled in lines:
        fields[f"terima_{line_id}"] = pieces(_l("Diterima"), needed=True)
        fields[f"sebab_{line_id}"] = StringField(_l("Sebab ditolak"), [Length(max=200)])
        if recalled:
            fields[f"kembali_{line_id}"] = BooleanField(
                _l("Terima hanya untuk dikembalikan atau dimusnahkan")
            )
    return cast("type[ReceiptForm]", type("ReceiptFormOfNote", (ReceiptForm,), fields))


def receipt_form(lines: Sequence[LineRow], *, sent: bool = False) -> ReceiptForm:
    """Return the form of a note: as it was sent, or with everything accepted but recalled goods."""
    shape = _receipt(tuple((line.id, line.recalled) for line in lines))
    if sent:
        return shape().name_lines({line.id: line.name for line in lines})
    known = {f"terima_{line.id}": 0 if line.recalled else line.sent for line in lines}
    return shape(formdata=None, data=known)


class SheetForm(KeyedForm):
    """A day's sheet: how many of each product were sold."""

    day = DateField(_l("Hari"), [Needed(), NearDay()])

    def pieces(self, sheet_ids: Sequence[int]) -> dict[int, int]:
        """Return what was sold, by product."""
        return {sheet_id: self[f"laku_{sheet_id}"].data or 0 for sheet_id in sheet_ids}

    def blame_lines(self, refusal: SheetRefused) -> None:
        """Show each line's refusal beside it; what is wrong with the day is said once, there."""
        for sheet_id, why in refusal.by_sheet.items():
            if not isinstance(why, ABOUT_THE_DAY):
                self.blame(why, f"laku_{sheet_id}")
            elif not self.day.errors:
                self.blame(why, "day")


@lru_cache(maxsize=256)
def _sheet(sheet_ids: tuple[int, ...]) -> type[SheetForm]:
    fields: dict[str, Any] = {f"laku_{sheet_id}": pieces(_l("Terjual")) for sheet_id in sheet_ids}
    return cast("type[SheetForm]", type("SheetFormOfStore", (SheetForm,), fields))


def sheet_form(products: Sequence[ProductRow], *, day: date, sent: bool = False) -> SheetForm:
    """Return the form of a store's products: as it was sent, or empty for a day."""
    names = {row.sheet_id: row.name for row in products}
    shape = _sheet(tuple(names))
    if sent:
        return shape().name_lines(names)
    form = shape(formdata=None, data={"day": day})
    form.fresh_key()
    return form


class ScanForm(KeyedForm):
    """A code from a scanner or typed, and how many."""

    code = StringField(
        _l("Kode barang"), [Needed(_l("Pindai atau ketik kodenya.")), Length(max=60)]
    )
    quantity = pieces(_l("Jumlah"), needed=True)


class ReasonForm(PolForm):
    """Why something is taken back."""

    reason = StringField(_l("Sebab"), [Needed(_l("Tulis sebabnya.")), Length(max=200)])


class TillFileForm(PolForm):
    """A file from a till."""

    file = FileField(_l("Berkas kasir (CSV atau XLSX)"), render_kw={"accept": ".csv,.xlsx,.txt"})


class MappingForm(PolForm):
    """Which column of a file means what."""

    day = SelectField(_l("Tanggal"), [Needed(_l("Pilih kolomnya."))])
    code = SelectField(_l("Kode barang"), [Needed(_l("Pilih kolomnya."))])
    quantity = SelectField(_l("Jumlah terjual"), [Needed(_l("Pilih kolomnya."))])
    price = SelectField(_l("Harga satuan"), [Optional()])
    receipt = SelectField(_l("Nomor struk"), [Optional()])

    def columns(self) -> dict[str, int]:
        """Return the number of the column that was chosen for each meaning."""
        return {name: int(self[name].data) for name in COLUMNS if self[name].data}


def mapping_form(
    heading: Sequence[str], columns: dict[str, int], *, sent: bool = False
) -> MappingForm:
    """Return the form of a file's columns: as it was sent, or as remembered or guessed."""
    known = {name: str(at) for name, at in columns.items() if at < len(heading)}
    form = MappingForm() if sent else MappingForm(formdata=None, data=known)
    titles = [Choice(str(at), title or f"Kolom {at + 1}") for at, title in enumerate(heading)]
    for name in COLUMNS:
        none = _l("Tidak ada") if name in COLUMNS[3:] else _l("Pilih")
        form[name].choices = [Choice("", none), *titles]
    return form


class ReturnForm(KeyedForm):
    """Some of one batch that goes back, or is destroyed at once."""

    batch = WholeField(
        _l("Barang"), [Needed(_l("Pilih barangnya."))], most=LAST_ID, widget=HiddenInput()
    )
    quantity = pieces(_l("Jumlah"), needed=True)
    reason = SelectField(_l("Sebab"), choices=[Choice(each.value) for each in ReturnReason])
    way = SelectField(_l("Caranya"), choices=[Choice("kembali"), Choice("musnah")])


class CountForm(PolForm):
    """What is on the shelf, counted without seeing what the records say."""

    note = StringField(_l("Catatan"), [Length(max=200)])

    def counted(self, lines: Sequence[CountedRow]) -> dict[int, int]:
        """Return what was counted, by batch."""
        return {line.batch_id: self[f"ada_{line.batch_id}"].data for line in lines}


@lru_cache(maxsize=256)
def _count(batch_ids: tuple[int, ...]) -> type[CountForm]:
    fields: dict[str, Any] = {f"ada_{id}": pieces(_l("Ada"), needed=True) for id in batch_ids}
    return cast("type[CountForm]", type("CountFormOfStore", (CountForm,), fields))


def count_form(lines: Sequence[CountedRow], *, sent: bool = False) -> CountForm:
    """Return the form of a count: as it was sent, or empty."""
    names = {line.batch_id: f"{line.name}, {line.code}" for line in lines}
    shape = _count(tuple(names))
    return shape().name_lines(names) if sent else shape(formdata=None)
