"""Parts of pages that many pages share, drawn once.

A part is remembered by the very values that it shows, so it can never be out of date.
"""

from collections.abc import Hashable
from functools import lru_cache

from flask import Flask
from markupsafe import Markup

from pol.web.language import current_locale

CARDS, FIELDS = 4_000, 200


def register(app: Flask) -> None:
    """Offer the parts to templates as filters of the values they show."""

    def draw(name: str, template: str, *values: Hashable) -> Markup:
        macro = getattr(app.jinja_env.get_template(template).module, name)
        return Markup(macro(*values))  # noqa: S704 - a macro has escaped its values

    @lru_cache(maxsize=CARDS)
    def product_card(card: Hashable, _locale: str) -> Markup:
        return draw("product_card", "ui/cards.html", card)

    @lru_cache(maxsize=FIELDS)
    def fields_in(_locale: str, *values: Hashable) -> Markup:
        return draw("blank_fields", "public/_lists.html", *values)

    def blank_fields(*values: Hashable) -> Markup:
        return fields_in(current_locale(), *values)

    app.add_template_filter(product_card, "product_card")
    app.add_template_filter(blank_fields, "blank_fields")
