"""Forms with which administrators find people and give them roles."""

from collections.abc import Sequence

from wtforms import SelectField
from wtforms.validators import Optional

from pol.identity.rules import AT_A_MARKET, Role
from pol.regions.queries import KecamatanRow
from pol.stalls.queries.own import MarketChoice
from pol.web.forms.base import Choice, Needed, PhoneField, PolForm, VillageField
from pol.web.language import lazy_gettext as _l

ROLE_NAMES = {
    Role.MARKET_OFFICER: _l("Petugas pasar"),
    Role.COURIER: _l("Kurir"),
    Role.ADMINISTRATOR: _l("Administrator"),
    Role.VILLAGE_OFFICER: _l("Petugas desa"),
    Role.KECAMATAN_OFFICER: _l("Petugas kecamatan"),
    Role.DINAS_OFFICER: _l("Petugas dinas"),
}


class RoleForm(PolForm):
    """A role and the place that belongs to it; the other places stay empty."""

    role = SelectField(
        _l("Peran"),
        [Needed()],
        choices=[Choice(role.value, name) for role, name in ROLE_NAMES.items()],
    )
    market = SelectField(
        _l("Pasar"), [Optional()], description=_l("Untuk petugas pasar dan kurir.")
    )
    kecamatan = SelectField(
        _l("Kecamatan"), [Optional()], description=_l("Untuk petugas kecamatan.")
    )
    village = VillageField(
        _l("Desa atau kelurahan"), [Optional()], description=_l("Untuk petugas desa.")
    )

    def offer(self, markets: Sequence[MarketChoice], kecamatan: Sequence[KecamatanRow]) -> None:
        """Fill the lists."""
        nothing = Choice("", "–")
        self.market.choices = [
            nothing,
            *(Choice(str(market.market_id), market.name) for market in markets),
        ]
        self.kecamatan.choices = [
            nothing,
            *(Choice(place.code, place.name) for place in kecamatan),
        ]

    @property
    def market_id(self) -> int | None:
        """The market that goes with the role."""
        wanted = Role(self.role.data) in AT_A_MARKET
        return int(self.market.data) if wanted and self.market.data else None

    @property
    def region_code(self) -> str | None:
        """The region that goes with the role."""
        field = {Role.KECAMATAN_OFFICER: self.kecamatan, Role.VILLAGE_OFFICER: self.village}
        chosen = field.get(Role(self.role.data))
        return (chosen.data or None) if chosen else None


class PersonForm(PolForm):
    """Whom an officer helps."""

    phone = PhoneField(
        _l("Nomor HP"), [Needed()], description=_l("Nomor HP orang yang di depan Anda.")
    )
