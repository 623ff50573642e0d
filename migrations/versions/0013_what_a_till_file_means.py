"""Let a till file remember what its rows mean, and of which other file it was said to be apart."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

COLUMNS = "rows_sha256", "apart_from"


def upgrade() -> None:
    for column in COLUMNS:
        op.execute(f"ALTER TABLE sale_import ADD COLUMN {column} VARCHAR")


def downgrade() -> None:
    for column in COLUMNS:
        op.execute(f"ALTER TABLE sale_import DROP COLUMN {column}")
