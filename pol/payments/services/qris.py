"""Paying by QRIS: whose code is used, and what it asks for."""

from pol.payments.rules.qris import Limits

_limits: list[Limits] = [Limits()]


def use_limits(limits: Limits) -> None:
    """Say, once per application, how much one QRIS payment may be."""
    _limits[:] = [limits]


def limits() -> Limits:
    """Return the limits in use."""
    return _limits[0]
