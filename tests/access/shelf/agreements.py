"""Addresses of agreements in the shelf partnership."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pol.identity.models import User
from tests.factories.partnership import Partnership

OWNERS: Mapping[str, tuple[set[str], set[str]] | str] = {}
FIELDS: Mapping[str, dict[str, str]] = {}


def values(p: Partnership, people: dict[str, User], now: datetime) -> dict[str, Any]:
    """Return what the values in addresses mean on this side."""
    return {}
