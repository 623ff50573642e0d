"""Let a run keep the price of fairness as it was computed, and whether the clock had to end it.

The price was shown as the difference between two objectives, of which one followed every change by
hand and held the penalties. Of old runs the values of the places are known, and what hands cost.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

PRICES = """UPDATE allocation_run SET fairness_price = (SELECT CASE
      WHEN allocation_run.free_objective > w.worth THEN allocation_run.free_objective - w.worth
      ELSE 0 END
    FROM (SELECT coalesce(sum(p.value), 0) AS worth FROM run_placement p
      WHERE p.run_id = allocation_run.id) w)
    WHERE free_objective IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM allocation_edit e WHERE e.run_id = allocation_run.id)"""


def upgrade() -> None:
    op.execute("ALTER TABLE allocation_run ADD COLUMN fairness_price BIGINT")
    ended = sa.Column(
        "is_stopped_by_clock", sa.Boolean(), server_default=sa.false(), nullable=False
    )
    op.add_column("allocation_run", ended)
    op.execute(PRICES)


def downgrade() -> None:
    op.execute("ALTER TABLE allocation_run DROP COLUMN is_stopped_by_clock")
    op.execute("ALTER TABLE allocation_run DROP COLUMN fairness_price")
