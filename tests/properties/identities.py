"""I11 to I15 over everything that is in the tables, each as a question whose answer must be none.

They are asked in plain SQL, so that no rule of the application answers for itself.
"""
# ruff: noqa: S608 - every question here is made of constants

from sqlalchemy import text

from pol.kernel.db import db
from pol.ledger.queries import check_ledger

HELD = "('reserved', 'live')"
WAYS = """SELECT batch_id,
    coalesce(of, kind) AS what, CASE WHEN kind = 'corrected' THEN -quantity ELSE quantity END AS n
    FROM stock_event"""
COUNTS = ("delivered:received", "sold:sold", "returned:returned", "destroyed:destroyed")
PERMITS = {"nib": "'nib'", "p_irt": "'p_irt', 'bpom'", "halal": "'halal'", "bpom": "'bpom'"}
OF_SALE = "l.gross <> l.price * l.quantity OR l.payable <> l.gross - l.margin"
SHUT = "(SELECT max(p.until_on) FROM settlement_period p WHERE p.retailer_id = l.retailer_id)"


def _sum(what: str) -> str:
    return f"(SELECT coalesce(sum(n), 0) FROM ({WAYS}) e WHERE batch_id = b.id AND what = '{what}')"


QUESTIONS = {
    "I11: two places share millimetres and days": f"""SELECT p.number FROM placement p
        JOIN placement q ON q.shelf_id = p.shelf_id AND p.id < q.id
        WHERE p.status IN {HELD} AND q.status IN {HELD}
          AND p.from_on < q.until_on AND q.from_on < p.until_on
          AND p.x_mm < q.x_mm + q.width_mm AND q.x_mm < p.x_mm + p.width_mm""",
    "I11: a place sticks out": f"""SELECT p.number FROM placement p
        JOIN shelf s ON s.id = p.shelf_id
        WHERE p.status IN {HELD} AND (p.x_mm + p.width_mm > s.width_mm
          OR p.height_mm > s.height_mm OR p.depth_mm > s.depth_mm)""",
    "I11: a shelf bears too much": f"""SELECT s.id FROM placement p
        JOIN shelf s ON s.id = p.shelf_id
        WHERE p.status IN {HELD} AND s.load_g < (SELECT sum(q.load_g) FROM placement q
          WHERE q.shelf_id = s.id AND q.status IN {HELD}
            AND q.from_on <= p.from_on AND p.from_on < q.until_on)""",
    "I12: what came is not what went and what is left": """SELECT b.id FROM consigned_batch b
        WHERE b.on_shelf < 0 OR b.delivered
          <> b.sold + b.returned + b.lost + b.destroyed + b.on_shelf""",
    **{
        f"I12: {column} is not what happened": f"""SELECT b.id FROM consigned_batch b
            WHERE b.{column} <> {_sum(what)}"""
        for column, what in (pair.split(":") for pair in COUNTS)
    },
    "I12: lost is not what happened": f"""SELECT b.id FROM consigned_batch b
        WHERE b.lost <> {_sum("lost")} - {_sum("found")}""",
    "I12: a sale and its event differ": """SELECT l.key FROM sale_line l
        JOIN stock_event e ON e.id = l.event_id
        WHERE e.batch_id <> l.batch_id OR e.day <> l.day OR e.quantity <> abs(l.quantity)""",
    "I13: periods do not touch": """SELECT p.number FROM settlement_period p
        WHERE p.from_on <> (SELECT max(q.until_on) FROM settlement_period q
          WHERE q.retailer_id = p.retailer_id AND q.id < p.id)""",
    "I13: a sale of a closed day is on no bill, or one of an open day is": f"""SELECT l.key
        FROM sale_line l LEFT JOIN settled_event s ON s.event_id = l.event_id
        WHERE (s.event_id IS NULL AND l.day < {SHUT})
          OR (s.event_id IS NOT NULL AND l.day >= {SHUT})""",
    "I13: a sale is on a stranger's bill": """SELECT l.key FROM sale_line l
        JOIN settled_event s ON s.event_id = l.event_id JOIN bill_line n ON n.id = s.line_id
        JOIN bill b ON b.id = n.bill_id
        WHERE b.stall_id <> l.stall_id OR b.retailer_id <> l.retailer_id""",
    "I13: a sale does not come to its price without the margin": f"""SELECT l.key FROM sale_line l
        WHERE {OF_SALE}""",
    "I13: a line is not the sum of its sales": """SELECT n.id FROM bill_line n
        LEFT JOIN (SELECT s.line_id, sum(l.payable) AS payable FROM settled_event s
          JOIN sale_line l ON l.event_id = s.event_id GROUP BY s.line_id) t ON t.line_id = n.id
        WHERE n.kind = 'sale' AND n.amount <> coalesce(t.payable, 0)""",
    "I13: a bill is not the sum of its lines": """SELECT b.number FROM bill b
        WHERE b.payable <> (SELECT coalesce(sum(n.amount), 0) FROM bill_line n
          WHERE n.bill_id = b.id)""",
    "I13: a bill's payments are not what it says": """SELECT b.number FROM bill b
        WHERE b.paid <> (SELECT coalesce(sum(p.amount), 0) FROM bill_payment p
          WHERE p.bill_id = b.id AND p.voided_at IS NULL)
          OR b.paid > abs(b.payable)""",
    "I13: the ledger does not owe what bills say": """SELECT a.code FROM account a
        WHERE a.code LIKE 'shelf_payable:stall:%' AND -a.balance <> (
          SELECT coalesce(sum(b.payable - b.carried
            - CASE WHEN b.payable > 0 THEN b.paid ELSE -b.paid END), 0)
          FROM bill b WHERE a.code = 'shelf_payable:stall:' || b.stall_id)""",
    "I14: a place was given back with goods on it": f"""WITH RECURSIVE
        chain (newest, id) AS (SELECT id, id FROM placement
          UNION SELECT c.newest, p.follows_id FROM chain c JOIN placement p ON p.id = c.id
          WHERE p.follows_id IS NOT NULL AND p.live_at IS NOT NULL)
        SELECT p.number FROM placement p JOIN chain c ON c.newest = p.id
        JOIN consigned_batch b ON b.placement_id = c.id
        WHERE p.status = 'ended' AND b.on_shelf <> 0 AND NOT EXISTS (SELECT 1 FROM chain n
          JOIN placement q ON q.id = n.newest WHERE n.id = p.id AND q.status IN {HELD})""",
    "I14: a place and the one that it goes on from are both held": f"""SELECT p.number
        FROM placement p JOIN placement b ON b.id = p.follows_id
        WHERE p.status = 'live' AND b.status IN {HELD}""",
    "I11: goods came to a place that another still held": f"""SELECT p.number FROM placement p
        JOIN placement b ON b.shelf_id = p.shelf_id AND b.until_on <= p.from_on
        WHERE p.status = 'live' AND b.status IN {HELD}
          AND p.x_mm < b.x_mm + b.width_mm AND b.x_mm < p.x_mm + p.width_mm""",
    "I15: expired goods were sold": """SELECT e.key FROM stock_event e
        JOIN consigned_batch b ON b.id = e.batch_id
        WHERE e.kind = 'sold' AND e.day > b.expires_on""",
    **{
        f"I15: goods were sold over the counter without {kind}": f"""SELECT l.key FROM sale_line l
            JOIN consigned_batch b ON b.id = l.batch_id JOIN agreement a ON a.id = b.agreement_id
            JOIN slot_call c ON c.id = a.call_id
            WHERE l.source NOT IN ('pos', 'api') AND l.quantity > 0
              AND CAST(c.permits AS TEXT) LIKE '%"{kind}"%' AND NOT EXISTS (
                SELECT 1 FROM sheet_permit s WHERE s.sheet_id = b.sheet_id
                  AND s.kind IN ({serves}) AND (s.expires_on IS NULL OR s.expires_on >= l.day))"""
        for kind, serves in PERMITS.items()
    },
    "I15: expired goods were taken in": """SELECT b.id FROM consigned_batch b
        WHERE b.expires_on <= b.received_on""",
}


def find_violations() -> list[str]:
    """Return every identity that does not hold, with an example."""
    found = []
    for name, question in QUESTIONS.items():
        broken = db.session.execute(text(question)).first()
        if broken is not None:
            found.append(f"{name}: {broken[0]}")
    return found


def find_all_violations() -> list[str]:
    """Return the same, and what the ledger says of itself."""
    report = check_ledger()
    return find_violations() + ([] if report.is_sound else [f"ledger: {report}"])
