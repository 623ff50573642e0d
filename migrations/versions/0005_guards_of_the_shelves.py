"""What the database itself holds true about shelves, consigned goods and settlement, both engines.

Placements never overlap and fit their shelf, which does not shrink beneath them (I11); events of a
batch move its numbers (I12); periods touch and stay shut (I13); expired goods are not sold (I15).
"""
# ruff: noqa: S608 - every statement here is made of constants

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

FOREVER = (
    "shelf_version",
    "application_step",
    "allocation_edit",
    "agreement_signature",
    "stock_event",
    "sale_line",
    "settlement_period",
    "settled_event",
    "dispute_step",
)
HOLDS = "status IN ('reserved', 'live')"
CALL_TERMS = (
    "form, from_on, until_on, margin_bp, payment_days, settle_every_days, notice_days, "
    "min_life_bp, unsold_bearer, damage_bearer, loss_bearer, late_fine_bp, short_fine_bp, "
    "expected_sales, new_goods_only, terms_sha256"
)
RULE_WORDS = (
    "code, kind, weight, place, source, article, scope, says, remedy, doubt, form, number, "
    "threshold, valid_from"
)
AGREEMENT_TERMS = (
    "form, from_on, until_on, price, margin_bp, payment_days, notice_days, min_life_bp, "
    "unsold_bearer, damage_bearer, loss_bearer, late_fine_bp, short_fine_bp, text, text_sha256"
)

# What a new or changed placement must not do.
OVERLAPS = f"""EXISTS (SELECT 1 FROM placement p WHERE p.shelf_id = NEW.shelf_id AND p.id <> NEW.id
    AND p.{HOLDS} AND p.from_on < NEW.until_on AND NEW.from_on < p.until_on
    AND p.x_mm < NEW.x_mm + NEW.width_mm AND NEW.x_mm < p.x_mm + p.width_mm)"""
TOO_BIG = """EXISTS (SELECT 1 FROM shelf s WHERE s.id = NEW.shelf_id
    AND (NEW.x_mm + NEW.width_mm > s.width_mm OR NEW.height_mm > s.height_mm
      OR NEW.depth_mm > s.depth_mm OR s.store_id <> NEW.store_id))"""
# The load changes only on days on which a placement begins, so these are the days to look at.
TOO_HEAVY = f"""EXISTS (SELECT 1 FROM (
      SELECT NEW.from_on AS day
      UNION SELECT b.from_on FROM placement b WHERE b.shelf_id = NEW.shelf_id AND b.{HOLDS}
        AND b.from_on > NEW.from_on AND b.from_on < NEW.until_on) days
    WHERE NEW.load_g + (SELECT coalesce(sum(p.load_g), 0) FROM placement p
        WHERE p.shelf_id = NEW.shelf_id AND p.id <> NEW.id AND p.{HOLDS}
          AND p.from_on <= days.day AND days.day < p.until_on)
      > (SELECT s.load_g FROM shelf s WHERE s.id = NEW.shelf_id))"""
AWAY = """{f}.status <> 'active' AND {f}.status_from < {p}.until_on
      AND ({f}.status_until IS NULL OR {p}.from_on < {f}.status_until)"""
NOT_THERE = f"""EXISTS (SELECT 1 FROM shelf s JOIN fixture f ON f.id = s.fixture_id
    WHERE s.id = NEW.shelf_id AND (s.is_active IS NOT TRUE
      OR {AWAY.format(f="f", p="NEW")}))"""
FIXTURE_BREAKS = f"""EXISTS (SELECT 1 FROM placement p JOIN shelf s ON s.id = p.shelf_id
    WHERE s.fixture_id = NEW.id AND p.{HOLDS}
      AND {AWAY.format(f="NEW", p="p")})"""
SHELF_BREAKS = f"""EXISTS (SELECT 1 FROM placement p WHERE p.shelf_id = NEW.id AND p.{HOLDS}
    AND (p.x_mm + p.width_mm > NEW.width_mm OR p.height_mm > NEW.height_mm
      OR p.depth_mm > NEW.depth_mm OR NEW.is_active IS NOT TRUE
      OR (SELECT sum(q.load_g) FROM placement q WHERE q.shelf_id = NEW.id AND q.{HOLDS}
          AND q.from_on <= p.from_on AND p.from_on < q.until_on) > NEW.load_g))"""
