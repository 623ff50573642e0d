"""A key for a till."""

from wtforms import StringField
from wtforms.validators import Length

from pol.partnership.consignment.rules.till_keys import LONGEST_LABEL
from pol.web.forms.base import Needed, PolForm
from pol.web.language import lazy_gettext as _l


class TillKeyForm(PolForm):
    """Which till a key is for, so that its owner knows which to stop."""

    label = StringField(
        _l("Kasir yang mana"),
        [Needed(_l("Beri nama kasirnya.")), Length(max=LONGEST_LABEL)],
        description=_l("Misalnya “Kasir depan”. Satu kunci untuk satu kasir."),
        render_kw={"autocomplete": "off", "maxlength": LONGEST_LABEL},
    )
