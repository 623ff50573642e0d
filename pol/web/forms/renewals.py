"""What one side proposes for a place, and what the other answers."""

from wtforms import DateField, RadioField, TextAreaField
from wtforms.validators import Length, Optional

from pol.kernel.errors import Refused
from pol.partnership.agreements.rules.following import FacingsOutside
from pol.partnership.settlement.rules import RenewalKind
from pol.partnership.settlement.rules import renewing as rules
from pol.partnership.slots.rules import holding
from pol.web.forms.base import Choice, PolForm
from pol.web.forms.days import NearDay
from pol.web.forms.measures import WholeField
from pol.web.language import lazy_gettext as _l

KINDS = {
    RenewalKind.RENEW: _l("Perpanjang"),
    RenewalKind.RESIZE: _l("Ubah jumlah muka"),
    RenewalKind.FREE: _l("Lepas tempatnya"),
}
KIND_WORDS = KINDS | {RenewalKind.MOVE: _l("Pindah ke ambalan lain")}
"""Moving is proposed on the planogram, the others by form."""

FIELD_OF: dict[type[Refused], str] = {
    rules.RenewalTooLong: "last_day",
    rules.RenewalTooShort: "last_day",
    rules.RenewalReasonMissing: "reason",
    holding.PlacePromised: "last_day",
    holding.NothingLeft: "last_day",
    FacingsOutside: "facings",
    holding.PlaceBooked: "facings",
    holding.PlaceHeld: "facings",
    holding.PlaceNotGivenBack: "facings",
    holding.PlacePastEnd: "facings",
    holding.PlaceTooSmall: "facings",
    holding.ShelfOverloaded: "facings",
}


class WishForm(PolForm):
    """More time, another size, or an end."""

    kind = RadioField(
        _l("Usulan"),
        choices=[Choice(kind.value, words) for kind, words in KINDS.items()],
        default=RenewalKind.RENEW.value,
    )
    last_day = DateField(_l("Hari terakhir yang baru"), [Optional(), NearDay()])
    facings = WholeField(_l("Jumlah muka yang baru"), [Optional()], most=100)
    reason = TextAreaField(_l("Alasan"), [Length(max=500)])
