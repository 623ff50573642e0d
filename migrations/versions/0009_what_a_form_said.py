"""Let an order group remember which answers its form gave, so that changed ones can be refused."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE order_group ADD COLUMN digest VARCHAR")


def downgrade() -> None:
    op.execute("ALTER TABLE order_group DROP COLUMN digest")
