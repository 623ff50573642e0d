"""Names of the shelf partnership: retailers, stores, shelves, calls, placements."""

from enum import StrEnum


class RetailSeat(StrEnum):
    OWNER = "owner"
    BUYER = "buyer"
    CLERK = "clerk"


class StoreStatus(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    VERIFIED = "verified"
    SUSPENDED = "suspended"


class FixtureStatus(StrEnum):
    ACTIVE = "active"
    REFIT = "refit"
    CLOSED = "closed"


class GoodsCategory(StrEnum):
    KERIPIK = "keripik"
    KERUPUK = "kerupuk"
    KOPI_JAHE = "kopi_jahe"
    KUE_KERING = "kue_kering"
    MINUMAN = "minuman"
    OLAHAN_IKAN = "olahan_ikan"
    SAMBAL_BUMBU = "sambal_bumbu"
    KERAJINAN = "kerajinan"


class CoopForm(StrEnum):
    """Titip jual, beli putus, sewa rak, slot program."""

    CONSIGNMENT = "consignment"
    OUTRIGHT = "outright"
    RENT = "rent"
    PROGRAMME = "programme"


class CallStatus(StrEnum):
    DRAFT = "draft"
    CHECKED = "checked"
    OPEN = "open"
    CLOSED = "closed"
    ALLOCATED = "allocated"
    DONE = "done"
    CANCELLED = "cancelled"


class ChargeKind(StrEnum):
    LISTING_FEE = "listing_fee"
    PROMOTION = "promotion"
    RENT = "rent"
    SHORTAGE = "shortage"
    OTHER = "other"


class ChargeBasis(StrEnum):
    ONCE = "once"
    PER_PERIOD = "per_period"
    SHARE_OF_SALES = "share_of_sales"


class Bearer(StrEnum):
    """Who bears what is unsold, damaged, expired or missing."""

    PRODUCER = "producer"
    RETAILER = "retailer"


class TermRuleKind(StrEnum):
    """What a dated rule looks at; the number beside it is a whole one of the unit named."""

    CHARGES_MOST_BP = "charges_most_bp"
    PAYMENT_DAYS_MOST = "payment_days_most"
    LISTING_FEE_NEW_GOODS_ONLY = "listing_fee_new_goods_only"
    LISTING_FEE_FREE_FOR_SMALL = "listing_fee_free_for_small"
    AREA_SHARE_LEAST_BP = "area_share_least_bp"
    WRITTEN_IN_INDONESIAN = "written_in_indonesian"
    CLOSED_LIST_OF_CHARGES = "closed_list_of_charges"
    FINES_BOTH_WAYS = "fines_both_ways"


class TermPlace(StrEnum):
    """What kind of place a rule speaks about; our stores are toko swalayan."""

    STORE = "store"
    CENTRE = "centre"


class RuleWeight(StrEnum):
    """A rule that binds stops a call unless a reason is stated; advice is only shown."""

    BINDS = "binds"
    ADVICE = "advice"


class PlacementStatus(StrEnum):
    RESERVED = "reserved"
    LIVE = "live"
    ENDED = "ended"


HOLDS_SPACE = (PlacementStatus.RESERVED, PlacementStatus.LIVE)
