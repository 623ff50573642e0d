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

    def offer(name: str, template: str, size: int) -> None:
        @lru_cache(maxsize=size)
        def draw(locale: str, *values: Hashable) -> Markup:
            macro = getattr(app.jinja_env.get_template(template).module, name)
            return Markup(macro(*values))  # noqa: S704 - a macro has escaped its values

        def remembered(*values: Hashable) -> Markup:
            return draw(current_locale(), *values)

        app.add_template_filter(remembered, name)

    offer("product_card", "ui/cards.html", CARDS)
    offer("blank_fields", "public/_lists.html", FIELDS)
