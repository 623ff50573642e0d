"""A producer with a stall, signed in."""

from dataclasses import dataclass
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.stalls.models import Stall
from tests.factories.catalogue import make_stall
from tests.factories.traders import make_keeper
from tests.rig.client import Browser


@dataclass(frozen=True)
class Workshop:
    """Whose pages these are."""

    stall: Stall
    producer: User


@pytest.fixture
def workshop(client: Browser, session: Session, now: datetime) -> Workshop:
    stall = make_stall(name="UMKM Contoh")
    producer = make_keeper(stall)
    client.log_in(producer)
    return Workshop(stall, producer)
