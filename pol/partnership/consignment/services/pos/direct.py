"""Sales that a till sends itself: each row is taken or refused by itself, and counts once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from pol.kernel import audit
from pol.kernel.errors import Refused
from pol.partnership.consignment.queries.known import list_known
from pol.partnership.consignment.queries.sales import list_codes
from pol.partnership.consignment.queries.till_keys import Sender
from pol.partnership.consignment.rules import SaleSource
from pol.partnership.consignment.rules.pos import PosRow, UnknownCode
from pol.partnership.consignment.rules.sent import Known, read_sent
from pol.partnership.consignment.services import till_keys
from pol.partnership.consignment.services.pos.rows import receipt_key
from pol.partnership.consignment.services.stock import hold_store
from pol.partnership.consignment.services.telling import tell_recalled, tell_unpermitted
from pol.partnership.consignment.services.tills import Ring, Till

Placed = tuple[PosRow, int]
"""What a row says, and which product its code means."""
Answers = list[Refused | None]
"""Why each row was refused, in their order; none if it is recorded, now or before."""


def take_sales(*, sender: Sender, sales: Sequence[Mapping[str, object]],
               now: datetime) -> Answers:  # fmt: skip
    """Record every sale that can be, as a till file would; say of each other one why not.

    A receipt that is known, by file or from the till, counts once: said again, it is recorded.

    :raises KeyUnknown: the key was stopped just now
    :raises TooOften: it was used too often within this minute
    """
    till_keys.use(key_id=sender.key_id, now=now)
    held = hold_store(sender.store_id)
    rows = _read(sender.store_id, sales)
    placed = [row for row in rows if not isinstance(row, Refused)]
    sheet_ids = {sheet_id for _, sheet_id in placed}
    till = Till(held, now=now, sheet_ids=sheet_ids, already_sold=True)
    days = {said.day for said, _ in placed}
    known = list_known(store_id=sender.store_id, days=days, sheet_ids=sheet_ids)
    seen: Counter[str] = Counter()
    answers = [_take(row, till, known, seen) for row in rows]
    till.write(source=SaleSource.API, actor_id=None)
    tell_recalled(till.recalled, store_id=sender.store_id, now=now)
    tell_unpermitted(till.unpermitted, store_id=sender.store_id, now=now)
    refused = sum(answer is not None for answer in answers)
    audit.record(
        action="sales.sent", subject=f"till_key:{sender.key_id}", actor_id=None, now=now,
        good=len(answers) - refused, bad=refused,
    )  # fmt: skip
    return answers


def _read(store_id: int, sales: Sequence[Mapping[str, object]]) -> list[Placed | Refused]:
    codes = list_codes(store_id=store_id)
    rows: list[Placed | Refused] = []
    for sale in sales:
        try:
            said = read_sent(sale)
            if said.code not in codes:
                raise UnknownCode(code=said.code)
        except Refused as refusal:
            rows.append(refusal)
        else:
            rows.append((said, codes[said.code]))
    return rows


def _take(row: Placed | Refused, till: Till, known: Mapping[str, Known],
          seen: Counter[str]) -> Refused | None:  # fmt: skip
    """Ring one row up, unless it is known; return why it cannot be."""
    if isinstance(row, Refused):
        return row
    said, sheet_id = row
    key = receipt_key(till.held.store_id, said, sheet_id, seen)
    if key in known:
        return None if known[key].says(said) else known[key].other(said)
    try:
        till.ring(Ring(key, sheet_id, said.quantity, said.day, said.price))
    except Refused as refusal:
        return refusal
    return None
