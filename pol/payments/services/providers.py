"""Which payment provider is in use, and what every provider can do."""

from typing import Protocol

from pol.payments.rules.provider import Charge, Charged, Seen


class Provider(Protocol):
    """Somebody outside who takes customers' money for us. Nothing here touches the database.

    Each may raise `ProviderSilent` (nobody knows what happened) or `ProviderRefused` (nothing
    happened, with the reason).
    """

    @property
    def name(self) -> str:
        """The name under which attempts and messages are kept."""

    def charge(self, charge: Charge) -> Charged:
        """Open a charge; never repeated by itself, since it is not idempotent."""

    def look(self, reference: str) -> Seen | None:
        """Return what is known of a charge, None if it was never opened."""

    def cancel(self, reference: str) -> None:
        """Close a charge that is not paid yet."""

    def refund(self, reference: str, *, key: str, amount: int, reason: str) -> None:
        """Give money back, once per key however often it is asked."""


_provider: list[Provider] = []


def use(provider: Provider | None) -> None:
    """Say, once per application, who takes online payments; None for nobody."""
    _provider[:] = [provider] if provider else []


def in_use() -> Provider | None:
    """Return the provider, or nothing when customers cannot pay online."""
    return _provider[0] if _provider else None
