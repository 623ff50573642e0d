"""Let a courier carry a refund, and remember to which account one goes.

The columns are added by hand: SQLite takes them with their own rules, whereas Alembic would copy
the whole table.
"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = {"sqlite": "DATETIME", "postgresql": "TIMESTAMP WITH TIME ZONE"}
COLUMNS = {
    "courier_id": 'INTEGER CONSTRAINT fk_refund_due_courier_id_user REFERENCES "user" (id)',
    "handed_at": "{moment} CONSTRAINT ck_refund_due_carried_by_somebody"
    " CHECK (handed_at IS NULL OR courier_id IS NOT NULL)",
    "rounds": "INTEGER DEFAULT '0' NOT NULL",
    "receiver": "VARCHAR",
    "payee": "VARCHAR",
    "asked_at": "{moment}",
}
CARRIED = "ix_refund_due_courier_id"


def upgrade() -> None:
    moment = MOMENT[op.get_bind().dialect.name]
    for name, kind in COLUMNS.items():
        op.execute(f"ALTER TABLE refund_due ADD COLUMN {name} {kind.format(moment=moment)}")
    op.execute(f"CREATE INDEX {CARRIED} ON refund_due (courier_id) WHERE handed_at IS NOT NULL")


def downgrade() -> None:
    op.drop_index(CARRIED, "refund_due")
    for name in reversed(COLUMNS):
        op.execute(f"ALTER TABLE refund_due DROP COLUMN {name}")
