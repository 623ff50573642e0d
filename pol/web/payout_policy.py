"""What the operator has settled about payouts, from the settings."""

from datetime import timedelta

from flask import current_app

from pol.kernel.money import Rupiah
from pol.payments.rules.payout import Policy


def payout_policy() -> Policy:
    """Return the policy in force."""
    settings = current_app.config
    return Policy(
        minimum=Rupiah(settings["PAYOUT_MINIMUM"]),
        cool_down=timedelta(hours=settings["PAYOUT_COOL_DOWN_HOURS"]),
    )
