"""Ordering, bare: the same rows in the same tables, in plain SQL, and nothing else."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from flask import Blueprint, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, text

from tests.bench.engine import engine

bp = Blueprint("flow", __name__)

PRODUCT = text("SELECT id, price FROM product WHERE slug = :slug AND listed_at IS NOT NULL")
OPEN_CART = text("INSERT INTO cart (updated_at) VALUES (:now) RETURNING id")
ADD = text(
    "INSERT INTO cart_line (cart_id, product_id, quantity_milli, price_seen, note, if_gone)"
    " VALUES (:cart, :product, :milli, :price, '', 'call') ON CONFLICT (cart_id, product_id)"
    " DO UPDATE SET quantity_milli = cart_line.quantity_milli + excluded.quantity_milli"
)
LINES = text(
    "SELECT l.product_id, l.quantity_milli, p.name, p.unit, p.price, p.picture_key, p.stall_id,"
    " p.market_id FROM cart_line l JOIN product p ON p.id = l.product_id WHERE l.cart_id = :cart"
    " ORDER BY l.product_id"
)
GROUP = text(
    "INSERT INTO order_group (number, key, name, phone, address, method, goods, delivery,"
    " unique_code, charged, refunded, placed_at) VALUES (:number, :number, 'Contoh',"
    " '+628123456789', '', 'cash', :goods, 0, 0, :goods, 0, :now) RETURNING id"
)
SHIPMENT = text(
    "INSERT INTO shipment (group_id, market_id, mode, fee, fee_agreed, on_day)"
    " VALUES (:group, :market, 'pickup_post', 0, 0, :now) RETURNING id"
)
ORDER = text(
    'INSERT INTO "order" (number, group_id, stall_id, shipment_id, status, subtotal,'
    " commission_bp, commission, placed_at, status_at) VALUES (:number, :group, :stall,"
    " :shipment, 'placed', :subtotal, 0, 0, :now, :now) RETURNING id"
)
LINE = text(
    "INSERT INTO order_line (order_id, product_id, name, unit, picture_key, quantity_milli, price,"
    " total, note, if_gone, status, stock_state) VALUES (:order, :product_id, :name, :unit,"
    " :picture_key, :quantity_milli, :price, :total, '', 'call', 'active', 'reserved')"
)
RESERVE = text(
    "UPDATE stock SET reserved_milli = reserved_milli + :quantity_milli"
    " WHERE product_id = :product_id"
    " AND on_hand_milli - reserved_milli - sold_milli >= :quantity_milli"
)
EMPTY = text("DELETE FROM cart_line WHERE cart_id = :cart")
BOUGHT = text(
    'SELECT l.name, l.unit, l.quantity_milli, l.total FROM order_line l JOIN "order" o'
    " ON o.id = l.order_id JOIN order_group g ON g.id = o.group_id WHERE g.number = :number"
)


@bp.post("/keranjang/tambah")
def add() -> ResponseReturnValue:
    cart = request.cookies.get("bare")
    with engine.begin() as connection:
        product = connection.execute(PRODUCT, {"slug": request.form["product"]}).one()
        if not cart:
            cart = connection.execute(OPEN_CART, {"now": datetime.now(UTC)}).scalar_one()  # noqa: TID251
        milli = int(float(request.form["quantity"]) * 1_000)
        connection.execute(
            ADD, {"cart": int(cart), "product": product.id, "milli": milli, "price": product.price}
        )
    answer = make_response(redirect("/keranjang", 303))
    answer.set_cookie("bare", str(cart))
    return answer


@bp.post("/pesan")
def place() -> ResponseReturnValue:
    cart = {"cart": int(request.cookies["bare"])}
    with engine.begin() as connection:
        number = _book(connection, connection.execute(LINES, cart).mappings().all())
        connection.execute(EMPTY, cart)
    return redirect(f"/belanjaan/{number}", 303)


@bp.get("/belanjaan/<number>")
def thank(number: str) -> str:
    with engine.connect() as connection:
        rows = connection.execute(BOUGHT, {"number": number}).all()
    return render_template("bare_thanks.html", number=number, rows=rows)


def _book(connection: Connection, lines: Any) -> str:
    number, now = uuid4().hex, datetime.now(UTC)  # noqa: TID251
    lines = [{**line, "total": line["price"] * line["quantity_milli"] // 1_000} for line in lines]
    goods = sum(line["total"] for line in lines)
    values: dict[str, Any] = {"number": number, "goods": goods, "now": now}
    group = connection.execute(GROUP, values).scalar_one()
    for market in {line["market_id"] for line in lines}:
        shipment = connection.execute(
            SHIPMENT, {"group": group, "market": market, "now": now}
        ).scalar_one()
        for line in (line for line in lines if line["market_id"] == market):
            order = connection.execute(
                ORDER,
                {
                    "number": f"{number}-{line['product_id']}",
                    "group": group,
                    "stall": line["stall_id"],
                    "shipment": shipment,
                    "subtotal": line["total"],
                    "now": now,
                },
            ).scalar_one()
            connection.execute(LINE, line | {"order": order})
            connection.execute(RESERVE, line)
    return number
