"""Agreements for tests, made as producers and retailers make them: by accepting offers."""

from datetime import datetime
from typing import Any

from pol.identity.models import User
from pol.kernel.db import db
from pol.partnership.agreements.models import Agreement
from pol.partnership.agreements.rules import AgreementStatus
from pol.partnership.agreements.services.drafting import (
    NewTerms,
    accept_offer,
    change_terms,
)
from pol.partnership.agreements.services.signing import sign
from pol.partnership.slots.models import Placement
from pol.partnership.slots.rules import Bearer
from tests.partnership.offers.scene import Scene, make_scene


class Pact:
    """One product's place, its draft agreement, and both sides."""

    def __init__(self, now: datetime, **of_call: Any) -> None:
        self.scene: Scene = make_scene(now, **of_call)
        self.application = self.scene.apply()
        self.scene.place(self.application, x_mm=0)
        self.scene.open(now)
        offer = self.scene.offer_of(self.application)
        self.producer: User = self.scene.keepers[self.application.stall_id]
        self.buyer: User = self.scene.buyer
        self.agreement: Agreement = accept_offer(offer=offer, actor_id=self.producer.id, now=now)
        self.place = db.session.get_one(Placement, offer.placement_id)

    def sign(self, side: Bearer, now: datetime, **other: str) -> None:
        """Sign as one side would: own name, the text as it stands."""
        person = self.producer if side is Bearer.PRODUCER else self.buyer
        said = {"typed_name": person.name, "read_sha256": self.agreement.text_sha256}
        sign(agreement=self.agreement, side=side, user_id=person.id, now=now, **said | other)
        db.session.flush()

    def change(self, reason: str, now: datetime) -> None:
        """Ask for a larger share and an earlier payment, as the retailer would."""
        new = NewTerms(margin_bp=2_000, payment_days=7, notice_days=30)
        change_terms(
            agreement=self.agreement, new=new, reason=reason, actor_id=self.buyer.id, now=now
        )

    def agreement_of(self, place: Placement) -> Agreement:
        """Return the agreement of another place."""
        return db.session.get_one(Agreement, place.agreement_id)

    def is_now(self, status: AgreementStatus) -> bool:
        """Answer whether the agreement stands like this."""
        return self.agreement.status is status

    def sign_both(self, now: datetime) -> None:
        """Let both sides sign."""
        self.sign(Bearer.RETAILER, now)
        self.sign(Bearer.PRODUCER, now)
