"""Let a store's tills have keys with which they send their sales."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

LIVE = sa.text("stopped_at IS NULL")
REFERENCES = ("store_id", "store"), ("made_by_id", "user"), ("stopped_by_id", "user")


def upgrade() -> None:
    op.create_table(
        "till_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("store_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_by_id", sa.Integer(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_till_key_{column}_{table}")
            )
            for column, table in REFERENCES
        ),
        sa.CheckConstraint(
            "(stopped_at IS NULL) = (stopped_by_id IS NULL)", name=op.f("ck_till_key_stopped")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_till_key")),
        sa.UniqueConstraint("sha256", name=op.f("uq_till_key_sha256")),
    )
    op.create_index(op.f("ix_till_key_store_id"), "till_key", ["store_id"])
    op.create_index(
        "uq_till_key_live_label",
        "till_key",
        ["store_id", "label"],
        unique=True,
        sqlite_where=LIVE,
        postgresql_where=LIVE,
    )


def downgrade() -> None:
    op.drop_table("till_key")