SHUT = """(SELECT max(until_on) FROM settlement_period WHERE retailer_id = {retailer})"""
SOLD_TOO_LATE = """NEW.kind = 'sold' AND NEW.day > (SELECT expires_on FROM consigned_batch
    WHERE id = NEW.batch_id)"""
STORE_OF_BATCH = """(SELECT s.retailer_id FROM consigned_batch b JOIN store s ON s.id = b.store_id
    WHERE b.id = NEW.batch_id)"""

# What an event counts as, and with which sign.
AS = "coalesce(NEW.of, NEW.kind)"
BY = "(CASE WHEN NEW.kind = 'corrected' THEN -NEW.quantity ELSE NEW.quantity END)"
MOVE = f"""UPDATE consigned_batch SET
      delivered = delivered + CASE WHEN {AS} = 'received' THEN {BY} ELSE 0 END,
      sold = sold + CASE WHEN {AS} = 'sold' THEN {BY} ELSE 0 END,
      returned = returned + CASE WHEN {AS} = 'returned' THEN {BY} ELSE 0 END,
      destroyed = destroyed + CASE WHEN {AS} = 'destroyed' THEN {BY} ELSE 0 END,
      lost = lost + CASE {AS} WHEN 'lost' THEN {BY} WHEN 'found' THEN -{BY} ELSE 0 END,
      on_shelf = on_shelf + CASE WHEN {AS} IN ('received', 'found') THEN {BY} ELSE -{BY} END
    WHERE id = NEW.batch_id"""


def _changes(terms: str) -> str:
    names = [name.strip() for name in terms.split(",")]
    return " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in names)


def _sqlite(name: str, when: str, table: str, condition: str, message: str) -> str:
    return f"""CREATE TRIGGER {name} BEFORE {when} ON {table} WHEN {condition}
    BEGIN SELECT RAISE(ABORT, '{message}'); END"""


PLACED = (
    ("overlap", OVERLAPS, "placement overlaps"),
    ("size", TOO_BIG, "placement does not fit"),
    ("load", TOO_HEAVY, "placement is too heavy"),
    ("away", NOT_THERE, "shelf is not there"),
)
SQLITE = (
    *(
        _sqlite(
            f"placement_{name}_{when.lower()}", when, "placement", f"NEW.{HOLDS} AND {bad}", words
        )
        for name, bad, words in PLACED
        for when in ("INSERT", "UPDATE")
    ),
    _sqlite("shelf_holds", "UPDATE", "shelf", SHELF_BREAKS, "shelf is in use"),
    _sqlite("fixture_holds", "UPDATE", "fixture", FIXTURE_BREAKS, "fixture is in use"),
    _sqlite(
        "period_touches",
        "INSERT",
        "settlement_period",
        f"NEW.from_on <> {SHUT.format(retailer='NEW.retailer_id')}",
        "period does not touch",
    ),
    _sqlite(
        "sale_line_open",
        "INSERT",
        "sale_line",
        f"NEW.day < {SHUT.format(retailer='NEW.retailer_id')}",
        "period is closed",
    ),
    _sqlite(
        "stock_event_open",
        "INSERT",
        "stock_event",
        f"NEW.day < {SHUT.format(retailer=STORE_OF_BATCH)}",
        "period is closed",
    ),
    _sqlite("stock_event_sound", "INSERT", "stock_event", SOLD_TOO_LATE, "goods are expired"),
    f"CREATE TRIGGER stock_event_moves AFTER INSERT ON stock_event BEGIN {MOVE}; END",
    _sqlite(
        "slot_call_frozen",
        "UPDATE",
        "slot_call",
        f"OLD.terms_sha256 IS NOT NULL AND ({_changes(CALL_TERMS)})",
        "terms are frozen",
    ),
    _sqlite("term_rule_stays", "UPDATE", "term_rule", _changes(RULE_WORDS), "a rule never changes"),
    _sqlite(
        "agreement_frozen",
        "UPDATE",
        "agreement",
        f"OLD.status <> 'draft' AND ({_changes(AGREEMENT_TERMS)})",
        "terms are frozen",
    ),
    *(
        _sqlite(f"{table}_no_{verb.lower()}", verb, table, "1", f"{table} is append-only")
        for table in FOREVER
        for verb in ("UPDATE", "DELETE")
    ),
)


