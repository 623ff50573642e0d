"""Controls of forms that hold nothing personal, drawn once.

WTForms puts a control together attribute by attribute, which took a fifth of a page with a form.
A control is remembered by everything that it shows; what somebody typed is never remembered.
"""

from collections.abc import Callable
from typing import Any

from markupsafe import Markup
from wtforms import SelectField, StringField, TextAreaField

from pol.web.forms.fields import PhoneField, QuantityField, RupiahField, VillageField

LIMIT = 1_000
TEXTS = (StringField, TextAreaField, PhoneField, QuantityField, RupiahField, VillageField)
drawn: dict[tuple[Any, str], Markup] = {}


def draw_once(field: Any, attributes: dict[str, Any], draw: Callable[[], Markup]) -> Markup:
    """Return the control, drawn now unless the very same one was drawn before."""
    shown: object = None
    if type(field) is SelectField:
        shown = (field.data, field.choices)
    elif type(field) not in TEXTS or field._value():  # noqa: SLF001 - what widgets show
        return draw()
    facts = (field.id, field.name, vars(field.flags), field.render_kw, attributes, shown)
    key = (field.widget, repr(facts))
    control = drawn.get(key)
    if control is None:
        if len(drawn) >= LIMIT:
            drawn.clear()
        control = drawn[key] = draw()
    return control
