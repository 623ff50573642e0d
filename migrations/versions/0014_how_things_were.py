"""Keep how stores and places were before they changed, so that reports of past months stay true."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TABLES = ("store_before", "placement_before")
STATUSES = ("draft", "submitted", "verified", "suspended")


def _table(name: str, of: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(f"{of}_id", sa.Integer(), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        *columns,
        sa.ForeignKeyConstraint([f"{of}_id"], [f"{of}.id"], name=op.f(f"fk_{name}_{of}_id_{of}")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_{of}_id"), name, [f"{of}_id"])


def upgrade() -> None:
    status = sa.Enum(
        *STATUSES, name="store_status", native_enum=False, create_constraint=True, length=32
    )
    _table(
        "store_before",
        "store",
        sa.Column("all_shelves_mm", sa.Integer(), nullable=False),
        sa.Column("status", status, nullable=False),
    )
    _table("placement_before", "placement", sa.Column("width_mm", sa.Integer(), nullable=False))
    for table in TABLES:
        _keep_for_ever(table)


def _keep_for_ever(table: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION refuse_change()""")
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(f"""CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}
            BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END""")


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
