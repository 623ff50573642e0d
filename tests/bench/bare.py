"""What the shop is measured against: Flask, SQLAlchemy Core and Jinja, and nothing else."""

from flask import Flask, render_template, request
from sqlalchemy import text

from tests.bench import bare_flow
from tests.bench.engine import engine

app = Flask(__name__)
app.register_blueprint(bare_flow.bp)

CARD = """
    SELECT p.slug, p.name, p.price, p.unit, p.picture_key, s.name AS stall_name,
           m.name AS market_name
    FROM product p JOIN stall s ON s.id = p.stall_id JOIN market m ON m.id = p.market_id
"""
LIST = text(
    CARD + " JOIN category c ON c.id = p.top_category_id WHERE c.slug = :slug"
    " AND p.listed_at IS NOT NULL ORDER BY p.listed_at DESC, p.id DESC LIMIT 24"
)
SEARCH = text(
    CARD + " WHERE to_tsvector('simple', p.name) @@ plainto_tsquery('simple', :words)"
    " AND p.listed_at IS NOT NULL ORDER BY p.listed_at DESC, p.id DESC LIMIT 24"
)
PRODUCT = text(
    "SELECT p.*, s.name AS stall_name, s.slug AS stall_slug, s.phone, m.name AS market_name"
    " FROM product p JOIN stall s ON s.id = p.stall_id JOIN market m ON m.id = p.market_id"
    " WHERE p.slug = :slug AND p.listed_at IS NOT NULL"
)
PICTURES = text("SELECT key FROM product_picture WHERE product_id = :id ORDER BY position")
TIERS = text("SELECT from_milli, price FROM price_tier WHERE product_id = :id ORDER BY from_milli")
STOCK = text("SELECT on_hand_milli - reserved_milli - sold_milli FROM stock WHERE product_id = :id")
RELATED = text(
    CARD + " WHERE p.category_id = :category AND p.id <> :id AND p.listed_at IS NOT NULL"
    " ORDER BY p.listed_at DESC, p.id DESC LIMIT 4"
)


@app.get("/healthz")
def alive() -> dict[str, str]:
    return {"status": "ok"}


@app.get("/kategori/<slug>")
def category(slug: str) -> str:
    with engine.connect() as connection:
        rows = connection.execute(LIST, {"slug": slug}).all()
    return render_template("bare_list.html", title=slug, rows=rows)


@app.get("/cari")
def search() -> str:
    words = request.args["q"]
    with engine.connect() as connection:
        rows = connection.execute(SEARCH, {"words": words}).all()
    return render_template("bare_list.html", title=words, rows=rows)


@app.get("/produk/<slug>")
def product(slug: str) -> str:
    with engine.connect() as connection:
        row = connection.execute(PRODUCT, {"slug": slug}).one()
        key = {"id": row.id, "category": row.category_id}
        return render_template(
            "bare_product.html",
            product=row,
            pictures=connection.execute(PICTURES, key).scalars().all(),
            tiers=connection.execute(TIERS, key).all(),
            free=connection.execute(STOCK, key).scalar_one(),
            rows=connection.execute(RELATED, key).all(),
        )
