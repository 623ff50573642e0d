"""Ledger and audit trail are append-only, and an entry must balance; on both engines.

Postings are inserted first; the entry that follows seals them. An account's balance moves with
each posting, so it cannot disagree with their sum. A closed day takes no entry any more. Closed
days and invoices never change either.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

FOREVER = ("entry", "posting", "day_close", "invoice")

SQLITE = (
    """CREATE TRIGGER posting_open BEFORE INSERT ON posting
    WHEN EXISTS (SELECT 1 FROM entry WHERE id = NEW.entry_id)
    BEGIN SELECT RAISE(ABORT, 'entry is sealed'); END""",
    """CREATE TRIGGER posting_balance AFTER INSERT ON posting
    BEGIN UPDATE account SET balance = balance + NEW.amount WHERE id = NEW.account_id; END""",
    """CREATE TRIGGER entry_balanced BEFORE INSERT ON entry
    WHEN (SELECT count(*) < 2 OR sum(amount) <> 0 FROM posting WHERE entry_id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'entry does not balance'); END""",
    *(
        f"""CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}
        BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
        for table in FOREVER
        for verb in ("UPDATE", "DELETE")
    ),
    """CREATE TRIGGER entry_day_open BEFORE INSERT ON entry
    WHEN date(NEW.at, '+7 hours') <= (SELECT max(day) FROM day_close)
    BEGIN SELECT RAISE(ABORT, 'day is closed'); END""",
    """CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry
    WHEN OLD.seal IS NOT NULL OR NEW.id <> OLD.id OR NEW.at <> OLD.at
      OR NEW.actor_id IS NOT OLD.actor_id OR NEW.action <> OLD.action
      OR NEW.subject <> OLD.subject OR NEW.detail <> OLD.detail
    BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END""",
    """CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END""",
)

POSTGRESQL = (
    """CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only', ERRCODE = '23514';
    END $$""",
    """CREATE FUNCTION posting_open() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT 1 FROM entry WHERE id = NEW.entry_id) THEN
        RAISE EXCEPTION 'entry is sealed' USING ERRCODE = '23514';
      END IF;
      UPDATE account SET balance = balance + NEW.amount WHERE id = NEW.account_id;
      RETURN NEW;
    END $$""",
    """CREATE FUNCTION entry_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF (SELECT count(*) < 2 OR sum(amount) <> 0 FROM posting WHERE entry_id = NEW.id) THEN
        RAISE EXCEPTION 'entry does not balance' USING ERRCODE = '23514';
      END IF;
      RETURN NEW;
    END $$""",
    """CREATE FUNCTION audit_sealed_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.seal IS NOT NULL OR (NEW.id, NEW.at, NEW.action, NEW.subject, NEW.detail::text)
           IS DISTINCT FROM (OLD.id, OLD.at, OLD.action, OLD.subject, OLD.detail::text)
         OR NEW.actor_id IS DISTINCT FROM OLD.actor_id THEN
        RAISE EXCEPTION 'audit_entry is append-only' USING ERRCODE = '23514';
      END IF;
      RETURN NEW;
    END $$""",
    """CREATE FUNCTION entry_day_open() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF (NEW.at AT TIME ZONE 'Asia/Jakarta')::date <= (SELECT max(day) FROM day_close) THEN
        RAISE EXCEPTION 'day is closed' USING ERRCODE = '23514';
      END IF;
      RETURN NEW;
    END $$""",
    """CREATE TRIGGER entry_day_open BEFORE INSERT ON entry
    FOR EACH ROW EXECUTE FUNCTION entry_day_open()""",
    """CREATE TRIGGER posting_open BEFORE INSERT ON posting
    FOR EACH ROW EXECUTE FUNCTION posting_open()""",
    """CREATE TRIGGER entry_balanced BEFORE INSERT ON entry
    FOR EACH ROW EXECUTE FUNCTION entry_balanced()""",
    *(
        f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION refuse_change()"""
        for table in FOREVER
    ),
    """CREATE TRIGGER audit_entry_sealed_only BEFORE UPDATE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_sealed_only()""",
    """CREATE TRIGGER audit_entry_append_only BEFORE DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_change()""",
)

UNDO = {
    "sqlite": tuple(
        f"DROP TRIGGER {name}"
        for name in (
            "posting_open",
            "posting_balance",
            "entry_balanced",
            "entry_day_open",
            *(f"{table}_no_{verb}" for table in FOREVER for verb in ("update", "delete")),
            "audit_entry_no_update",
            "audit_entry_no_delete",
        )
    ),
    "postgresql": tuple(
        f"DROP FUNCTION {name}() CASCADE"
        for name in (
            "refuse_change",
            "posting_open",
            "entry_balanced",
            "entry_day_open",
            "audit_sealed_only",
        )
    ),
}


def upgrade() -> None:
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    for statement in UNDO[op.get_bind().dialect.name]:
        op.execute(statement)
