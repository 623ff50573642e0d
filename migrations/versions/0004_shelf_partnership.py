"""Retailers, shelves, calls, applications, allocation, agreements, consignment, settlement."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "retailer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("nib", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retailer")),
        sa.UniqueConstraint("nib", name=op.f("uq_retailer_nib")),
        sa.UniqueConstraint("slug", name=op.f("uq_retailer_slug")),
    )
    op.create_table(
        "pos_mapping",
        sa.Column("retailer_id", sa.Integer(), nullable=False),
        sa.Column("heading_sha256", sa.String(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["retailer_id"], ["retailer.id"], name=op.f("fk_pos_mapping_retailer_id_retailer")
        ),
        sa.PrimaryKeyConstraint("retailer_id", "heading_sha256", name=op.f("pk_pos_mapping")),
    )
    op.create_table(
        "settlement_period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("retailer_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("from_on < until_on", name=op.f("ck_settlement_period_span")),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["user.id"], name=op.f("fk_settlement_period_closed_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["retailer_id"], ["retailer.id"], name=op.f("fk_settlement_period_retailer_id_retailer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement_period")),
        sa.UniqueConstraint("number", name=op.f("uq_settlement_period_number")),
        sa.UniqueConstraint(
            "retailer_id", "from_on", name=op.f("uq_settlement_period_retailer_id_from_on")
        ),
        sa.UniqueConstraint(
            "retailer_id", "until_on", name=op.f("uq_settlement_period_retailer_id_until_on")
        ),
    )
    op.create_table(
        "slot_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("retailer_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column(
            "form",
            sa.Enum(
                "consignment",
                "outright",
                "rent",
                "programme",
                name="coop_form",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "checked",
                "open",
                "closed",
                "allocated",
                "done",
                "cancelled",
                name="call_status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("status_reason", sa.String(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("margin_bp", sa.Integer(), nullable=False),
        sa.Column("payment_days", sa.Integer(), nullable=False),
        sa.Column("settle_every_days", sa.Integer(), nullable=False),
        sa.Column("notice_days", sa.Integer(), nullable=False),
        sa.Column("offer_days", sa.Integer(), nullable=False),
        sa.Column("min_life_bp", sa.Integer(), nullable=False),
        sa.Column(
            "unsold_bearer",
            sa.Enum(
                "producer",
                "retailer",
                name="unsold_bearer",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "damage_bearer",
            sa.Enum(
                "producer",
                "retailer",
                name="damage_bearer",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "loss_bearer",
            sa.Enum(
                "producer",
                "retailer",
                name="loss_bearer",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("late_fine_bp", sa.Integer(), nullable=False),
        sa.Column("short_fine_bp", sa.Integer(), nullable=False),
        sa.Column("expected_sales", sa.BigInteger(), nullable=True),
        sa.Column("new_goods_only", sa.Boolean(), nullable=False),
        sa.Column("categories", sa.JSON(), nullable=False),
        sa.Column("permits", sa.JSON(), nullable=False),
        sa.Column("gap_mm", sa.Integer(), nullable=False),
        sa.Column("per_producer_per_store", sa.Integer(), nullable=False),
        sa.Column("kecamatan_floor", sa.Integer(), nullable=False),
        sa.Column("floor_penalty", sa.BigInteger(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=True),
        sa.Column("stated_reason", sa.String(), nullable=True),
        sa.Column("terms_sha256", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("from_on < until_on", name=op.f("ck_slot_call_span")),
        sa.CheckConstraint(
            "gap_mm >= 0 AND per_producer_per_store > 0 AND kecamatan_floor >= 0",
            name=op.f("ck_slot_call_quotas"),
        ),
        sa.CheckConstraint("margin_bp BETWEEN 0 AND 10000", name=op.f("ck_slot_call_margin")),
        sa.CheckConstraint("min_life_bp BETWEEN 0 AND 10000", name=op.f("ck_slot_call_min_life")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["user.id"], name=op.f("fk_slot_call_created_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["user.id"], name=op.f("fk_slot_call_published_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["retailer_id"], ["retailer.id"], name=op.f("fk_slot_call_retailer_id_retailer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot_call")),
        sa.UniqueConstraint("number", name=op.f("uq_slot_call_number")),
    )
    with op.batch_alter_table("slot_call", schema=None) as batch_op:
        batch_op.create_index(
            "ix_slot_call_retailer_id_status", ["retailer_id", "status"], unique=False
        )
        batch_op.create_index(
            "ix_slot_call_status_closes_at", ["status", "closes_at"], unique=False
        )

    op.create_table(
        "store",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("retailer_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("permit_number", sa.String(), nullable=False),
        sa.Column("permit_expires_on", sa.Date(), nullable=True),
        sa.Column("permit_picture_key", sa.String(), nullable=True),
        sa.Column("village_code", sa.String(), nullable=False),
        sa.Column("kecamatan_code", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("all_shelves_mm", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "submitted",
                "verified",
                "suspended",
                name="store_status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("status_reason", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verified_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("all_shelves_mm >= 0", name=op.f("ck_store_length_not_negative")),
        sa.ForeignKeyConstraint(
            ["kecamatan_code"], ["region.code"], name=op.f("fk_store_kecamatan_code_region")
        ),
        sa.ForeignKeyConstraint(
            ["retailer_id"], ["retailer.id"], name=op.f("fk_store_retailer_id_retailer")
        ),
        sa.ForeignKeyConstraint(
            ["verified_by_id"], ["user.id"], name=op.f("fk_store_verified_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["village_code"], ["region.code"], name=op.f("fk_store_village_code_region")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_store")),
        sa.UniqueConstraint("permit_number", name=op.f("uq_store_permit_number")),
        sa.UniqueConstraint("slug", name=op.f("uq_store_slug")),
    )
    with op.batch_alter_table("store", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_store_kecamatan_code"), ["kecamatan_code"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_store_retailer_id"), ["retailer_id"], unique=False)
        batch_op.create_index(
            "ix_store_status_submitted_at", ["status", "submitted_at"], unique=False
        )

    op.create_table(
        "term_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "charges_most_bp",
                "payment_days_most",
                "listing_fee_new_goods_only",
                "listing_fee_free_for_small",
                "area_share_least_bp",
                "written_in_indonesian",
                "closed_list_of_charges",
                "fines_both_ways",
                name="term_rule_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "weight",
            sa.Enum(
                "binds",
                "advice",
                name="rule_weight",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "place",
            sa.Enum(
                "store",
                "centre",
                name="term_place",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("says", sa.String(), nullable=False),
        sa.Column("remedy", sa.String(), nullable=False),
        sa.Column("doubt", sa.String(), nullable=True),
        sa.Column(
            "form",
            sa.Enum(
                "consignment",
                "outright",
                "rent",
                "programme",
                name="coop_form",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("threshold", sa.BigInteger(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["user.id"], name=op.f("fk_term_rule_made_by_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term_rule")),
        sa.UniqueConstraint("code", name=op.f("uq_term_rule_code")),
    )
    op.create_table(
        "allocation_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "queued",
                "running",
                "computed",
                "reviewed",
                "fixed",
                "failed",
                "dropped",
                name="run_status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("progress_bp", sa.Integer(), nullable=False),
        sa.Column("log", sa.JSON(), nullable=False),
        sa.Column("instance", sa.Text(), nullable=False),
        sa.Column("input_sha256", sa.String(), nullable=False),
        sa.Column("objective", sa.BigInteger(), nullable=True),
        sa.Column("bound", sa.BigInteger(), nullable=True),
        sa.Column("free_objective", sa.BigInteger(), nullable=True),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by_id", sa.Integer(), nullable=True),
        sa.Column("fixed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fixed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["user.id"], name=op.f("fk_allocation_run_asked_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["call_id"], ["slot_call.id"], name=op.f("fk_allocation_run_call_id_slot_call")
        ),
        sa.ForeignKeyConstraint(
            ["fixed_by_id"], ["user.id"], name=op.f("fk_allocation_run_fixed_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by_id"], ["user.id"], name=op.f("fk_allocation_run_reviewed_by_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation_run")),
        sa.UniqueConstraint("number", name=op.f("uq_allocation_run_number")),
    )
    with op.batch_alter_table("allocation_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_allocation_run_call_id"), ["call_id"], unique=False)
        batch_op.create_index(
            "ix_allocation_run_status_asked_at", ["status", "asked_at"], unique=False
        )
        batch_op.create_index(
            "uq_allocation_run_fixed",
            ["call_id"],
            unique=True,
            sqlite_where=sa.text("status = 'fixed'"),
            postgresql_where=sa.text("status = 'fixed'"),
        )

    op.create_table(
        "bill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("retailer_id", sa.Integer(), nullable=False),
        sa.Column("stall_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "billed",
                "approved",
                "in_part",
                "paid",
                "nothing_due",
                name="bill_status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("sales", sa.BigInteger(), nullable=False),
        sa.Column("margin", sa.BigInteger(), nullable=False),
        sa.Column("charges", sa.BigInteger(), nullable=False),
        sa.Column("borne", sa.BigInteger(), nullable=False),
        sa.Column("carried", sa.BigInteger(), nullable=False),
        sa.Column("payable", sa.BigInteger(), nullable=False),
        sa.Column("held", sa.BigInteger(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("nothing_because", sa.String(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sale_to_money_tenths", sa.Integer(), nullable=True),
        sa.CheckConstraint("paid >= 0 AND held >= 0", name=op.f("ck_bill_not_negative")),
        sa.CheckConstraint("payable < 0 OR paid <= payable", name=op.f("ck_bill_not_overpaid")),
        sa.CheckConstraint(
            "payable = sales - margin - charges + borne + carried",
            name=op.f("ck_bill_payable_is_sum"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["user.id"], name=op.f("fk_bill_approved_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["period_id"],
            ["settlement_period.id"],
            name=op.f("fk_bill_period_id_settlement_period"),
        ),
        sa.ForeignKeyConstraint(
            ["retailer_id"], ["retailer.id"], name=op.f("fk_bill_retailer_id_retailer")
        ),
        sa.ForeignKeyConstraint(["stall_id"], ["stall.id"], name=op.f("fk_bill_stall_id_stall")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bill")),
        sa.UniqueConstraint("number", name=op.f("uq_bill_number")),
        sa.UniqueConstraint("period_id", "stall_id", name=op.f("uq_bill_period_id_stall_id")),
    )
    with op.batch_alter_table("bill", schema=None) as batch_op:
        batch_op.create_index("ix_bill_due_on", ["due_on"], unique=False)
        batch_op.create_index("ix_bill_retailer_id_status", ["retailer_id", "status"], unique=False)
        batch_op.create_index("ix_bill_stall_id_status", ["stall_id", "status"], unique=False)

    op.create_table(
        "call_charge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "listing_fee",
                "promotion",
                "rent",
                "shortage",
                "other",
                name="charge_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "basis",
            sa.Enum(
                "once",
                "per_period",
                "share_of_sales",
                name="charge_basis",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("share_bp", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "amount >= 0 AND share_bp >= 0", name=op.f("ck_call_charge_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["call_id"], ["slot_call.id"], name=op.f("fk_call_charge_call_id_slot_call")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_charge")),
    )
    with op.batch_alter_table("call_charge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_charge_call_id"), ["call_id"], unique=False)

    op.create_table(
        "call_criterion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.CheckConstraint("weight > 0", name=op.f("ck_call_criterion_weight")),
        sa.ForeignKeyConstraint(
            ["call_id"], ["slot_call.id"], name=op.f("fk_call_criterion_call_id_slot_call")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_criterion")),
    )
    with op.batch_alter_table("call_criterion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_criterion_call_id"), ["call_id"], unique=False)

    op.create_table(
        "delivery_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("stall_id", sa.Integer(), nullable=False),
        sa.Column("store_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "prepared",
                "sent",
                "received",
                "in_part",
                "refused",
                "dropped",
                name="delivery_status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("prepared_by_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["prepared_by_id"], ["user.id"], name=op.f("fk_delivery_note_prepared_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["received_by_id"], ["user.id"], name=op.f("fk_delivery_note_received_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["sent_by_id"], ["user.id"], name=op.f("fk_delivery_note_sent_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["stall_id"], ["stall.id"], name=op.f("fk_delivery_note_stall_id_stall")
        ),
        sa.ForeignKeyConstraint(
            ["store_id"], ["store.id"], name=op.f("fk_delivery_note_store_id_store")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_note")),
        sa.UniqueConstraint("key", name=op.f("uq_delivery_note_key")),
        sa.UniqueConstraint("number", name=op.f("uq_delivery_note_number")),
    )
    with op.batch_alter_table("delivery_note", schema=None) as batch_op:
        batch_op.create_index(
            "ix_delivery_note_stall_id_status", ["stall_id", "status"], unique=False
        )
        batch_op.create_index(
            "ix_delivery_note_store_id_status", ["store_id", "status"], unique=False
        )

    op.create_table(
        "fixture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("store_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("width_mm", sa.Integer(), nullable=False),
        sa.Column("height_mm", sa.Integer(), nullable=False),
        sa.Column("depth_mm", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "active",
                "refit",
                "closed",
                name="fixture_status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("status_from", sa.Date(), nullable=False),
        sa.Column("status_until", sa.Date(), nullable=True),
        sa.Column("status_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "width_mm > 0 AND height_mm > 0 AND depth_mm > 0", name=op.f("ck_fixture_size")
        ),
        sa.ForeignKeyConstraint(["store_id"], ["store.id"], name=op.f("fk_fixture_store_id_store")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fixture")),
        sa.UniqueConstraint("store_id", "code", name=op.f("uq_fixture_store_id_code")),
    )
    op.create_table(
        "retail_member",
        sa.Column("retailer_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "seat",
            sa.Enum(
                "owner",
                "buyer",
                "clerk",
                name="retail_seat",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("store_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(seat = 'clerk') = (store_id IS NOT NULL)",
            name=op.f("ck_retail_member_clerk_in_a_store"),
        ),
        sa.ForeignKeyConstraint(
            ["retailer_id"], ["retailer.id"], name=op.f("fk_retail_member_retailer_id_retailer")
        ),
        sa.ForeignKeyConstraint(
            ["store_id"], ["store.id"], name=op.f("fk_retail_member_store_id_store")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_retail_member_user_id_user")
        ),
        sa.PrimaryKeyConstraint("retailer_id", "user_id", name=op.f("pk_retail_member")),
    )
    with op.batch_alter_table("retail_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_retail_member_user_id"), ["user_id"], unique=False)

    op.create_table(
        "return_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("stall_id", sa.Integer(), nullable=False),
        sa.Column("store_id", sa.Integer(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "unsold",
                "damaged",
                "expired",
                "recall",
                name="return_reason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "asked",
                "picked_up",
                "received",
                "destroyed",
                "dropped",
                name="return_status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("picked_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("picked_up_by_id", sa.Integer(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["user.id"], name=op.f("fk_return_note_asked_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["done_by_id"], ["user.id"], name=op.f("fk_return_note_done_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["picked_up_by_id"], ["user.id"], name=op.f("fk_return_note_picked_up_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["stall_id"], ["stall.id"], name=op.f("fk_return_note_stall_id_stall")
        ),
        sa.ForeignKeyConstraint(
            ["store_id"], ["store.id"], name=op.f("fk_return_note_store_id_store")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_note")),
        sa.UniqueConstraint("key", name=op.f("uq_return_note_key")),
        sa.UniqueConstraint("number", name=op.f("uq_return_note_number")),
    )
    with op.batch_alter_table("return_note", schema=None) as batch_op:
        batch_op.create_index(
            "ix_return_note_stall_id_status", ["stall_id", "status"], unique=False
        )
        batch_op.create_index(
            "ix_return_note_store_id_status", ["store_id", "status"], unique=False
        )

    op.create_table(
        "sale_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("retailer_id", sa.Integer(), nullable=False),
        sa.Column("store_id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("heading", sa.JSON(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "waiting",
                "previewed",
                "running",
                "done",
                "refused",
                name="import_status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("done_rows", sa.Integer(), nullable=False),
        sa.Column("good_rows", sa.Integer(), nullable=False),
        sa.Column("bad_rows", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["retailer_id"], ["retailer.id"], name=op.f("fk_sale_import_retailer_id_retailer")
        ),
        sa.ForeignKeyConstraint(
            ["store_id"], ["store.id"], name=op.f("fk_sale_import_store_id_store")
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["user.id"], name=op.f("fk_sale_import_uploaded_by_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sale_import")),
        sa.UniqueConstraint("number", name=op.f("uq_sale_import_number")),
        sa.UniqueConstraint("store_id", "sha256", name=op.f("uq_sale_import_store_id_sha256")),
    )
    with op.batch_alter_table("sale_import", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sale_import_retailer_id"), ["retailer_id"], unique=False
        )
        batch_op.create_index("ix_sale_import_status", ["status"], unique=False)

    op.create_table(
        "store_follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("store_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["user.id"], name=op.f("fk_store_follow_up_asked_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["store_id"], ["store.id"], name=op.f("fk_store_follow_up_store_id_store")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_store_follow_up")),
        sa.UniqueConstraint("number", name=op.f("uq_store_follow_up_number")),
    )
    with op.batch_alter_table("store_follow_up", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_store_follow_up_store_id"), ["store_id"], unique=False)

    op.create_table(
        "allocation_edit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["user.id"], name=op.f("fk_allocation_edit_actor_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["allocation_run.id"], name=op.f("fk_allocation_edit_run_id_allocation_run")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation_edit")),
    )
    with op.batch_alter_table("allocation_edit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_allocation_edit_run_id"), ["run_id"], unique=False)

    op.create_table(
        "bill_payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("bill_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("proof_key", sa.String(), nullable=True),
        sa.Column("sale_to_money_tenths", sa.Integer(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by_id", sa.Integer(), nullable=True),
        sa.Column("voided_reason", sa.String(), nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("ck_bill_payment_amount_positive")),
        sa.ForeignKeyConstraint(
            ["bill_id"], ["bill.id"], name=op.f("fk_bill_payment_bill_id_bill")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["user.id"], name=op.f("fk_bill_payment_confirmed_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["noted_by_id"], ["user.id"], name=op.f("fk_bill_payment_noted_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["voided_by_id"], ["user.id"], name=op.f("fk_bill_payment_voided_by_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bill_payment")),
        sa.UniqueConstraint("key", name=op.f("uq_bill_payment_key")),
        sa.UniqueConstraint("number", name=op.f("uq_bill_payment_number")),
    )
    with op.batch_alter_table("bill_payment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bill_payment_bill_id"), ["bill_id"], unique=False)

    op.create_table(
        "dispute",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("bill_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "mediation",
                "settled",
                name="dispute_status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "opened_by",
            sa.Enum(
                "producer",
                "retailer",
                name="opened_by",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("held", sa.BigInteger(), nullable=False),
        sa.Column("awarded", sa.BigInteger(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name=op.f("fk_dispute_bill_id_bill")),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["user.id"], name=op.f("fk_dispute_opened_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["user.id"], name=op.f("fk_dispute_settled_by_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispute")),
        sa.UniqueConstraint("number", name=op.f("uq_dispute_number")),
    )
    with op.batch_alter_table("dispute", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dispute_bill_id"), ["bill_id"], unique=False)
        batch_op.create_index("ix_dispute_status", ["status"], unique=False)

    op.create_table(
        "product_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("stall_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column(
            "category",
            sa.Enum(
                "keripik",
                "kerupuk",
                "kopi_jahe",
                "kue_kering",
                "minuman",
                "olahan_ikan",
                "sambal_bumbu",
                "kerajinan",
                name="goods_category",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("width_mm", sa.Integer(), nullable=False),
        sa.Column("height_mm", sa.Integer(), nullable=False),
        sa.Column("depth_mm", sa.Integer(), nullable=False),
        sa.Column("weight_g", sa.Integer(), nullable=False),
        sa.Column("shelf_life_days", sa.Integer(), nullable=True),
        sa.Column("capacity_week", sa.Integer(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("gtin", sa.String(), nullable=True),
        sa.Column("picture_key", sa.String(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "shelf_life_days IS NULL OR shelf_life_days > 0",
            name=op.f("ck_product_sheet_shelf_life"),
        ),
        sa.CheckConstraint(
            "weight_g > 0 AND capacity_week > 0 AND price > 0",
            name=op.f("ck_product_sheet_positive"),
        ),
        sa.CheckConstraint(
            "width_mm > 0 AND height_mm > 0 AND depth_mm > 0", name=op.f("ck_product_sheet_size")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_product_sheet_product_id_product")
        ),
        sa.ForeignKeyConstraint(
            ["stall_id"], ["stall.id"], name=op.f("fk_product_sheet_stall_id_stall")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_sheet")),
        sa.UniqueConstraint("gtin", name=op.f("uq_product_sheet_gtin")),
        sa.UniqueConstraint("number", name=op.f("uq_product_sheet_number")),
    )
    with op.batch_alter_table("product_sheet", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_product_sheet_product_id"), ["product_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_product_sheet_stall_id"), ["stall_id"], unique=False)

    op.create_table(
        "sale_import_row",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["sale_import.id"], name=op.f("fk_sale_import_row_import_id_sale_import")
        ),
        sa.PrimaryKeyConstraint("import_id", "row", name=op.f("pk_sale_import_row")),
    )
    op.create_table(
        "shelf",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fixture_id", sa.Integer(), nullable=False),
        sa.Column("store_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("bottom_mm", sa.Integer(), nullable=False),
        sa.Column("width_mm", sa.Integer(), nullable=False),
        sa.Column("height_mm", sa.Integer(), nullable=False),
        sa.Column("depth_mm", sa.Integer(), nullable=False),
        sa.Column("load_g", sa.Integer(), nullable=False),
        sa.Column("level_factor_bp", sa.Integer(), nullable=False),
        sa.Column("categories", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("load_g > 0 AND level_factor_bp > 0", name=op.f("ck_shelf_strength")),
        sa.CheckConstraint(
            "width_mm > 0 AND height_mm > 0 AND depth_mm > 0 AND bottom_mm >= 0",
            name=op.f("ck_shelf_size"),
        ),
        sa.ForeignKeyConstraint(
            ["fixture_id"], ["fixture.id"], name=op.f("fk_shelf_fixture_id_fixture")
        ),
        sa.ForeignKeyConstraint(["store_id"], ["store.id"], name=op.f("fk_shelf_store_id_store")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shelf")),
        sa.UniqueConstraint("fixture_id", "number", name=op.f("uq_shelf_fixture_id_number")),
    )
    with op.batch_alter_table("shelf", schema=None) as batch_op:
        batch_op.create_index("ix_shelf_store_id", ["store_id"], unique=False)

    op.create_table(
        "application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("stall_id", sa.Integer(), nullable=False),
        sa.Column("kecamatan_code", sa.String(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "submitted",
                "screening",
                "curation",
                "repair",
                "passed",
                "refused",
                "withdrawn",
                name="application_status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("status_reason", sa.String(), nullable=True),
        sa.Column(
            "category",
            sa.Enum(
                "keripik",
                "kerupuk",
                "kopi_jahe",
                "kue_kering",
                "minuman",
                "olahan_ikan",
                "sambal_bumbu",
                "kerajinan",
                name="goods_category",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("width_mm", sa.Integer(), nullable=False),
        sa.Column("height_mm", sa.Integer(), nullable=False),
        sa.Column("depth_mm", sa.Integer(), nullable=False),
        sa.Column("weight_g", sa.Integer(), nullable=False),
        sa.Column("shelf_life_days", sa.Integer(), nullable=True),
        sa.Column("min_facings", sa.Integer(), nullable=False),
        sa.Column("max_facings", sa.Integer(), nullable=False),
        sa.Column("capacity_week", sa.Integer(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("weekly_demand_milli", sa.Integer(), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("screened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("screened_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("appeal", sa.String(), nullable=True),
        sa.Column("appealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("capacity_week > 0 AND price > 0", name=op.f("ck_application_positive")),
        sa.CheckConstraint(
            "min_facings > 0 AND max_facings >= min_facings", name=op.f("ck_application_facings")
        ),
        sa.ForeignKeyConstraint(
            ["call_id"], ["slot_call.id"], name=op.f("fk_application_call_id_slot_call")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user.id"], name=op.f("fk_application_decided_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["kecamatan_code"], ["region.code"], name=op.f("fk_application_kecamatan_code_region")
        ),
        sa.ForeignKeyConstraint(
            ["screened_by_id"], ["user.id"], name=op.f("fk_application_screened_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["product_sheet.id"], name=op.f("fk_application_sheet_id_product_sheet")
        ),
        sa.ForeignKeyConstraint(
            ["stall_id"], ["stall.id"], name=op.f("fk_application_stall_id_stall")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("number", name=op.f("uq_application_number")),
    )
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.create_index("ix_application_call_id_status", ["call_id", "status"], unique=False)
        batch_op.create_index(batch_op.f("ix_application_sheet_id"), ["sheet_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_application_stall_id"), ["stall_id"], unique=False)
        batch_op.create_index(
            "uq_application_live",
            ["call_id", "sheet_id"],
            unique=True,
            sqlite_where=sa.text("status NOT IN ('withdrawn', 'refused')"),
            postgresql_where=sa.text("status NOT IN ('withdrawn', 'refused')"),
        )

    op.create_table(
        "call_span",
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("shelf_id", sa.Integer(), nullable=False),
        sa.Column("x_mm", sa.Integer(), nullable=False),
        sa.Column("width_mm", sa.Integer(), nullable=False),
        sa.CheckConstraint("x_mm >= 0 AND width_mm > 0", name=op.f("ck_call_span_span")),
        sa.ForeignKeyConstraint(
            ["call_id"], ["slot_call.id"], name=op.f("fk_call_span_call_id_slot_call")
        ),
        sa.ForeignKeyConstraint(
            ["shelf_id"], ["shelf.id"], name=op.f("fk_call_span_shelf_id_shelf")
        ),
        sa.PrimaryKeyConstraint("call_id", "shelf_id", name=op.f("pk_call_span")),
    )
    with op.batch_alter_table("call_span", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_span_shelf_id"), ["shelf_id"], unique=False)

    op.create_table(
        "dispute_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dispute_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "mediation",
                "settled",
                name="dispute_status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["user.id"], name=op.f("fk_dispute_step_actor_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["dispute_id"], ["dispute.id"], name=op.f("fk_dispute_step_dispute_id_dispute")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispute_step")),
    )
    with op.batch_alter_table("dispute_step", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_dispute_step_dispute_id"), ["dispute_id"], unique=False
        )

    op.create_table(
        "sheet_permit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "nib",
                "p_irt",
                "halal",
                "bpom",
                name="sheet_permit_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("picture_key", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["product_sheet.id"], name=op.f("fk_sheet_permit_sheet_id_product_sheet")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_permit")),
        sa.UniqueConstraint(
            "sheet_id", "kind", "number", name=op.f("uq_sheet_permit_sheet_id_kind_number")
        ),
    )
    op.create_table(
        "shelf_version",
        sa.Column("shelf_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("bottom_mm", sa.Integer(), nullable=False),
        sa.Column("width_mm", sa.Integer(), nullable=False),
        sa.Column("height_mm", sa.Integer(), nullable=False),
        sa.Column("depth_mm", sa.Integer(), nullable=False),
        sa.Column("load_g", sa.Integer(), nullable=False),
        sa.Column("level_factor_bp", sa.Integer(), nullable=False),
        sa.Column("categories", sa.JSON(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["user.id"], name=op.f("fk_shelf_version_made_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["shelf_id"], ["shelf.id"], name=op.f("fk_shelf_version_shelf_id_shelf")
        ),
        sa.PrimaryKeyConstraint("shelf_id", "version", name=op.f("pk_shelf_version")),
    )
    op.create_table(
        "store_code",
        sa.Column("retailer_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["retailer_id"], ["retailer.id"], name=op.f("fk_store_code_retailer_id_retailer")
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["product_sheet.id"], name=op.f("fk_store_code_sheet_id_product_sheet")
        ),
        sa.PrimaryKeyConstraint("retailer_id", "code", name=op.f("pk_store_code")),
    )
    with op.batch_alter_table("store_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_store_code_sheet_id"), ["sheet_id"], unique=False)

    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("retailer_id", sa.Integer(), nullable=False),
        sa.Column("stall_id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("follows_id", sa.Integer(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "signed",
                "in_force",
                "ended",
                "terminated",
                name="agreement_status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "form",
            sa.Enum(
                "consignment",
                "outright",
                "rent",
                "programme",
                name="coop_form",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("margin_bp", sa.Integer(), nullable=False),
        sa.Column("payment_days", sa.Integer(), nullable=False),
        sa.Column("notice_days", sa.Integer(), nullable=False),
        sa.Column("min_life_bp", sa.Integer(), nullable=False),
        sa.Column(
            "unsold_bearer",
            sa.Enum(
                "producer",
                "retailer",
                name="unsold_bearer",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "damage_bearer",
            sa.Enum(
                "producer",
                "retailer",
                name="damage_bearer",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "loss_bearer",
            sa.Enum(
                "producer",
                "retailer",
                name="loss_bearer",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("late_fine_bp", sa.Integer(), nullable=False),
        sa.Column("short_fine_bp", sa.Integer(), nullable=False),
        sa.Column("change_reason", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("text_sha256", sa.String(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("rules_sha256", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("in_force_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("notice_told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_reason", sa.String(), nullable=True),
        sa.CheckConstraint("from_on < until_on", name=op.f("ck_agreement_dates")),
        sa.CheckConstraint("margin_bp BETWEEN 0 AND 10000", name=op.f("ck_agreement_margin")),
        sa.CheckConstraint("price > 0", name=op.f("ck_agreement_price")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_agreement_application_id_application"),
        ),
        sa.ForeignKeyConstraint(
            ["call_id"], ["slot_call.id"], name=op.f("fk_agreement_call_id_slot_call")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["user.id"], name=op.f("fk_agreement_ended_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["follows_id"], ["agreement.id"], name=op.f("fk_agreement_follows_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["retailer_id"], ["retailer.id"], name=op.f("fk_agreement_retailer_id_retailer")
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["product_sheet.id"], name=op.f("fk_agreement_sheet_id_product_sheet")
        ),
        sa.ForeignKeyConstraint(
            ["stall_id"], ["stall.id"], name=op.f("fk_agreement_stall_id_stall")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint("number", name=op.f("uq_agreement_number")),
    )
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_agreement_application_id"), ["application_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_agreement_call_id"), ["call_id"], unique=False)
        batch_op.create_index(
            "ix_agreement_retailer_id_status", ["retailer_id", "status"], unique=False
        )
        batch_op.create_index("ix_agreement_stall_id_status", ["stall_id", "status"], unique=False)

    op.create_table(
        "application_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column(
            "came_from",
            sa.Enum(
                "draft",
                "submitted",
                "screening",
                "curation",
                "repair",
                "passed",
                "refused",
                "withdrawn",
                name="came_from",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "went_to",
            sa.Enum(
                "draft",
                "submitted",
                "screening",
                "curation",
                "repair",
                "passed",
                "refused",
                "withdrawn",
                name="went_to",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["user.id"], name=op.f("fk_application_step_actor_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_application_step_application_id_application"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_step")),
    )
    with op.batch_alter_table("application_step", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_application_step_application_id"), ["application_id"], unique=False
        )

    op.create_table(
        "application_store",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("store_id", sa.Integer(), nullable=False),
        sa.Column("wish", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_application_store_application_id_application"),
        ),
        sa.ForeignKeyConstraint(
            ["store_id"], ["store.id"], name=op.f("fk_application_store_store_id_store")
        ),
        sa.PrimaryKeyConstraint("application_id", "store_id", name=op.f("pk_application_store")),
        sa.UniqueConstraint(
            "application_id", "wish", name=op.f("uq_application_store_application_id_wish")
        ),
    )
    with op.batch_alter_table("application_store", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_application_store_store_id"), ["store_id"], unique=False
        )

    op.create_table(
        "curation_score",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("scored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("scored_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("points BETWEEN 0 AND 100", name=op.f("ck_curation_score_points")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_curation_score_application_id_application"),
        ),
        sa.ForeignKeyConstraint(
            ["criterion_id"],
            ["call_criterion.id"],
            name=op.f("fk_curation_score_criterion_id_call_criterion"),
        ),
        sa.ForeignKeyConstraint(
            ["scored_by_id"], ["user.id"], name=op.f("fk_curation_score_scored_by_id_user")
        ),
        sa.PrimaryKeyConstraint("application_id", "criterion_id", name=op.f("pk_curation_score")),
    )
    op.create_table(
        "repair_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_repair_item_application_id_application"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["user.id"], name=op.f("fk_repair_item_asked_by_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repair_item")),
    )
    with op.batch_alter_table("repair_item", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_repair_item_application_id"), ["application_id"], unique=False
        )

    op.create_table(
        "run_placement",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("shelf_id", sa.Integer(), nullable=False),
        sa.Column("store_id", sa.Integer(), nullable=False),
        sa.Column("facings", sa.Integer(), nullable=False),
        sa.Column("x_mm", sa.Integer(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("facings > 0 AND x_mm >= 0", name=op.f("ck_run_placement_span")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_run_placement_application_id_application"),
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["allocation_run.id"], name=op.f("fk_run_placement_run_id_allocation_run")
        ),
        sa.ForeignKeyConstraint(
            ["shelf_id"], ["shelf.id"], name=op.f("fk_run_placement_shelf_id_shelf")
        ),
        sa.ForeignKeyConstraint(
            ["store_id"], ["store.id"], name=op.f("fk_run_placement_store_id_store")
        ),
        sa.PrimaryKeyConstraint(
            "run_id", "application_id", "shelf_id", name=op.f("pk_run_placement")
        ),
    )
    op.create_table(
        "run_refusal",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("store_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_run_refusal_application_id_application"),
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["allocation_run.id"], name=op.f("fk_run_refusal_run_id_allocation_run")
        ),
        sa.ForeignKeyConstraint(
            ["store_id"], ["store.id"], name=op.f("fk_run_refusal_store_id_store")
        ),
        sa.PrimaryKeyConstraint(
            "run_id", "application_id", "store_id", name=op.f("pk_run_refusal")
        ),
    )
    op.create_table(
        "agreement_charge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "listing_fee",
                "promotion",
                "rent",
                "shortage",
                "other",
                name="charge_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "basis",
            sa.Enum(
                "once",
                "per_period",
                "share_of_sales",
                name="charge_basis",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("share_bp", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "amount >= 0 AND share_bp >= 0", name=op.f("ck_agreement_charge_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreement.id"],
            name=op.f("fk_agreement_charge_agreement_id_agreement"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_charge")),
    )
    with op.batch_alter_table("agreement_charge", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_agreement_charge_agreement_id"), ["agreement_id"], unique=False
        )

    op.create_table(
        "agreement_signature",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column(
            "side",
            sa.Enum(
                "producer",
                "retailer",
                name="side",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("typed_name", sa.String(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_by_id", sa.Integer(), nullable=False),
        sa.Column("text_sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreement.id"],
            name=op.f("fk_agreement_signature_agreement_id_agreement"),
        ),
        sa.ForeignKeyConstraint(
            ["signed_by_id"], ["user.id"], name=op.f("fk_agreement_signature_signed_by_id_user")
        ),
        sa.PrimaryKeyConstraint("agreement_id", "side", name=op.f("pk_agreement_signature")),
    )
    op.create_table(
        "bill_line",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("bill_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "sale",
                "purchase",
                "borne_loss",
                "return",
                "charge",
                "fine",
                "carried",
                "ruling",
                name="bill_line_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("agreement_id", sa.Integer(), nullable=True),
        sa.Column("sheet_id", sa.Integer(), nullable=True),
        sa.Column("store_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("margin_bp", sa.Integer(), nullable=True),
        sa.Column("gross", sa.BigInteger(), nullable=False),
        sa.Column("margin", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("dispute_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_bill_line_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name=op.f("fk_bill_line_bill_id_bill")),
        sa.ForeignKeyConstraint(
            ["dispute_id"], ["dispute.id"], name=op.f("fk_bill_line_dispute_id_dispute")
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["product_sheet.id"], name=op.f("fk_bill_line_sheet_id_product_sheet")
        ),
        sa.ForeignKeyConstraint(
            ["store_id"], ["store.id"], name=op.f("fk_bill_line_store_id_store")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bill_line")),
    )
    with op.batch_alter_table("bill_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_bill_line_agreement_id"), ["agreement_id"], unique=False
        )
        batch_op.create_index("ix_bill_line_bill_id", ["bill_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bill_line_dispute_id"), ["dispute_id"], unique=False)

    op.create_table(
        "placement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=True),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("stall_id", sa.Integer(), nullable=False),
        sa.Column("store_id", sa.Integer(), nullable=False),
        sa.Column("shelf_id", sa.Integer(), nullable=False),
        sa.Column("x_mm", sa.Integer(), nullable=False),
        sa.Column("width_mm", sa.Integer(), nullable=False),
        sa.Column("height_mm", sa.Integer(), nullable=False),
        sa.Column("depth_mm", sa.Integer(), nullable=False),
        sa.Column("load_g", sa.Integer(), nullable=False),
        sa.Column("facings", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "reserved",
                "live",
                "ended",
                name="placement_status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reserved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("live_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_reason", sa.String(), nullable=True),
        sa.CheckConstraint("from_on < until_on", name=op.f("ck_placement_dates")),
        sa.CheckConstraint(
            "x_mm >= 0 AND width_mm > 0 AND facings > 0", name=op.f("ck_placement_span")
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_placement_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_placement_application_id_application"),
        ),
        sa.ForeignKeyConstraint(
            ["call_id"], ["slot_call.id"], name=op.f("fk_placement_call_id_slot_call")
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["product_sheet.id"], name=op.f("fk_placement_sheet_id_product_sheet")
        ),
        sa.ForeignKeyConstraint(
            ["shelf_id"], ["shelf.id"], name=op.f("fk_placement_shelf_id_shelf")
        ),
        sa.ForeignKeyConstraint(
            ["stall_id"], ["stall.id"], name=op.f("fk_placement_stall_id_stall")
        ),
        sa.ForeignKeyConstraint(
            ["store_id"], ["store.id"], name=op.f("fk_placement_store_id_store")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
        sa.UniqueConstraint("number", name=op.f("uq_placement_number")),
    )
    with op.batch_alter_table("placement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_placement_agreement_id"), ["agreement_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_placement_application_id"), ["application_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_placement_call_id"), ["call_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_placement_sheet_id"), ["sheet_id"], unique=False)
        batch_op.create_index(
            "ix_placement_shelf_id_from_on", ["shelf_id", "from_on"], unique=False
        )
        batch_op.create_index("ix_placement_stall_id_status", ["stall_id", "status"], unique=False)
        batch_op.create_index("ix_placement_store_id_status", ["store_id", "status"], unique=False)

    op.create_table(
        "delivery_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("batch_code", sa.String(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=True),
        sa.Column("rejected", sa.Integer(), nullable=True),
        sa.Column("reject_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(accepted IS NULL AND rejected IS NULL)"
            " OR (accepted >= 0 AND rejected >= 0 AND accepted + rejected = sent)",
            name=op.f("ck_delivery_line_parts"),
        ),
        sa.CheckConstraint("sent > 0", name=op.f("ck_delivery_line_sent")),
        sa.ForeignKeyConstraint(
            ["note_id"], ["delivery_note.id"], name=op.f("fk_delivery_line_note_id_delivery_note")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_delivery_line_placement_id_placement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_line")),
    )
    with op.batch_alter_table("delivery_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delivery_line_note_id"), ["note_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_delivery_line_placement_id"), ["placement_id"], unique=False
        )

    op.create_table(
        "offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("stall_id", sa.Integer(), nullable=False),
        sa.Column("store_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "waiting",
                "offered",
                "accepted",
                "lapsed",
                "declined",
                "closed",
                name="offer_status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("shelf_id", sa.Integer(), nullable=True),
        sa.Column("x_mm", sa.Integer(), nullable=True),
        sa.Column("facings", sa.Integer(), nullable=True),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lapses_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("placement_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["user.id"], name=op.f("fk_offer_answered_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_offer_application_id_application")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_offer_placement_id_placement")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["allocation_run.id"], name=op.f("fk_offer_run_id_allocation_run")
        ),
        sa.ForeignKeyConstraint(["shelf_id"], ["shelf.id"], name=op.f("fk_offer_shelf_id_shelf")),
        sa.ForeignKeyConstraint(["stall_id"], ["stall.id"], name=op.f("fk_offer_stall_id_stall")),
        sa.ForeignKeyConstraint(["store_id"], ["store.id"], name=op.f("fk_offer_store_id_store")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
        sa.UniqueConstraint("number", name=op.f("uq_offer_number")),
        sa.UniqueConstraint("placement_id", name=op.f("uq_offer_placement_id")),
        sa.UniqueConstraint(
            "run_id",
            "application_id",
            "store_id",
            name=op.f("uq_offer_run_id_application_id_store_id"),
        ),
    )
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_offer_application_id"), ["application_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_offer_stall_id"), ["stall_id"], unique=False)
        batch_op.create_index("ix_offer_status_lapses_at", ["status", "lapses_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_offer_store_id"), ["store_id"], unique=False)

    op.create_table(
        "renewal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "renew",
                "resize",
                "move",
                "free",
                name="renewal_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "asked",
                "agreed",
                "refused",
                "done",
                "lapsed",
                name="renewal_status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "asked_by",
            sa.Enum(
                "producer",
                "retailer",
                name="asked_by",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("shelf_id", sa.Integer(), nullable=True),
        sa.Column("x_mm", sa.Integer(), nullable=True),
        sa.Column("facings", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("next_placement_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["user.id"], name=op.f("fk_renewal_answered_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["user.id"], name=op.f("fk_renewal_asked_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["next_placement_id"],
            ["placement.id"],
            name=op.f("fk_renewal_next_placement_id_placement"),
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_renewal_placement_id_placement")
        ),
        sa.ForeignKeyConstraint(["shelf_id"], ["shelf.id"], name=op.f("fk_renewal_shelf_id_shelf")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_renewal")),
        sa.UniqueConstraint("number", name=op.f("uq_renewal_number")),
    )
    with op.batch_alter_table("renewal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_renewal_placement_id"), ["placement_id"], unique=False)
        batch_op.create_index(
            "uq_renewal_open",
            ["placement_id"],
            unique=True,
            sqlite_where=sa.text("status = 'asked'"),
            postgresql_where=sa.text("status = 'asked'"),
        )

    op.create_table(
        "stock_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("store_id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "counted",
                "agreed",
                "disputed",
                name="count_status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counted_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["counted_by_id"], ["user.id"], name=op.f("fk_stock_count_counted_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["user.id"], name=op.f("fk_stock_count_opened_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_stock_count_placement_id_placement")
        ),
        sa.ForeignKeyConstraint(
            ["store_id"], ["store.id"], name=op.f("fk_stock_count_store_id_store")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_count")),
        sa.UniqueConstraint("number", name=op.f("uq_stock_count_number")),
    )
    with op.batch_alter_table("stock_count", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_stock_count_placement_id"), ["placement_id"], unique=False
        )
        batch_op.create_index(
            "ix_stock_count_store_id_status", ["store_id", "status"], unique=False
        )

    op.create_table(
        "consigned_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("stall_id", sa.Integer(), nullable=False),
        sa.Column("store_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("delivered", sa.Integer(), nullable=False),
        sa.Column("sold", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("lost", sa.Integer(), nullable=False),
        sa.Column("destroyed", sa.Integer(), nullable=False),
        sa.Column("on_shelf", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "delivered = sold + returned + lost + destroyed + on_shelf",
            name=op.f("ck_consigned_batch_sum"),
        ),
        sa.CheckConstraint(
            "on_shelf >= 0 AND delivered >= 0", name=op.f("ck_consigned_batch_not_negative")
        ),
        sa.CheckConstraint(
            "sold >= 0 AND returned >= 0 AND destroyed >= 0", name=op.f("ck_consigned_batch_parts")
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["agreement.id"],
            name=op.f("fk_consigned_batch_agreement_id_agreement"),
        ),
        sa.ForeignKeyConstraint(
            ["line_id"], ["delivery_line.id"], name=op.f("fk_consigned_batch_line_id_delivery_line")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"],
            ["placement.id"],
            name=op.f("fk_consigned_batch_placement_id_placement"),
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"],
            ["product_sheet.id"],
            name=op.f("fk_consigned_batch_sheet_id_product_sheet"),
        ),
        sa.ForeignKeyConstraint(
            ["stall_id"], ["stall.id"], name=op.f("fk_consigned_batch_stall_id_stall")
        ),
        sa.ForeignKeyConstraint(
            ["store_id"], ["store.id"], name=op.f("fk_consigned_batch_store_id_store")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consigned_batch")),
        sa.UniqueConstraint("line_id", name=op.f("uq_consigned_batch_line_id")),
    )
    with op.batch_alter_table("consigned_batch", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consigned_batch_agreement_id"), ["agreement_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_consigned_batch_placement_id"), ["placement_id"], unique=False
        )
        batch_op.create_index(
            "ix_consigned_batch_sheet_store", ["sheet_id", "store_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_consigned_batch_stall_id"), ["stall_id"], unique=False)
        batch_op.create_index(
            "ix_consigned_batch_store_id_expires_on", ["store_id", "expires_on"], unique=False
        )

    op.create_table(
        "stock_event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "received",
                "sold",
                "returned",
                "lost",
                "found",
                "destroyed",
                "corrected",
                name="event_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "of",
            sa.Enum(
                "received",
                "sold",
                "returned",
                "lost",
                "found",
                "destroyed",
                "corrected",
                name="event_of",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'corrected') = (of IS NOT NULL)", name=op.f("ck_stock_event_of_corrected")
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_stock_event_quantity")),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["user.id"], name=op.f("fk_stock_event_actor_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["consigned_batch.id"],
            name=op.f("fk_stock_event_batch_id_consigned_batch"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_event")),
        sa.UniqueConstraint("key", name=op.f("uq_stock_event_key")),
    )
    with op.batch_alter_table("stock_event", schema=None) as batch_op:
        batch_op.create_index("ix_stock_event_batch_id_id", ["batch_id", "id"], unique=False)

    op.create_table(
        "count_line",
        sa.Column("count_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("stall_id", sa.Integer(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=True),
        sa.Column(
            "bearer",
            sa.Enum(
                "producer",
                "retailer",
                name="bearer",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreed_by_id", sa.Integer(), nullable=True),
        sa.Column("disputed_reason", sa.String(), nullable=True),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("counted IS NULL OR counted >= 0", name=op.f("ck_count_line_counted")),
        sa.ForeignKeyConstraint(
            ["agreed_by_id"], ["user.id"], name=op.f("fk_count_line_agreed_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["consigned_batch.id"],
            name=op.f("fk_count_line_batch_id_consigned_batch"),
        ),
        sa.ForeignKeyConstraint(
            ["count_id"], ["stock_count.id"], name=op.f("fk_count_line_count_id_stock_count")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["stock_event.id"], name=op.f("fk_count_line_event_id_stock_event")
        ),
        sa.ForeignKeyConstraint(
            ["stall_id"], ["stall.id"], name=op.f("fk_count_line_stall_id_stall")
        ),
        sa.PrimaryKeyConstraint("count_id", "batch_id", name=op.f("pk_count_line")),
        sa.UniqueConstraint("event_id", name=op.f("uq_count_line_event_id")),
    )
    with op.batch_alter_table("count_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_count_line_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_count_line_stall_id"), ["stall_id"], unique=False)

    op.create_table(
        "return_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column(
            "bearer",
            sa.Enum(
                "producer",
                "retailer",
                name="bearer",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_return_line_quantity")),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["consigned_batch.id"],
            name=op.f("fk_return_line_batch_id_consigned_batch"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["stock_event.id"], name=op.f("fk_return_line_event_id_stock_event")
        ),
        sa.ForeignKeyConstraint(
            ["note_id"], ["return_note.id"], name=op.f("fk_return_line_note_id_return_note")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_line")),
        sa.UniqueConstraint("event_id", name=op.f("uq_return_line_event_id")),
    )
    with op.batch_alter_table("return_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_return_line_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_return_line_note_id"), ["note_id"], unique=False)

    op.create_table(
        "sale_line",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("stall_id", sa.Integer(), nullable=False),
        sa.Column("store_id", sa.Integer(), nullable=False),
        sa.Column("retailer_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("margin_bp", sa.Integer(), nullable=False),
        sa.Column("gross", sa.BigInteger(), nullable=False),
        sa.Column("margin", sa.BigInteger(), nullable=False),
        sa.Column("payable", sa.BigInteger(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "pos",
                "sheet",
                "scan",
                "api",
                name="sale_source",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column(
            "corrects_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(quantity < 0) = (corrects_id IS NOT NULL)", name=op.f("ck_sale_line_correction")
        ),
        sa.CheckConstraint("payable = gross - margin", name=op.f("ck_sale_line_sum")),
        sa.CheckConstraint("quantity <> 0", name=op.f("ck_sale_line_quantity")),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_sale_line_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["consigned_batch.id"], name=op.f("fk_sale_line_batch_id_consigned_batch")
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["sale_line.id"], name=op.f("fk_sale_line_corrects_id_sale_line")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["stock_event.id"], name=op.f("fk_sale_line_event_id_stock_event")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["sale_import.id"], name=op.f("fk_sale_line_import_id_sale_import")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_sale_line_placement_id_placement")
        ),
        sa.ForeignKeyConstraint(
            ["retailer_id"], ["retailer.id"], name=op.f("fk_sale_line_retailer_id_retailer")
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["product_sheet.id"], name=op.f("fk_sale_line_sheet_id_product_sheet")
        ),
        sa.ForeignKeyConstraint(
            ["stall_id"], ["stall.id"], name=op.f("fk_sale_line_stall_id_stall")
        ),
        sa.ForeignKeyConstraint(
            ["store_id"], ["store.id"], name=op.f("fk_sale_line_store_id_store")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sale_line")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_sale_line_corrects_id")),
        sa.UniqueConstraint("event_id", name=op.f("uq_sale_line_event_id")),
        sa.UniqueConstraint("key", name=op.f("uq_sale_line_key")),
    )
    with op.batch_alter_table("sale_line", schema=None) as batch_op:
        batch_op.create_index(
            "ix_sale_line_agreement_id_day", ["agreement_id", "day"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_sale_line_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sale_line_import_id"), ["import_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_sale_line_placement_id"), ["placement_id"], unique=False
        )
        batch_op.create_index("ix_sale_line_stall_id_day", ["stall_id", "day"], unique=False)
        batch_op.create_index("ix_sale_line_store_id_day", ["store_id", "day"], unique=False)

    op.create_table(
        "settled_event",
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("line_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["stock_event.id"], name=op.f("fk_settled_event_event_id_stock_event")
        ),
        sa.ForeignKeyConstraint(
            ["line_id"], ["bill_line.id"], name=op.f("fk_settled_event_line_id_bill_line")
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_settled_event")),
    )
    with op.batch_alter_table("settled_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_settled_event_line_id"), ["line_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("settled_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_settled_event_line_id"))

    op.drop_table("settled_event")
    with op.batch_alter_table("sale_line", schema=None) as batch_op:
        batch_op.drop_index("ix_sale_line_store_id_day")
        batch_op.drop_index("ix_sale_line_stall_id_day")
        batch_op.drop_index(batch_op.f("ix_sale_line_placement_id"))
        batch_op.drop_index(batch_op.f("ix_sale_line_import_id"))
        batch_op.drop_index(batch_op.f("ix_sale_line_batch_id"))
        batch_op.drop_index("ix_sale_line_agreement_id_day")

    op.drop_table("sale_line")
    with op.batch_alter_table("return_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_return_line_note_id"))
        batch_op.drop_index(batch_op.f("ix_return_line_batch_id"))

    op.drop_table("return_line")
    with op.batch_alter_table("count_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_count_line_stall_id"))
        batch_op.drop_index(batch_op.f("ix_count_line_batch_id"))

    op.drop_table("count_line")
    with op.batch_alter_table("stock_event", schema=None) as batch_op:
        batch_op.drop_index("ix_stock_event_batch_id_id")

    op.drop_table("stock_event")
    with op.batch_alter_table("consigned_batch", schema=None) as batch_op:
        batch_op.drop_index("ix_consigned_batch_store_id_expires_on")
        batch_op.drop_index(batch_op.f("ix_consigned_batch_stall_id"))
        batch_op.drop_index("ix_consigned_batch_sheet_store")
        batch_op.drop_index(batch_op.f("ix_consigned_batch_placement_id"))
        batch_op.drop_index(batch_op.f("ix_consigned_batch_agreement_id"))

    op.drop_table("consigned_batch")
    with op.batch_alter_table("stock_count", schema=None) as batch_op:
        batch_op.drop_index("ix_stock_count_store_id_status")
        batch_op.drop_index(batch_op.f("ix_stock_count_placement_id"))

    op.drop_table("stock_count")
    with op.batch_alter_table("renewal", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_renewal_open",
            sqlite_where=sa.text("status = 'asked'"),
            postgresql_where=sa.text("status = 'asked'"),
        )
        batch_op.drop_index(batch_op.f("ix_renewal_placement_id"))

    op.drop_table("renewal")
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offer_store_id"))
        batch_op.drop_index("ix_offer_status_lapses_at")
        batch_op.drop_index(batch_op.f("ix_offer_stall_id"))
        batch_op.drop_index(batch_op.f("ix_offer_application_id"))

    op.drop_table("offer")
    with op.batch_alter_table("delivery_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delivery_line_placement_id"))
        batch_op.drop_index(batch_op.f("ix_delivery_line_note_id"))

    op.drop_table("delivery_line")
    with op.batch_alter_table("placement", schema=None) as batch_op:
        batch_op.drop_index("ix_placement_store_id_status")
        batch_op.drop_index("ix_placement_stall_id_status")
        batch_op.drop_index("ix_placement_shelf_id_from_on")
        batch_op.drop_index(batch_op.f("ix_placement_sheet_id"))
        batch_op.drop_index(batch_op.f("ix_placement_call_id"))
        batch_op.drop_index(batch_op.f("ix_placement_application_id"))
        batch_op.drop_index(batch_op.f("ix_placement_agreement_id"))

    op.drop_table("placement")
    with op.batch_alter_table("bill_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bill_line_dispute_id"))
        batch_op.drop_index("ix_bill_line_bill_id")
        batch_op.drop_index(batch_op.f("ix_bill_line_agreement_id"))

    op.drop_table("bill_line")
    op.drop_table("agreement_signature")
    with op.batch_alter_table("agreement_charge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_charge_agreement_id"))

    op.drop_table("agreement_charge")
    op.drop_table("run_refusal")
    op.drop_table("run_placement")
    with op.batch_alter_table("repair_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_repair_item_application_id"))

    op.drop_table("repair_item")
    op.drop_table("curation_score")
    with op.batch_alter_table("application_store", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_application_store_store_id"))

    op.drop_table("application_store")
    with op.batch_alter_table("application_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_application_step_application_id"))

    op.drop_table("application_step")
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.drop_index("ix_agreement_stall_id_status")
        batch_op.drop_index("ix_agreement_retailer_id_status")
        batch_op.drop_index(batch_op.f("ix_agreement_call_id"))
        batch_op.drop_index(batch_op.f("ix_agreement_application_id"))

    op.drop_table("agreement")
    with op.batch_alter_table("store_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_store_code_sheet_id"))

    op.drop_table("store_code")
    op.drop_table("shelf_version")
    op.drop_table("sheet_permit")
    with op.batch_alter_table("dispute_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dispute_step_dispute_id"))

    op.drop_table("dispute_step")
    with op.batch_alter_table("call_span", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_call_span_shelf_id"))

    op.drop_table("call_span")
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_application_live",
            sqlite_where=sa.text("status NOT IN ('withdrawn', 'refused')"),
            postgresql_where=sa.text("status NOT IN ('withdrawn', 'refused')"),
        )
        batch_op.drop_index(batch_op.f("ix_application_stall_id"))
        batch_op.drop_index(batch_op.f("ix_application_sheet_id"))
        batch_op.drop_index("ix_application_call_id_status")

    op.drop_table("application")
    with op.batch_alter_table("shelf", schema=None) as batch_op:
        batch_op.drop_index("ix_shelf_store_id")

    op.drop_table("shelf")
    op.drop_table("sale_import_row")
    with op.batch_alter_table("product_sheet", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_product_sheet_stall_id"))
        batch_op.drop_index(batch_op.f("ix_product_sheet_product_id"))

    op.drop_table("product_sheet")
    with op.batch_alter_table("dispute", schema=None) as batch_op:
        batch_op.drop_index("ix_dispute_status")
        batch_op.drop_index(batch_op.f("ix_dispute_bill_id"))

    op.drop_table("dispute")
    with op.batch_alter_table("bill_payment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bill_payment_bill_id"))

    op.drop_table("bill_payment")
    with op.batch_alter_table("allocation_edit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_allocation_edit_run_id"))

    op.drop_table("allocation_edit")
    with op.batch_alter_table("store_follow_up", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_store_follow_up_store_id"))

    op.drop_table("store_follow_up")
    with op.batch_alter_table("sale_import", schema=None) as batch_op:
        batch_op.drop_index("ix_sale_import_status")
        batch_op.drop_index(batch_op.f("ix_sale_import_retailer_id"))

    op.drop_table("sale_import")
    with op.batch_alter_table("return_note", schema=None) as batch_op:
        batch_op.drop_index("ix_return_note_store_id_status")
        batch_op.drop_index("ix_return_note_stall_id_status")

    op.drop_table("return_note")
    with op.batch_alter_table("retail_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_retail_member_user_id"))

    op.drop_table("retail_member")
    op.drop_table("fixture")
    with op.batch_alter_table("delivery_note", schema=None) as batch_op:
        batch_op.drop_index("ix_delivery_note_store_id_status")
        batch_op.drop_index("ix_delivery_note_stall_id_status")

    op.drop_table("delivery_note")
    with op.batch_alter_table("call_criterion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_call_criterion_call_id"))

    op.drop_table("call_criterion")
    with op.batch_alter_table("call_charge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_call_charge_call_id"))

    op.drop_table("call_charge")
    with op.batch_alter_table("bill", schema=None) as batch_op:
        batch_op.drop_index("ix_bill_stall_id_status")
        batch_op.drop_index("ix_bill_retailer_id_status")
        batch_op.drop_index("ix_bill_due_on")

    op.drop_table("bill")
    with op.batch_alter_table("allocation_run", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_allocation_run_fixed",
            sqlite_where=sa.text("status = 'fixed'"),
            postgresql_where=sa.text("status = 'fixed'"),
        )
        batch_op.drop_index("ix_allocation_run_status_asked_at")
        batch_op.drop_index(batch_op.f("ix_allocation_run_call_id"))

    op.drop_table("allocation_run")
    op.drop_table("term_rule")
    with op.batch_alter_table("store", schema=None) as batch_op:
        batch_op.drop_index("ix_store_status_submitted_at")
        batch_op.drop_index(batch_op.f("ix_store_retailer_id"))
        batch_op.drop_index(batch_op.f("ix_store_kecamatan_code"))

    op.drop_table("store")
    with op.batch_alter_table("slot_call", schema=None) as batch_op:
        batch_op.drop_index("ix_slot_call_status_closes_at")
        batch_op.drop_index("ix_slot_call_retailer_id_status")

    op.drop_table("slot_call")
    op.drop_table("settlement_period")
    op.drop_table("pos_mapping")
    op.drop_table("retailer")
