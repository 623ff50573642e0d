"""How long it takes to close a period with 1,000 producers, on both engines.

Run with `python -m tests.bench.settlement [PRODUCERS]`.
"""

import sys
import time
from datetime import UTC, date, datetime, timedelta

from pol.kernel.db import db
from pol.partnership.settlement.models import Bill
from pol.partnership.settlement.services import closing
from tests.factories.catalogue import make_market, make_stall
from tests.factories.partnership import (
    make_agreement,
    make_application,
    make_batch,
    make_call,
    make_member,
    make_placement,
    make_retailer,
    make_sheet,
    make_shelf,
    make_store,
)
from tests.partnership.settlement.goods import sell
from tests.rig import databases, run

START = date(2026, 2, 1)
NOW = datetime(2026, 2, 10, 3, tzinfo=UTC)
SALES = 7  # one a day


def measure(kind: str, producers: int) -> tuple[float, float, int]:
    """Return seconds of the first closing, of the second press, and how many bills there are."""
    with databases.created(kind, "closing") as own:
        app = databases.application(own.url)
        with app.app_context():
            retailer = make_retailer()
            owner, store = make_member(retailer), make_store(retailer)
            call = make_call(retailer, by=owner)
            market = make_market()
            for _ in range(producers):
                sheet = make_sheet(make_stall(market))
                application = make_application(call, sheet, stores=[store])
                agreement = make_agreement(application, call)
                batch = make_batch(
                    make_placement(application, make_shelf(store), agreement=agreement)
                )
                for day in range(SALES):
                    sell(batch, 1, START + timedelta(days=day))
            db.session.commit()
            seconds = [_close(retailer.id, owner.id) for _ in range(2)]
            bills = db.session.query(Bill).count()
            db.session.remove()
            db.engine.dispose()
    return seconds[0], seconds[1], bills


def _close(retailer_id: int, actor_id: int) -> float:
    began = time.perf_counter()
    closing.close_period(
        retailer_id=retailer_id, last_day=date(2026, 2, 7), actor_id=actor_id, now=NOW
    )
    db.session.commit()
    return time.perf_counter() - began


def main() -> None:
    producers = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    run.begin()
    run.settle()
    for kind in ("sqlite", "postgresql"):
        first, again, bills = measure(kind, producers)
        print(  # noqa: T201 - a program for the terminal
            f"{kind}: {bills} bills of {producers * SALES} sales in {first:.1f} s, "
            f"pressed again {again:.2f} s"
        )


if __name__ == "__main__":
    main()
