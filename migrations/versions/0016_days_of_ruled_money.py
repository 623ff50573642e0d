"""Let payments keep the day they were due, and disputes the day that a ruling moved."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("bill_payment", sa.Column("due_on", sa.Date(), nullable=True))
    op.add_column("dispute", sa.Column("due_before", sa.Date(), nullable=True))
    op.execute(
        "UPDATE bill_payment SET due_on ="
        " (SELECT bill.due_on FROM bill WHERE bill.id = bill_payment.bill_id)"
    )


def downgrade() -> None:
    op.drop_column("dispute", "due_before")
    op.drop_column("bill_payment", "due_on")
