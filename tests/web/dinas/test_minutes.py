"""Minutes that the Dinas signs: it opens them from the call and from the fairness board."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from pol.identity.rules import Role
from pol.kernel.db import db
from pol.partnership.allocation.models import AllocationRun
from pol.partnership.allocation.rules.statuses import RunStatus
from pol.partnership.slots.models import SlotCall
from pol.partnership.slots.rules import CallStatus
from tests.factories.partnership import Partnership, make_partnership
from tests.factories.people import give_role, make_person
from tests.rig.client import Browser
from tests.rig.pages import Page


@pytest.fixture
def p(session: Session, client: Browser, now: datetime) -> Partnership:
    made = make_partnership()
    officer = make_person("Petugas Dinas Contoh")
    give_role(officer, Role.DINAS_OFFICER)
    client.log_in(officer)
    return made


def _run(call: SlotCall, status: RunStatus, now: datetime) -> AllocationRun:
    run = AllocationRun(
        number=f"PT-{call.id}-{status.value}",
        call_id=call.id,
        status=status,
        seconds=2,
        asked_at=now,
        log=[],
        instance="{}",
        input_sha256="ab" * 32,
        objective=90_000,
        bound=90_000,
        fixed_at=now if status is RunStatus.FIXED else None,
    )
    db.session.add(run)
    db.session.commit()
    return run


def _address(call: SlotCall) -> str:
    return f"/dinas/slot/{call.number}/berita-acara"


def test_the_dinas_reads_the_minutes_of_curation(
    client: Browser, p: Partnership, now: datetime
) -> None:
    p.application.screened_at = now
    db.session.commit()
    address = f"{_address(p.call)}/kurasi"
    assert address in Page(client.get(f"/dinas/slot/{p.call.number}")).links()
    page = Page(client.get(address))
    assert p.application.number in page.text
    assert page.texts(".doc__sign")[-1] == "Dinas"
    assert page.forms() == []
    assert not [link for link in page.links() if link.startswith("/peritel")]
    client.log_in(p.owner)
    assert client.get(address).status_code == 403


def test_the_dinas_reads_the_minutes_of_what_was_decided(
    client: Browser, p: Partnership, now: datetime
) -> None:
    run = _run(p.call, RunStatus.FIXED, now)
    address = f"{_address(p.call)}/penetapan/{run.number}"
    for desk in (f"/dinas/slot/{p.call.number}", "/dinas/keadilan"):
        assert address in Page(client.get(desk)).links(), desk
    assert f"{_address(p.call)}/kurasi" in Page(client.get("/dinas/keadilan")).links()
    page = Page(client.get(address))
    assert run.input_sha256 in page.text
    assert p.retailer.name in page.texts("article.paper")[0]
    assert not [link for link in page.links() if link.startswith("/peritel")]


def test_a_result_that_is_not_decided_is_not_for_the_dinas(
    client: Browser, p: Partnership, now: datetime
) -> None:
    run = _run(p.call, RunStatus.COMPUTED, now)
    assert client.get(f"{_address(p.call)}/penetapan/{run.number}").status_code == 404
    links = Page(client.get(f"/dinas/slot/{p.call.number}")).links()
    assert not [link for link in links if "penetapan" in link]


def test_a_call_that_still_takes_applications_has_no_minutes_to_open(
    client: Browser, p: Partnership
) -> None:
    p.call.status = CallStatus.OPEN
    db.session.commit()
    links = Page(client.get(f"/dinas/slot/{p.call.number}")).links()
    assert f"{_address(p.call)}/kurasi" not in links
    assert client.get("/dinas/slot/tidak-ada/berita-acara/kurasi").status_code == 404
