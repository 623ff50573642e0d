"""Let a place say which one it follows, and keep a place taken until it is given back.

What follows by a renewal takes over its predecessor's goods, so an old place ends as soon as the
next one is open. A place whose last day has passed but that was not given back is in the way of new
places, `reserved_at` being the day on which somebody asks, and nothing is opened before whatever
stood there earlier is gone.
"""
# ruff: noqa: S608 - every statement here is made of constants

from alembic import op

revision = "0011"
down_revision = "0009"
branch_labels = None
depends_on = None

FOLLOWS = "ix_placement_follows_id"
NAMED = """UPDATE placement SET follows_id = (SELECT max(r.placement_id) FROM renewal r
    WHERE r.next_placement_id = placement.id)"""
ENDED = """UPDATE placement SET status = 'ended',
    ended_at = (SELECT min(n.live_at) FROM placement n
      WHERE n.follows_id = placement.id AND n.live_at IS NOT NULL),
    ended_reason = 'Dilanjutkan sebagai ' || (SELECT min(n.number) FROM placement n
      WHERE n.follows_id = placement.id AND n.live_at IS NOT NULL)
    WHERE status <> 'ended' AND EXISTS (SELECT 1 FROM placement n
      WHERE n.follows_id = placement.id AND n.live_at IS NOT NULL)"""

HOLDS = "status IN ('reserved', 'live')"
TODAY = {
    "sqlite": "date(NEW.reserved_at, '+7 hours')",
    "postgresql": "(NEW.reserved_at AT TIME ZONE 'Asia/Jakarta')::date",
}
BENEATH = f"""p.shelf_id = NEW.shelf_id AND p.id <> coalesce(NEW.follows_id, 0) AND p.{HOLDS}"""
SAME_MM = "p.x_mm < NEW.x_mm + NEW.width_mm AND NEW.x_mm < p.x_mm + p.width_mm"
NOT_GIVEN_BACK = f"""NEW.{HOLDS} AND EXISTS (SELECT 1 FROM placement p WHERE {BENEATH} AND {SAME_MM}
    AND p.until_on <= {{today}} AND p.from_on < NEW.until_on)"""
TOO_HEAVY = f"""NEW.{HOLDS} AND EXISTS (SELECT 1 FROM (
      SELECT NEW.from_on AS day
      UNION SELECT b.from_on FROM placement b WHERE b.shelf_id = NEW.shelf_id AND b.{HOLDS}
        AND b.from_on > NEW.from_on AND b.from_on < NEW.until_on) days
    WHERE NEW.load_g + (SELECT coalesce(sum(p.load_g), 0) FROM placement p
        WHERE {BENEATH} AND p.from_on <= days.day
          AND (days.day < p.until_on OR p.until_on <= {{today}}))
      > (SELECT s.load_g FROM shelf s WHERE s.id = NEW.shelf_id))"""
STILL_THERE = f"""NEW.status = 'live' AND OLD.status <> 'live' AND EXISTS (SELECT 1 FROM placement p
    WHERE p.shelf_id = NEW.shelf_id AND p.id <> NEW.id AND p.{HOLDS} AND {SAME_MM}
      AND p.until_on <= NEW.from_on)"""
GUARDS = (
    ("placement_given_back", "INSERT", NOT_GIVEN_BACK, "placement is not given back"),
    ("placement_bears", "INSERT", TOO_HEAVY, "placement is too heavy"),
    ("placement_waits", "UPDATE", STILL_THERE, "placement is not empty yet"),
)


def _sqlite(name: str, when: str, condition: str, words: str) -> tuple[str, ...]:
    return (
        f"""CREATE TRIGGER {name} BEFORE {when} ON placement WHEN {condition}
        BEGIN SELECT RAISE(ABORT, '{words}'); END""",
    )


def _postgresql(name: str, when: str, condition: str, words: str) -> tuple[str, ...]:
    """Hold the shelf first: two who look at the same time would otherwise both find room."""
    return (
        f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        PERFORM 1 FROM shelf WHERE id = NEW.shelf_id FOR NO KEY UPDATE;
        IF {condition} THEN RAISE EXCEPTION '{words}' USING ERRCODE = '23514'; END IF;
        RETURN NEW; END $$""",
        f"""CREATE TRIGGER {name} BEFORE {when} ON placement
        FOR EACH ROW EXECUTE FUNCTION {name}()""",
    )


def upgrade() -> None:
    engine = op.get_bind().dialect.name
    op.execute(
        "ALTER TABLE placement ADD COLUMN follows_id INTEGER"
        " CONSTRAINT fk_placement_follows_id_placement REFERENCES placement (id)"
    )
    op.create_index(FOLLOWS, "placement", ["follows_id"])
    op.execute(NAMED)
    op.execute(ENDED)
    make = _sqlite if engine == "sqlite" else _postgresql
    for name, when, condition, words in GUARDS:
        for statement in make(name, when, condition.format(today=TODAY[engine]), words):
            op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for name, *_ in GUARDS:
        op.execute(f"DROP TRIGGER {name}" if is_sqlite else f"DROP FUNCTION {name}() CASCADE")
    op.drop_index(FOLLOWS, "placement")
    op.execute("ALTER TABLE placement DROP COLUMN follows_id")