def _function(name: str, *steps: str) -> str:
    return f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN {" ".join(steps)} RETURN NEW; END $$"""


def _refuse(condition: str, message: str) -> str:
    return f"IF {condition} THEN RAISE EXCEPTION '{message}' USING ERRCODE = '23514'; END IF;"


def _before(name: str, when: str, table: str) -> str:
    return f"""CREATE TRIGGER {name} BEFORE {when} ON {table}
    FOR EACH ROW EXECUTE FUNCTION {name}()"""


def _after_all(name: str, table: str) -> str:
    """Look at all rows of a statement at once: a till file has twenty thousand."""
    return f"""CREATE TRIGGER {name} AFTER INSERT ON {table} REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION {name}()"""


FRESH_BATCHES = """FROM fresh JOIN consigned_batch b ON b.id = fresh.batch_id
    JOIN store s ON s.id = b.store_id"""
FRESH_AS = "coalesce(fresh.of, fresh.kind)"
FRESH_BY = "(CASE WHEN fresh.kind = 'corrected' THEN -fresh.quantity ELSE fresh.quantity END)"
MOVE_ALL = f"""UPDATE consigned_batch b SET
      delivered = b.delivered + m.received,
      sold = b.sold + m.sold,
      returned = b.returned + m.returned,
      destroyed = b.destroyed + m.destroyed,
      lost = b.lost + m.lost,
      on_shelf = b.on_shelf + m.received - m.sold - m.returned - m.destroyed - m.lost
    FROM (SELECT batch_id,
        sum(CASE WHEN {FRESH_AS} = 'received' THEN {FRESH_BY} ELSE 0 END) AS received,
        sum(CASE WHEN {FRESH_AS} = 'sold' THEN {FRESH_BY} ELSE 0 END) AS sold,
        sum(CASE WHEN {FRESH_AS} = 'returned' THEN {FRESH_BY} ELSE 0 END) AS returned,
        sum(CASE WHEN {FRESH_AS} = 'destroyed' THEN {FRESH_BY} ELSE 0 END) AS destroyed,
        sum(CASE {FRESH_AS} WHEN 'lost' THEN {FRESH_BY} WHEN 'found' THEN -{FRESH_BY}
            ELSE 0 END) AS lost
      FROM fresh GROUP BY batch_id) m
    WHERE b.id = m.batch_id"""


# Whoever places goods holds the shelf, whoever closes a period its retailer: two who look at the
# same time would otherwise both find room.
POSTGRESQL = (
    f"""ALTER TABLE placement ADD CONSTRAINT placement_no_overlap EXCLUDE USING gist (
      int4range(shelf_id, shelf_id, '[]') WITH &&, int4range(x_mm, x_mm + width_mm) WITH &&,
      daterange(from_on, until_on) WITH &&) WHERE ({HOLDS})""",
    _function(
        "placement_fits",
        f"IF NEW.{HOLDS} THEN PERFORM 1 FROM shelf WHERE id = NEW.shelf_id FOR NO KEY UPDATE;",
        "PERFORM 1 FROM fixture f JOIN shelf s ON s.fixture_id = f.id WHERE s.id = NEW.shelf_id",
        "FOR SHARE OF f;",
        _refuse(TOO_BIG, "placement does not fit"),
        _refuse(TOO_HEAVY, "placement is too heavy"),
        _refuse(NOT_THERE, "shelf is not there"),
        "END IF;",
    ),
    _before("placement_fits", "INSERT OR UPDATE", "placement"),
    _function("shelf_holds", _refuse(SHELF_BREAKS, "shelf is in use")),
    _before("shelf_holds", "UPDATE", "shelf"),
    _function("fixture_holds", _refuse(FIXTURE_BREAKS, "fixture is in use")),
    _before("fixture_holds", "UPDATE", "fixture"),
    _function(
        "period_touches",
        "PERFORM 1 FROM retailer WHERE id = NEW.retailer_id FOR UPDATE;",
        _refuse(
            f"NEW.from_on <> {SHUT.format(retailer='NEW.retailer_id')}", "period does not touch"
        ),
    ),
    _before("period_touches", "INSERT", "settlement_period"),
    _function(
        "sale_line_open",
        """PERFORM 1 FROM retailer
          WHERE id IN (SELECT retailer_id FROM fresh) FOR KEY SHARE;""",
        _refuse(
            """EXISTS (SELECT 1 FROM fresh JOIN settlement_period p
              ON p.retailer_id = fresh.retailer_id AND fresh.day < p.until_on)""",
            "period is closed",
        ),
    ),
    _after_all("sale_line_open", "sale_line"),
    _function(
        "stock_event_moves",
        f"""PERFORM 1 FROM retailer
          WHERE id IN (SELECT s.retailer_id {FRESH_BATCHES}) FOR KEY SHARE;""",
        _refuse(
            f"""EXISTS (SELECT 1 {FRESH_BATCHES} JOIN settlement_period p
              ON p.retailer_id = s.retailer_id AND fresh.day < p.until_on)""",
            "period is closed",
        ),
        _refuse(
            f"""EXISTS (SELECT 1 {FRESH_BATCHES}
              WHERE fresh.kind = 'sold' AND fresh.day > b.expires_on)""",
            "goods are expired",
        ),
        f"{MOVE_ALL};",
    ),
    _after_all("stock_event_moves", "stock_event"),
    _function(
        "slot_call_frozen",
        _refuse(f"OLD.terms_sha256 IS NOT NULL AND ({_changes(CALL_TERMS)})", "terms are frozen"),
    ),
    _before("slot_call_frozen", "UPDATE", "slot_call"),
    _function("term_rule_stays", _refuse(_changes(RULE_WORDS), "a rule never changes")),
    _before("term_rule_stays", "UPDATE", "term_rule"),
    _function(
        "agreement_frozen",
        _refuse(f"OLD.status <> 'draft' AND ({_changes(AGREEMENT_TERMS)})", "terms are frozen"),
    ),
    _before("agreement_frozen", "UPDATE", "agreement"),
    *(
        f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION refuse_change()"""
        for table in FOREVER
    ),
)

