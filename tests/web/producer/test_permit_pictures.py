"""The picture of a permit: for its producer, the Dinas, and the retailer that was asked."""

from datetime import datetime

from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.files.rules import PictureUse
from pol.files.services import store_image
from pol.identity.models import User
from pol.partnership.applications.models import SheetPermit
from pol.partnership.applications.rules import ApplicationStatus as S
from pol.partnership.applications.services import screening
from tests.factories.partnership import make_member, make_retailer
from tests.factories.people import make_person
from tests.factories.traders import make_keeper
from tests.partnership.applications.stage import make_stage
from tests.rig.client import Browser


def test_only_those_who_must_judge_it_see_the_paper(
    client: Browser, session: Session, now: datetime
) -> None:
    stage = make_stage(now)
    key = store_image(
        Image.new("RGB", (200, 200)), use=PictureUse.PERMIT, owner_id=make_person().id, now=now
    )
    permit = session.scalars(
        select(SheetPermit).where(SheetPermit.sheet_id == stage.sheet.id)
    ).one()
    permit.picture_key = key
    application = stage.bring_to(S.SCREENING)

    def sees(person: User) -> bool:
        client.log_in(person)
        return client.get(f"/gambar/{key}-160.webp").status_code == 200

    assert sees(stage.producer)
    assert sees(make_keeper(stage.stall))
    assert sees(stage.dinas)
    assert not sees(stage.buyer)
    screening.pass_on(application=application, actor_id=stage.dinas.id, now=now)
    assert sees(stage.buyer)
    assert not sees(make_member(make_retailer()))
    assert not sees(make_person())
