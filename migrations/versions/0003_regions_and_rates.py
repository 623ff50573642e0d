"""The 474 villages of Lamongan and the first delivery rate."""

import csv
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

VILLAGES = Path(__file__).parent.parent / "data" / "lamongan_wilayah.csv"
REGION = sa.table(
    "region",
    *(sa.column(n) for n in ("code", "name", "kind", "parent_code", "postal_code", "search_name")),
)
RATE = sa.table(
    "delivery_rate",
    sa.column("kecamatan_code"),
    sa.column("fee"),
    sa.column("valid_from", sa.Date),
    sa.column("source"),
)


def _row(
    code: str, name: str, kind: str, parent: str | None, postal: str | None
) -> dict[str, str | None]:
    return {
        "code": code,
        "name": name,
        "kind": kind,
        "parent_code": parent,
        "postal_code": postal,
        "search_name": name.lower(),
    }


def upgrade() -> None:
    if op.get_bind().scalar(sa.text("SELECT count(*) FROM region")):
        return  # up again after a step down
    with VILLAGES.open(encoding="utf-8", newline="") as file:
        villages = list(csv.DictReader(file))
    kecamatan = {v["kode_kecamatan"]: v["kecamatan"] for v in villages}
    op.bulk_insert(REGION, [_row("35.24", "Lamongan", "kabupaten", None, None)])
    op.bulk_insert(
        REGION, [_row(code, name, "kecamatan", "35.24", None) for code, name in kecamatan.items()]
    )
    op.bulk_insert(
        REGION,
        [
            _row(v["kode"], v["nama"], v["jenis"], v["kode_kecamatan"], v["kodepos"])
            for v in villages
        ],
    )
    op.bulk_insert(
        RATE,
        [
            {
                "kecamatan_code": None,
                "fee": 5_000,
                "valid_from": date(2020, 1, 1),
                "source": "Tarif rata Pasar Online Lamongan, 2020",
            }
        ],
    )


def downgrade() -> None:
    """Leave the rows: others may refer to them, and they go with their tables in 0001."""
