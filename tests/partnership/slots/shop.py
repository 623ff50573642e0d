"""A retailer with one store, as tests of shelves begin."""

from dataclasses import dataclass

from pol.identity.models import User
from pol.identity.rules import Role
from pol.partnership.slots.models import Retailer, Store
from pol.partnership.slots.rules import RetailSeat
from tests.factories.partnership import make_member, make_retailer, make_store
from tests.factories.people import give_role, make_person


@dataclass(frozen=True)
class Shop:
    """A store, its retailer and the retailer's people."""

    retailer: Retailer
    store: Store
    owner: User
    clerk: User

    @property
    def here(self) -> str:
        return f"/peritel/toko/{self.store.slug}"


def make_shop(name: str = "Toko Contoh Babat") -> Shop:
    """Add a retailer with an owner, a verified store and its clerk."""
    retailer = make_retailer()
    store = make_store(retailer, name=name)
    clerk = make_member(retailer, seat=RetailSeat.CLERK, store=store)
    return Shop(retailer, store, make_member(retailer), clerk)


def make_dinas() -> User:
    """Add an officer of the Dinas."""
    officer = make_person("Petugas Dinas (contoh)")
    give_role(officer, Role.DINAS_OFFICER)
    return officer