UNDO = {
    "sqlite": (
        *(
            f"DROP TRIGGER placement_{name}_{when}"
            for name, _, _ in PLACED
            for when in ("insert", "update")
        ),
        *(
            f"DROP TRIGGER {name}"
            for name in (
                "shelf_holds",
                "fixture_holds",
                "period_touches",
                "sale_line_open",
                "stock_event_open",
                "stock_event_sound",
                "stock_event_moves",
                "slot_call_frozen",
                "term_rule_stays",
                "agreement_frozen",
            )
        ),
        *(f"DROP TRIGGER {table}_no_{verb}" for table in FOREVER for verb in ("update", "delete")),
    ),
    "postgresql": (
        "ALTER TABLE placement DROP CONSTRAINT placement_no_overlap",
        *(f"DROP TRIGGER {table}_append_only ON {table}" for table in FOREVER),
        *(
            f"DROP FUNCTION {name}() CASCADE"
            for name in (
                "placement_fits",
                "shelf_holds",
                "fixture_holds",
                "period_touches",
                "sale_line_open",
                "stock_event_moves",
                "slot_call_frozen",
                "term_rule_stays",
                "agreement_frozen",
            )
        ),
    ),
}

PERMENDAG_23 = "Permendag 23/2021 tentang Pedoman Pengembangan, Penataan, dan Pembinaan Pusat "
PERMENDAG_23 += "Perbelanjaan dan Toko Swalayan"
PERPRES_112 = "Perpres 112/2007 tentang Penataan dan Pembinaan Pasar Tradisional, Pusat "
PERPRES_112 += "Perbelanjaan dan Toko Modern"
PERMENDAG_70 = "Permendag 70/2013 (sudah diganti Permendag 23/2021)"
TO_CONFIRM = (
    "Perlu dikonfirmasi: aturan asalnya sudah diganti, tetapi angkanya masih sering dikutip."
)

