"""More agreements than a page holds: drafts first, the oldest at the end of the pager."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from pol.partnership.agreements.queries.agreements import SIZE
from pol.partnership.agreements.rules import AgreementStatus
from tests.factories.partnership import make_agreement, make_partnership
from tests.factories.traders import make_keeper
from tests.rig.client import Browser
from tests.rig.pages import Page


@pytest.mark.parametrize("unsigned", [3, SIZE, SIZE + 1])
def test_both_sides_reach_their_oldest_agreement(
    client: Browser, session: Session, now: datetime, unsigned: int
) -> None:
    p = make_partnership()
    drafts = [
        make_agreement(p.application, p.call, status=AgreementStatus.DRAFT, in_force_at=None).number
        for _ in range(unsigned)
    ]
    begun = [p.agreement.number]
    begun += [make_agreement(p.application, p.call).number for _ in range(SIZE + 1 - unsigned)]
    numbers = drafts[::-1] + begun[::-1]
    for person, address in (
        (p.owner, "/peritel/perjanjian"),
        (p.owner, f"/peritel/perjanjian?cari={p.sheet.name.split()[0]}"),
        (make_keeper(p.stall), "/pedagang/rak/perjanjian"),
    ):
        client.log_in(person)
        first = Page(client.get(address))
        (further,) = first.links("a[rel=next]")
        last = Page(client.get(further))
        assert _numbers(first) == numbers[:SIZE]
        assert _numbers(last) == numbers[SIZE:]
        assert not last.links("a[rel=next]")
        assert last.links("a[rel=first]") == [address]
        for page in (first, last):
            assert f"{len(numbers)} perjanjian" in page.text


def _numbers(page: Page) -> list[str]:
    return [link.rsplit("/", 1)[1] for link in page.links("main a.row")]
