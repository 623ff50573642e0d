"""The style page: every part of our design in every state, for those who build pages."""

from types import SimpleNamespace

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from wtforms import (
    BooleanField,
    FileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from pol.kernel.money import Rupiah
from pol.web.access import open_to_all
from pol.web.forms.base import Choice, Needed, PhoneField, PolForm, QuantityField, RupiahField

bp = Blueprint("public_style", __name__)


class SampleForm(PolForm):
    """One field of each kind."""

    name = StringField("Nama barang", [Needed()], description="Seperti orang pasar menyebutnya.")
    price = RupiahField("Harga", [Needed()])
    least = QuantityField("Paling sedikit")
    unit = SelectField("Satuan", choices=[Choice("kg"), Choice("ikat"), Choice("ekor")])
    phone = PhoneField("Nomor HP", [Needed()])
    story = TextAreaField("Keterangan")
    picture = FileField("Ambil foto atau pilih gambar")
    weighed = BooleanField("Ditimbang lagi saat disiapkan")
    payment = RadioField(
        "Cara bayar",
        choices=[Choice("cash", "Tunai saat barang datang"), Choice("transfer", "Transfer bank")],
        default="cash",
    )
    days = SelectMultipleField("Hari buka", choices=[Choice("Senin"), Choice("Selasa")])


def _wrong_form() -> SampleForm:
    form = SampleForm(formdata=None, prefix="salah", data={"name": "Bandeng segar"})
    form.price.errors = ["Tulis harga dengan angka rupiah, misalnya 12.500."]
    form.phone.errors = ["Nomor ini terlalu pendek. Contoh: 0812-3456-7890."]
    form.payment.errors = ["Pilih salah satu yang tersedia."]
    return form


def _products() -> list[SimpleNamespace]:
    goods = [
        ("Bandeng segar tambak", 34_000, "kg", "Lapak Bu Contoh", None),
        ("Wingko Babat isi 10", 27_500, "bungkus", "Wingko Contoh", None),
        ("Tenun ikat Parengan motif gapura, sarung", 385_000, "lembar", "Tenun Contoh", "tutup"),
        ("Cabai rawit merah", 62_000, "kg", "Lapak Pak Contoh", "habis"),
    ]
    return [
        SimpleNamespace(
            slug="contoh",
            name=name,
            price=Rupiah(price),
            unit_label=unit,
            stall_name=stall,
            market_name="Pasar Contoh",
            picture_key=None,
            note=note,
        )
        for name, price, unit, stall, note in goods
    ]


def _place(name: str, opens: str, *, is_open: bool) -> SimpleNamespace:
    return SimpleNamespace(
        slug="contoh",
        name=name,
        place="Babat",
        market_name="Pasar Contoh",
        stall_count_text="24 lapak",
        opens=opens,
        is_open=is_open,
    )


@bp.get("/gaya")
@open_to_all
def show() -> ResponseReturnValue:
    return render_template(
        "dev/style.html",
        form=SampleForm(formdata=None),
        wrong=_wrong_form(),
        products=_products(),
        places=[
            _place("Pasar Contoh", "Buka sampai 11.00 WIB", is_open=True),
            _place("Pasar Contoh Dua", "Buka besok, Legi, 04.00 WIB", is_open=False),
        ],
        sales=[("Sen", 310, "310"), ("Sel", 275, "275"), ("Rab", 420, "420"), ("Kam", 180, "180")],
    )
