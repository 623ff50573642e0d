"""What bill lines are about, read from the words of lines that were written before they said so."""

from datetime import UTC, date, datetime

from alembic import command
from alembic.config import Config
from sqlalchemy import select, text

from pol.kernel.db import db
from pol.kernel.money import ZERO, Rupiah
from pol.partnership.agreements.models import AgreementCharge
from pol.partnership.settlement.models import BillLine
from pol.partnership.settlement.rules import BillLineKind as Kind
from pol.partnership.slots.rules import ChargeBasis, ChargeKind, CoopForm
from tests.partnership.settlement.goods import sell
from tests.partnership.settlement.of_form import close, partnership_of
from tests.rig import databases
from tests.rig.databases import Database

CHARGES = (
    (ChargeKind.RENT, ChargeBasis.PER_PERIOD, 5_000, 0),
    (ChargeKind.PROMOTION, ChargeBasis.SHARE_OF_SALES, 0, 200),
)
WORDS = {
    Kind.FINE: ("Denda telat bayar BP260210-AB", "payment:BP260210-AB"),
    Kind.CARRIED: ("Kekurangan tagihan NT260210-CD-0001", "bill:NT260210-CD-0001"),
    Kind.RULING: ("Keputusan sengketa SK260210-EF", "dispute:SK260210-EF"),
}


def test_old_lines_get_the_reference_that_their_words_name(database: Database) -> None:
    with databases.created(database.kind, "references") as own:
        app = databases.application(own.url)
        with app.app_context():
            config = app.extensions["migrate"].migrate.get_config()
            assert isinstance(config, Config)
            wanted = _write_lines()
            command.downgrade(config, "0007")
            with db.engine.connect() as raw:
                lost = raw.execute(text("SELECT * FROM bill_line LIMIT 1")).keys()
            command.upgrade(config, "head")
            found = {
                kind: (reference, quantity)
                for kind, reference, quantity in db.session.execute(
                    select(BillLine.words, BillLine.reference, BillLine.quantity)
                )
            }
            db.session.remove()
            db.engine.dispose()
    assert "reference" not in lost
    assert found == wanted


def _write_lines() -> dict[str, tuple[str | None, int]]:
    """Write a bill with a line of every kind that names something; return what each says."""
    p = partnership_of(CoopForm.CONSIGNMENT, charges=CHARGES, settle_every_days=60)
    sell(p.batch, 3, date(2026, 2, 5))
    bill = close(p, date(2026, 2, 7), datetime(2026, 2, 10, 3, tzinfo=UTC))
    for kind, (words, reference) in WORDS.items():
        db.session.add(
            BillLine(
                bill_id=bill.id, kind=kind, words=words, reference=reference, quantity=0,
                gross=ZERO, margin=ZERO, amount=Rupiah(1),
            )
        )  # fmt: skip
    db.session.commit()
    rent, share = db.session.scalars(select(AgreementCharge.id).order_by(AgreementCharge.id))
    sold = db.session.scalars(select(BillLine.words).where(BillLine.kind == Kind.SALE)).one()
    db.session.remove()
    return {
        sold: (None, 3),
        "Biaya rent": (f"charge:{rent}", 1),
        "Biaya promotion": (f"charge:{share}", 0),
    } | {words: (reference, 0) for words, reference in WORDS.values()}
