"""The pages."""

from importlib import import_module

from flask import Flask
from flask_babel import Babel

from pol.web import (
    access,
    addresses,
    assets,
    bill_words,
    bundle,
    cache,
    call_words,
    change,
    commission_words,
    csrf,
    errors,
    filters,
    fragments,
    headers,
    language,
    nul,
    qr,
    viewer,
)

BLUEPRINT_MODULES: tuple[str, ...] = (
    "public.health",
    "public.home",
    "public.category",
    "public.market",
    "public.stall",
    "public.product",
    "public.search",
    "public.village",
    "public.language",
    "public.pictures",
    "public.callback",
    "account.login",
    "account.second_step",
    "account.register",
    "account.recover",
    "account.home",
    "account.devices",
    "account.second_factor",
    "account.inbox",
    "account.deposit",
    "account.credit",
    "admin.people",
    "admin.trail",
    "admin.commission",
    "admin.payouts",
    "admin.books",
    "admin.terms",
    "officer.books",
    "officer.codes",
    "customer.cart",
    "customer.checkout",
    "customer.group",
    "customer.pay",
    "customer.answer",
    "customer.papers",
    "customer.problem",
    "customer.credit",
    "customer.groups",
    "customer.track",
    "trader.orders",
    "trader.scales",
    "trader.slip",
    "trader.problems",
    "trader.today",
    "trader.products",
    "trader.product",
    "trader.prices",
    "trader.stall",
    "trader.qris",
    "trader.payments",
    "trader.sales",
    "trader.balance",
    "trader.bank_account",
    "trader.deposits",
    "officer.stalls",
    "officer.products",
    "courier.trips",
    "courier.bag",
    "courier.refunds",
    "officer.desk",
    "officer.transfers",
    "officer.qris",
    "officer.refunds",
    "officer.refunds_way",
    "officer.problems",
    "officer.groups",
    "officer.payouts",
    "officer.deposits",
    "officer.till",
    "officer.post",
    "producer.sheets",
    "producer.calls",
    "officer.trips",
    "retailer.bills",
    "producer.money",
    "dinas.disputes",
    "retailer.register",
    "retailer.members",
    "retailer.stores",
    "retailer.shelves",
    "dinas.stores",
    "producer.deliveries",
    "retailer.goods",
    "retailer.receiving",
)


def register(app: Flask) -> None:
    """Put pages, guards, headers and filters on the application."""
    Babel(app, locale_selector=language.current_locale)
    doors = (addresses, language, nul, change, access, viewer, csrf)
    words = (commission_words, bill_words, call_words)
    parts = (*doors, errors, filters, *words, qr, assets, bundle, fragments, headers)
    for part in (*parts, cache):
        part.register(app)
    pages = (*BLUEPRINT_MODULES, "public.style") if app.config["STYLE_PAGE"] else BLUEPRINT_MODULES
    for name in pages:
        app.register_blueprint(import_module(f"pol.web.{name}").bp)
    access.refuse_unguarded(app)
