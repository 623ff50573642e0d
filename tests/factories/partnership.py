"""The shelf partnership for tests, from a retailer to goods on its shelf; see the two files."""

from tests.factories.shelved_goods import Partnership, make_batch, make_partnership
from tests.factories.shelves import (
    CLOSES,
    FROM,
    UNTIL,
    make_agreement,
    make_application,
    make_call,
    make_member,
    make_placement,
    make_retailer,
    make_sheet,
    make_shelf,
    make_store,
)

__all__ = [
    "CLOSES",
    "FROM",
    "UNTIL",
    "Partnership",
    "make_agreement",
    "make_application",
    "make_batch",
    "make_call",
    "make_member",
    "make_partnership",
    "make_placement",
    "make_retailer",
    "make_sheet",
    "make_shelf",
    "make_store",
]
