"""Who may open what: the one table that the matrix is checked against.

A policy, a blueprint with values in its addresses, or such a value that is missing here fails the
matrix: whoever adds a page says here to whom its objects belong.
"""

from collections.abc import Mapping

from tests.access import shelf

EVERYBODY = (
    "anonymous",
    "guest",
    "guest_with_key",
    "customer",
    "other_customer",
    "trader",
    "helper",
    "other_trader",
    "courier",
    "other_courier",
    "officer",
    "other_officer",
    "officer_without_code",
    "administrator",
    "buyer",
    "other_buyer",
    "buyer_without_code",
    "clerk",
    "other_clerk",
    "dinas",
    "dinas_without_code",
)
WITHOUT_ACCOUNT = {"anonymous", "guest", "guest_with_key"}
HATS: Mapping[str, set[str]] = {
    "open_to_all": set(EVERYBODY),
    "login_only": set(EVERYBODY) - WITHOUT_ACCOUNT,
    "trader_only": {"trader", "helper", "other_trader"},
    "courier_only": {"courier", "other_courier"},
    "officer_only": {"officer", "other_officer", "officer_without_code"},
    "admin_only": {"administrator"},
    "retailer_only": {"buyer", "other_buyer", "buyer_without_code"},
    "store_only": {"buyer", "other_buyer", "buyer_without_code", "clerk", "other_clerk"},
    "dinas_only": {"dinas", "dinas_without_code"},
    "till_only": set(),  # tills bring a key, people never do
}
"""Who wears the hat that a guard asks for."""

NEEDS_CODE = {"officer_only", "admin_only", "retailer_only", "dinas_only"}
"""Policies that also ask for the second factor."""

PUBLIC = "everybody"
OWNERS: Mapping[str, tuple[set[str], set[str]] | str] = {
    # blueprint: who may reach the objects of this side, and of the other
    "public_market": PUBLIC,
    "public_category": PUBLIC,
    "public_stall": PUBLIC,
    "public_product": PUBLIC,
    "public_pictures": PUBLIC,
    "customer_group": ({"customer", "guest_with_key"}, {"other_customer"}),
    "customer_answer": ({"customer", "guest_with_key"}, {"other_customer"}),
    "customer_problem": ({"customer", "guest_with_key"}, {"other_customer"}),
    "customer_credit": ({"customer"}, {"other_customer"}),
    "customer_papers": ({"customer", "guest_with_key"}, {"other_customer"}),
    "customer_cart": ({"customer"}, {"other_customer"}),
    "account_devices": ({"customer"}, {"other_customer"}),
    "account_inbox": ({"customer"}, {"other_customer"}),
    "trader_orders": ({"trader", "helper"}, {"other_trader"}),
    "trader_scales": ({"trader", "helper"}, {"other_trader"}),
    "trader_problems": ({"trader", "helper"}, {"other_trader"}),
    "trader_slip": ({"trader", "helper"}, {"other_trader"}),
    "trader_product": ({"trader", "helper"}, {"other_trader"}),
    "trader_products": ({"trader", "helper"}, {"other_trader"}),
    "trader_payments": ({"trader", "helper"}, {"other_trader"}),
    "customer_pay": ({"customer", "guest_with_key"}, {"other_customer"}),
    "trader_stall": ({"trader", "helper"}, {"other_trader"}),
    "trader_today": ({"trader", "helper"}, {"other_trader"}),
    "courier_trips": ({"courier"}, {"other_courier"}),
    "officer_trips": ({"officer"}, {"other_officer"}),
    "officer_stalls": ({"officer"}, {"other_officer"}),
    "officer_products": ({"officer"}, {"other_officer"}),
    "officer_problems": ({"officer"}, {"other_officer"}),
    "officer_groups": ({"officer"}, {"other_officer"}),
    "officer_refunds": ({"officer"}, {"other_officer"}),
    "officer_refund": ({"officer"}, {"other_officer"}),
    "courier_refunds": ({"courier"}, {"other_courier"}),
    "officer_transfers": ({"officer"}, {"other_officer"}),
    "officer_qris": ({"officer"}, {"other_officer"}),
    "officer_post": ({"officer"}, {"other_officer"}),
    "officer_deposits": ({"officer"}, {"other_officer"}),
    "officer_till": ({"officer"}, {"other_officer"}),
    "account_deposit": ({"trader", "helper", "officer"}, {"other_trader", "other_officer"}),
    "officer_books": ({"officer"}, {"other_officer"}),
    "admin_books": ({"administrator"}, {"administrator"}),
    "admin_people": ({"administrator"}, {"administrator"}),
    "admin_commission": ({"administrator"}, {"administrator"}),
    "admin_payouts": ({"administrator"}, {"administrator"}),
    "trader_balance": ({"trader", "helper"}, {"other_trader"}),
    "officer_payouts": ({"officer"}, {"other_officer"}),
    **shelf.OWNERS,
}

