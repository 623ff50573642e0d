"""Which tab of the bar a page belongs to."""

from collections.abc import Iterable

from flask import Flask


def nearest(addresses: Iterable[str], here: str) -> str:
    """Return the address that is this page, or the closest one above it; "" without any."""
    above = [url for url in addresses if here == url or here.startswith(f"{url}/")]
    return max(above, key=len, default="")


def register(app: Flask) -> None:
    """Offer it to templates."""
    app.add_template_filter(nearest)