# code, kind, weight, source, article, scope, says, remedy, doubt, number, threshold, from
RULES = (
    (
        "PMD23-7-PUSAT",
        "area_share_least_bp",
        "advice",
        PERMENDAG_23,
        "Pasal 7",
        "Pusat perbelanjaan (bukan toko swalayan)",
        "Pusat perbelanjaan menyediakan ruang usaha atau promosi untuk UMKM paling sedikit 30 % "
        "dari luasnya.",
        "Hitung luas untuk UMKM; angka ini tidak berlaku untuk toko swalayan.",
        "Sumber berita sering memakai angka ini untuk toko swalayan; bunyi pasalnya tidak.",
        3000,
        None,
        date(2021, 4, 1),
    ),
    (
        "PMD23-7-TOKO",
        "area_share_least_bp",
        "advice",
        PERMENDAG_23,
        "Pasal 7",
        "Toko swalayan",
        "Toko swalayan menyediakan ruang yang strategis dan proporsional untuk UMKM; persentasenya "
        "hanya bisa datang dari aturan daerah.",
        "Buka ruang rak setinggi mata atau tangan, bukan hanya di rak paling bawah.",
        "Lamongan belum menetapkan persentase; administrator mengisinya bila sudah ada.",
        0,
        None,
        date(2021, 4, 1),
    ),
    (
        "PMD23-11-BIAYA",
        "charges_most_bp",
        "binds",
        PERMENDAG_23,
        "Pasal 11",
        "Semua bentuk kerja sama toko swalayan",
        "Semua biaya syarat perdagangan di luar potongan reguler paling banyak 15 %.",
        "Kurangi biaya tambahan, atau masukkan ke margin yang disepakati.",
        None,
        1500,
        None,
        date(2021, 4, 1),
    ),
    (
        "PMD23-11-LISTING",
        "listing_fee_new_goods_only",
        "binds",
        PERMENDAG_23,
        "Pasal 11",
        "Toko swalayan",
        "Biaya pendaftaran barang (listing fee) hanya untuk barang baru.",
        "Batasi pembukaan ini untuk barang baru, atau hapus biaya pendaftarannya.",
        None,
        0,
        None,
        date(2021, 4, 1),
    ),
    (
        "PP112-8-TULIS",
        "written_in_indonesian",
        "binds",
        PERPRES_112,
        "Pasal 8",
        "Pemasok dan toko modern",
        "Perjanjian ditulis dalam bahasa Indonesia.",
        "Lengkapi judul dan uraian syarat; perjanjiannya dibuat dari situ.",
        None,
        1,
        None,
        date(2007, 12, 27),
    ),
    (
        "PP112-8-DAFTAR",
        "closed_list_of_charges",
        "binds",
        PERPRES_112,
        "Pasal 8",
        "Pemasok dan toko modern",
        "Biaya yang boleh dikenakan disebut satu per satu; yang tidak disebut tidak boleh "
        "dipungut.",
        "Beri nama setiap biaya dan hapus biaya bernama umum seperti “lain-lain”.",
        None,
        0,
        None,
        date(2007, 12, 27),
    ),
    (
        "PP112-8-DENDA",
        "fines_both_ways",
        "binds",
        PERPRES_112,
        "Pasal 8",
        "Pemasok dan toko modern",
        "Denda berlaku dua arah: untuk pemasok yang kurang kirim dan untuk toko yang telat bayar.",
        "Isi denda telat bayar paling sedikit sebesar denda kurang kirim, atau hapus keduanya.",
        None,
        0,
        None,
        date(2007, 12, 27),
    ),
    (
        "PMD70-13-BAYAR",
        "payment_days_most",
        "advice",
        PERMENDAG_70,
        "Pasal 13",
        "Pemasok mikro dan kecil, tagihan sampai Rp10 juta",
        "Tagihan sampai Rp10 juta dibayar paling lambat 15 hari.",
        "Pilih masa bayar 15 hari atau kurang.",
        TO_CONFIRM,
        15,
        10_000_000,
        date(2013, 12, 12),
    ),
    (
        "PMD70-13-LISTING",
        "listing_fee_free_for_small",
        "advice",
        PERMENDAG_70,
        "Pasal 13",
        "Pemasok mikro dan kecil",
        "Usaha mikro dan kecil bebas biaya pendaftaran barang.",
        "Hapus biaya pendaftaran untuk UMKM.",
        TO_CONFIRM,
        0,
        None,
        date(2013, 12, 12),
    ),
)
CENTRES = {"PMD23-7-PUSAT": "centre"}
COLUMNS = (
    "code",
    "kind",
    "weight",
    "source",
    "article",
    "scope",
    "says",
    "remedy",
    "doubt",
    "number",
    "threshold",
    "valid_from",
)


def upgrade() -> None:
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)
    kinds = {"valid_from": sa.Date()}
    names = (*COLUMNS, "place")
    table = sa.table("term_rule", *(sa.column(name, kinds.get(name)) for name in names))
    rows = [dict(zip(COLUMNS, rule, strict=True)) for rule in RULES]
    op.bulk_insert(table, [row | {"place": CENTRES.get(str(row["code"]), "store")} for row in rows])


def downgrade() -> None:
    for statement in UNDO[op.get_bind().dialect.name]:
        op.execute(statement)
    op.execute("DELETE FROM term_rule")
