"""All disputes of the regency: what waits is answered in turn, what is over is never cut off."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from pol.identity.rules import Role
from pol.partnership.settlement.queries.disputes import SIZE
from pol.partnership.settlement.rules import DisputeStatus
from tests.factories.catalogue import make_stall
from tests.factories.partnership import make_retailer
from tests.factories.people import give_role, make_person
from tests.partnership.settlement.many_bills import make_bill, make_dispute, make_periods
from tests.rig.client import Browser
from tests.rig.pages import Page

PAGE = "/dinas/sengketa"


@pytest.mark.parametrize(
    ("status", "step", "name"),
    [
        (DisputeStatus.SETTLED, -1, "selesai"),
        (DisputeStatus.MEDIATION, 1, "menunggu"),
        (DisputeStatus.OPEN, 1, "dibicarakan"),
    ],
)
def test_every_dispute_is_reached_through_the_pager(
    client: Browser, session: Session, now: datetime, status: DisputeStatus, step: int, name: str
) -> None:
    bill = make_bill(make_periods(make_retailer(), 1)[0], make_stall(), 100_000)
    numbers = [make_dispute(bill, status).number for _ in range(SIZE + 2)][::step]
    officer = make_person("Petugas Dinas Contoh")
    give_role(officer, Role.DINAS_OFFICER)
    client.log_in(officer)
    first = Page(client.get(PAGE))
    (further,) = first.links("a[rel=next]")
    assert further.endswith(f"#{name}")
    last = Page(client.get(further))
    assert _numbers(first) == numbers[:SIZE]
    assert _numbers(last) == numbers[SIZE:]
    assert last.links("a[rel=first]") == [f"{PAGE}#{name}"]
    assert not last.links("a[rel=next]")


def _numbers(page: Page) -> list[str]:
    return [link.rsplit("/", 1)[1] for link in page.links("a.row")]
