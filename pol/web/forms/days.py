"""Days that people type; those that no calendar of ours reaches are refused."""

from datetime import date
from typing import Any

from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from pol.web.language import gettext

FIRST, LAST = date(2020, 1, 1), date(2099, 12, 31)


class NearDay:
    """The day must lie between 2020 and 2099; one day more or less is then a day, too."""

    def __call__(self, form: BaseForm, field: Any) -> None:
        if field.data is not None and not FIRST <= field.data <= LAST:
            raise ValidationError(gettext("Tulis tanggal antara tahun 2020 dan 2099."))
