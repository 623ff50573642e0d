"""What processes do with offers and agreements; each ends its own transactions."""

from datetime import datetime

from pol.kernel.transaction import transaction
from pol.partnership.agreements.queries.agreements import lock_agreement
from pol.partnership.agreements.services import ending, signing
from pol.partnership.agreements.services.drafting import accept_offer
from pol.partnership.allocation.queries.offers import lock_offer
from pol.partnership.allocation.services import offers
from pol.partnership.slots.rules import Bearer


def accept(offer_id: int, person_id: int, now: datetime) -> None:
    """Take an offered place."""
    with transaction():
        accept_offer(offer=lock_offer(offer_id), actor_id=person_id, now=now)


def decline(offer_id: int, person_id: int, now: datetime) -> None:
    """Leave it to the next."""
    with transaction():
        offers.decline(offer=lock_offer(offer_id), actor_id=person_id, now=now)


def lapse(now: datetime) -> int:
    """Let offers go whose time is over, as the clock does."""
    return offers.lapse_offers(now=now, alone=transaction)


def sign(agreement_id: int, side: Bearer, person: tuple[int, str], now: datetime) -> None:
    """Put a name under the text as it stands."""
    with transaction():
        agreement = lock_agreement(agreement_id)
        signing.sign(
            agreement=agreement,
            side=side,
            typed_name=person[1],
            read_sha256=agreement.text_sha256,
            user_id=person[0],
            now=now,
        )


def call_off(agreement_id: int, person_id: int, now: datetime) -> None:
    """Drop an agreement that has not begun."""
    with transaction():
        ending.call_off(
            agreement=lock_agreement(agreement_id), reason="Batal", actor_id=person_id, now=now
        )
