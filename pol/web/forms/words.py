"""What WTForms says, in Indonesian; WTForms itself ships no Indonesian catalogue."""

from pol.web.language import lazy_gettext as _l

SENTENCES = {
    "This field is required.": _l("Bagian ini harus diisi."),
    "Field must be equal to %(other_name)s.": _l("Isinya harus sama dengan yang di atas."),
    "Field must be at least %(min)d character long.": _l("Paling sedikit %(min)d huruf."),
    "Field must be at least %(min)d characters long.": _l("Paling sedikit %(min)d huruf."),
    "Field cannot be longer than %(max)d character.": _l("Paling banyak %(max)d huruf."),
    "Field cannot be longer than %(max)d characters.": _l("Paling banyak %(max)d huruf."),
    "Field must be exactly %(max)d character long.": _l("Harus tepat %(max)d huruf."),
    "Field must be exactly %(max)d characters long.": _l("Harus tepat %(max)d huruf."),
    "Field must be between %(min)d and %(max)d characters long.": _l(
        "Antara %(min)d dan %(max)d huruf."
    ),
    "Number must be at least %(min)s.": _l("Paling sedikit %(min)s."),
    "Number must be at most %(max)s.": _l("Paling banyak %(max)s."),
    "Number must be between %(min)s and %(max)s.": _l("Antara %(min)s dan %(max)s."),
    "Date must be at least %(min)s.": _l("Tanggalnya paling awal %(min)s."),
    "Date must be at most %(max)s.": _l("Tanggalnya paling akhir %(max)s."),
    "Date must be between %(min)s and %(max)s.": _l("Tanggalnya antara %(min)s dan %(max)s."),
    "Invalid input.": _l("Tulisannya tidak dikenali."),
    "Invalid email address.": _l("Alamat e-mail ini tidak benar. Contoh: nama@contoh.id."),
    "Invalid URL.": _l("Alamat situs ini tidak benar."),
    "Not a valid choice.": _l("Pilih salah satu yang tersedia."),
    "Not a valid choice": _l("Pilih salah satu yang tersedia."),
    "Invalid Choice: could not coerce.": _l("Pilih salah satu yang tersedia."),
    "Invalid choice(s): one or more data inputs could not be coerced.": _l(
        "Pilih yang tersedia saja."
    ),
    "'%(value)s' is not a valid choice for this field.": _l("Pilih yang tersedia saja."),
    "'%(value)s' are not valid choices for this field.": _l("Pilih yang tersedia saja."),
    "Not a valid datetime value.": _l("Tanggal dan jam ini tidak benar."),
    "Not a valid date value.": _l("Tanggal ini tidak benar."),
    "Not a valid time value.": _l("Jam ini tidak benar. Tulis seperti 06:30."),
    "Not a valid integer value.": _l("Tulis dengan angka bulat, misalnya 12."),
    "Not a valid decimal value.": _l("Tulis dengan angka."),
    "Not a valid float value.": _l("Tulis dengan angka."),
    "File does not have an approved extension.": _l("Jenis berkas ini tidak diterima."),
}


class IndonesianWords:
    """What a form asks for its sentences; those that it does not know are ours already."""

    def gettext(self, string: str) -> str:
        return str(SENTENCES.get(string, string))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return self.gettext(singular if n == 1 else plural)
