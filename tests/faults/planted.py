"""Bugs that the fault tests must find; planted into the processes that they kill."""

import secrets
from dataclasses import replace
from typing import Any

from pol.cart import services as carts
from pol.catalogue.services import stock
from pol.kernel.db import db
from pol.web.customer import checkout


def commit_half_way() -> None:
    """Let a checkout commit between its stock and its orders."""
    module: Any = stock
    honest = module.reserve

    def reserve(needs: Any, **others: Any) -> Any:
        short = honest(needs, **others)
        db.session.commit()
        return short

    module.reserve = reserve


def forget_keys() -> None:
    """Let every press be a new checkout, of a cart that is emptied some other time."""
    page: Any = checkout
    basket: Any = carts
    honest = page.place_order

    def place_order(*, wanted: Any, **others: Any) -> Any:
        return honest(wanted=replace(wanted, key=secrets.token_urlsafe(24)), **others)

    page.place_order = place_order
    basket.empty_cart = lambda **_: None
