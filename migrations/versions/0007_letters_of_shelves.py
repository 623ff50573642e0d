"""Keep the letters between retailers and producers as they were sent: nobody changes one."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "shelf_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column(
            "kind",
            _one_of("letter_kind", "reminder", "proposal", "answer", "vacating"),
            nullable=False,
        ),
        sa.Column("from_side", _one_of("from_side", "producer", "retailer"), nullable=False),
        sa.Column("retailer_id", sa.Integer(), nullable=False),
        sa.Column("stall_id", sa.Integer(), nullable=False),
        sa.Column("bill_id", sa.Integer(), nullable=True),
        sa.Column("placement_id", sa.Integer(), nullable=True),
        sa.Column("retailer_name", sa.String(), nullable=False),
        sa.Column("stall_name", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("signed_by", sa.String(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(bill_id IS NULL) <> (placement_id IS NULL)",
            name=op.f("ck_shelf_letter_about_one_thing"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [f"{table}_id"], [f"{table}.id"], name=op.f(f"fk_shelf_letter_{table}_id_{table}")
            )
            for table in ("bill", "placement", "retailer", "stall")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shelf_letter")),
        sa.UniqueConstraint("key", name=op.f("uq_shelf_letter_key")),
        sa.UniqueConstraint("number", name=op.f("uq_shelf_letter_number")),
    )
    for side in ("retailer_id", "stall_id"):
        op.create_index(f"ix_shelf_letter_{side}_id", "shelf_letter", [side, "id"])
    for about in ("bill_id", "placement_id"):
        op.create_index(op.f(f"ix_shelf_letter_{about}"), "shelf_letter", [about])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("""CREATE TRIGGER shelf_letter_append_only
            BEFORE UPDATE OR DELETE ON shelf_letter
            FOR EACH ROW EXECUTE FUNCTION refuse_change()""")
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(f"""CREATE TRIGGER shelf_letter_no_{verb.lower()} BEFORE {verb} ON shelf_letter
            BEGIN SELECT RAISE(ABORT, 'shelf_letter is append-only'); END""")


def downgrade() -> None:
    op.drop_table("shelf_letter")
