"""Tables of retailers, their shelves, calls and placements."""

from pol.partnership.slots.models.call import CallCharge, CallCriterion, CallSpan, SlotCall
from pol.partnership.slots.models.past import PlacementBefore, StoreBefore
from pol.partnership.slots.models.placement import Placement
from pol.partnership.slots.models.retailer import FollowUp, Retailer, RetailMember, Store
from pol.partnership.slots.models.shelf import Fixture, Shelf, ShelfVersion
from pol.partnership.slots.models.term import TermRule

__all__ = [
    "CallCharge",
    "CallCriterion",
    "CallSpan",
    "Fixture",
    "FollowUp",
    "Placement",
    "PlacementBefore",
    "RetailMember",
    "Retailer",
    "Shelf",
    "ShelfVersion",
    "SlotCall",
    "Store",
    "StoreBefore",
    "TermRule",
]
