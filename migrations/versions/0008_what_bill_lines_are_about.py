"""Let lines of bills say what they are about, which so far only their words did.

The words were always written by us, so what they name can be read from them. A charge stood on each
bill once, whatever its name; of two charges of one agreement with one name the first is taken.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ONCE = sa.text("kind IN ('fine', 'carried', 'ruling')")
WORDS = (
    ("fine", "Denda telat bayar ", "payment:"),
    ("carried", "Kekurangan tagihan ", "bill:"),
    ("ruling", "Keputusan sengketa ", "dispute:"),
)
NAMED = sa.text(
    "UPDATE bill_line SET reference = :reference || substr(words, :rest)"
    " WHERE kind = :kind AND substr(words, 1, :length) = :words"
)
CHARGES = sa.text(
    "UPDATE bill_line SET quantity = 1, reference = (SELECT 'charge:' || min(c.id)"
    " FROM agreement_charge c WHERE c.agreement_id = bill_line.agreement_id"
    " AND c.name = bill_line.words) WHERE kind = 'charge'"
)
SHARES = sa.text(
    "UPDATE bill_line SET quantity = 0 WHERE kind = 'charge' AND EXISTS (SELECT 1"
    " FROM agreement_charge c WHERE 'charge:' || c.id = bill_line.reference"
    " AND c.basis = 'share_of_sales')"
)


def upgrade() -> None:
    op.execute("ALTER TABLE bill_line ADD COLUMN reference VARCHAR")
    for kind, words, reference in WORDS:
        length = len(words)
        op.execute(
            NAMED.bindparams(
                kind=kind, words=words, length=length, rest=length + 1, reference=reference
            )
        )
    op.execute(CHARGES)
    op.execute(SHARES)
    op.create_index(
        "uq_bill_line_once",
        "bill_line",
        ["reference"],
        unique=True,
        sqlite_where=ONCE,
        postgresql_where=ONCE,
    )


def downgrade() -> None:
    op.drop_index("uq_bill_line_once", "bill_line")
    op.execute("UPDATE bill_line SET quantity = 0 WHERE kind = 'charge'")
    op.execute("ALTER TABLE bill_line DROP COLUMN reference")