FIXED: Mapping[str, object] = {
    "public_pictures.width": 320,
    "public_pictures.suffix": "jpg",
}
"""Values of addresses that belong to nobody."""

BESIDE = {"static", "bundle", "assets.bundle"}
"""Files that come with the program and are the same for everybody."""

OWN_RULE = {
    "account_second_step.show": "login",  # without the first step there is no second
    "account_second_step.enter": "login",
    "account_login.leave": "login",
    "public_callback.midtrans": "missing",  # no provider, no messages of one
    "api_v1_sales.take": "no key",  # whoever comes with a cookie, or with nothing
}
"""Pages that are open and yet send on, or away, whoever comes from nowhere."""

OWNER_FIRST = {"trader_stall.remove_helper"}
"""Pages that tell a helper to ask the owner, before they look at anything."""

FIELDS: Mapping[str, dict[str, str]] = {
    "trader_orders.shrink": {"quantity": "1"},
    "trader_scales.weigh": {"weight": "1"},
    "trader_orders.refuse": {"reason": "Habis"},
    "customer_cart.edit": {"quantity": "1"},
    "officer_refunds.finish": {"note": "Tunai"},
    "courier_refunds.pay": {"seen": "1", "receiver": "Bu Rini"},
    "courier_refunds.bring_back": {"seen": "1", "reason": "Rumah kosong"},
    "trader_payments.refuse": {"reason": "Uang belum masuk"},
    "officer_transfers.refuse": {"reason": "Uang belum masuk"},
    "officer_trips.assign": {"courier": "1"},
    "officer_payouts.failed": {"reason": "Nomor salah"},
    "admin_commission.end": {"last_day": "2099-01-01"},
    "officer_deposits.receive": {"key": "k" * 20, "amount": "1.000", "seen": "5000"},
    "officer_till.bring": {"key": "k" * 20, "amount": "1.000", "reference": "BRI 1"},
    "officer_till.limit": {"ceiling": "1.000"},
    "customer_papers.issue": {"buyer": "SDN Contoh", "address": "Jalan Contoh 1"},
    "courier_trips.fail": {"reason": "Rumah kosong"},
    **shelf.FIELDS,
}
"""What a form must hold before the page looks for the object."""


def expected(policy: str, endpoint: str, role: str, side: int | None) -> str:
    """Return what somebody should meet; `side` is None for what does not exist."""
    if endpoint in OWN_RULE:
        return OWN_RULE[endpoint]
    if role not in HATS[policy]:
        return "login" if role in WITHOUT_ACCOUNT else "forbidden"
    if policy in NEEDS_CODE and role.endswith("without_code"):
        return "second factor"
    owners = OWNERS.get(endpoint.split(".")[0], PUBLIC)
    if role == "helper" and endpoint in OWNER_FIRST:
        return "in"
    if side is None:
        return "missing"
    return "in" if owners == PUBLIC or role in owners[side] else "missing"
