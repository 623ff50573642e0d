"""What WTForms says, in Indonesian; WTForms itself ships no Indonesian catalogue."""

from pol.web.language import gettext

SENTENCES = {
    "This field is required.": "Bagian ini harus diisi.",
    "Field must be equal to %(other_name)s.": "Isinya harus sama dengan yang di atas.",
    "Field must be at least %(min)d character long.": "Paling sedikit %(min)d huruf.",
    "Field must be at least %(min)d characters long.": "Paling sedikit %(min)d huruf.",
    "Field cannot be longer than %(max)d character.": "Paling banyak %(max)d huruf.",
    "Field cannot be longer than %(max)d characters.": "Paling banyak %(max)d huruf.",
    "Field must be exactly %(max)d character long.": "Harus tepat %(max)d huruf.",
    "Field must be exactly %(max)d characters long.": "Harus tepat %(max)d huruf.",
    "Field must be between %(min)d and %(max)d characters long.": (
        "Antara %(min)d dan %(max)d huruf."
    ),
    "Number must be at least %(min)s.": "Paling sedikit %(min)s.",
    "Number must be at most %(max)s.": "Paling banyak %(max)s.",
    "Number must be between %(min)s and %(max)s.": "Antara %(min)s dan %(max)s.",
    "Date must be at least %(min)s.": "Tanggalnya paling awal %(min)s.",
    "Date must be at most %(max)s.": "Tanggalnya paling akhir %(max)s.",
    "Date must be between %(min)s and %(max)s.": "Tanggalnya antara %(min)s dan %(max)s.",
    "Invalid input.": "Tulisannya tidak dikenali.",
    "Invalid email address.": "Alamat e-mail ini tidak benar. Contoh: nama@contoh.id.",
    "Invalid URL.": "Alamat situs ini tidak benar.",
    "Not a valid choice.": "Pilih salah satu yang tersedia.",
    "Not a valid choice": "Pilih salah satu yang tersedia.",
    "Invalid Choice: could not coerce.": "Pilih salah satu yang tersedia.",
    "Invalid choice(s): one or more data inputs could not be coerced.": "Pilih yang tersedia saja.",
    "'%(value)s' is not a valid choice for this field.": "Pilih yang tersedia saja.",
    "'%(value)s' are not valid choices for this field.": "Pilih yang tersedia saja.",
    "Not a valid datetime value.": "Tanggal dan jam ini tidak benar.",
    "Not a valid date value.": "Tanggal ini tidak benar.",
    "Not a valid time value.": "Jam ini tidak benar. Tulis seperti 06:30.",
    "Not a valid integer value.": "Tulis dengan angka bulat, misalnya 12.",
    "Not a valid decimal value.": "Tulis dengan angka.",
    "Not a valid float value.": "Tulis dengan angka.",
    "File does not have an approved extension.": "Jenis berkas ini tidak diterima.",
}


class IndonesianWords:
    """What a form asks for its sentences; the page's catalogue then translates them further."""

    def gettext(self, string: str) -> str:
        sentence: str = gettext(SENTENCES.get(string, string))
        return sentence

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return self.gettext(singular if n == 1 else plural)
