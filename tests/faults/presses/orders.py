"""Customers, stalls and couriers: what can be pressed from checkout to a customer's door."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

from pol.orders.models import OrderGroup
from tests.faults.presses.stage import SECRET, Aim, Stage, on
from tests.files.hostile import photo
from tests.races.buyers import WHO


def _at_customer(s: Stage, group: OrderGroup, **typed: Any) -> Aim:
    return on(number=group.number, order_number=s.number(group), **typed)


def _at_stall(s: Stage, group: OrderGroup, **typed: Any) -> Aim:
    return on(number=s.number(group), line_id=s.line(group), **typed)


def _at_door(s: Stage, group: OrderGroup, **typed: Any) -> Aim:
    return on(number=s.trip(group), door=group.number, order=s.number(group), **typed)


def _photo() -> tuple[BytesIO, str]:
    return BytesIO(photo()), "bukti.jpg"


TABLE: Mapping[str, Callable[[Stage], Aim]] = {
    "customer_checkout.place": lambda s: on(page="/pesan", **WHO),
    "customer_answer.answer": lambda s: on(jawaban="tidak"),
    "customer_group.cancel": lambda s: _at_customer(s, s.placed),
    "customer_group.cancel_order": lambda s: _at_customer(s, s.placed),
    "customer_group.receive": lambda s: _at_customer(s, s.delivered),
    "customer_group.send_proof": lambda s: on(number=s.transfer.number, picture=_photo()),
    "customer_problem.report": lambda s: _at_customer(s, s.delivered, text="Layu", wanted="5.000"),
    "customer_papers.issue": lambda s: on(number=s.delivered.number),
    "customer_credit.turn": lambda s: on(number=s.owed.number),
    "trader_orders.accept": lambda s: _at_stall(s, s.placed),
    "trader_orders.refuse": lambda s: _at_stall(s, s.placed),
    "trader_orders.shrink": lambda s: _at_stall(s, s.placed),
    "trader_orders.ready": lambda s: _at_stall(s, s.accepted),
    "trader_orders.undo": lambda s: _at_stall(s, s.accepted),
    "trader_orders.to_courier": lambda s: _at_stall(s, s.ready),
    "trader_orders.to_customer": lambda s: _at_stall(s, s.fetched),
    "trader_scales.weigh": lambda s: _at_stall(s, s.accepted, weight="1,9"),
    "trader_scales.replace": lambda s: _at_stall(
        s, s.accepted, product=s.spice.slug, quantity="1"
    ),
    "trader_scales.withdraw": lambda s: on(),
    "trader_payments.confirm": lambda s: on(number=s.qris.number),
    "trader_payments.refuse": lambda s: on(number=s.qris.number),
    "trader_problems.answer": lambda s: on(text="Maaf, kami ganti", agree="ya"),
    "trader_products.quick": lambda s: on(
        page="/pedagang/produk", slug=s.spice.slug, stock="7", price="8.500"
    ),
    "trader_product.update": lambda s: on(
        page=f"/pedagang/produk/{s.spice.slug}/ubah", slug=s.spice.slug, stock="7"
    ),
    "trader_product.create": lambda s: on(
        page="/pedagang/produk/baru", name="Bandeng segar", price="34.000", stock="12",
        camera=_photo(),
    ),
    "trader_bank_account.save": lambda s: on(
        page="/pedagang/rekening", bank="Bank Jatim", number="0099887766", holder="Siti Contoh",
        old=SECRET,
    ),
    "courier_trips.take": lambda s: on(number=s.trip(s.ready)),
    "courier_trips.hand_over": lambda s: _at_door(s, s.carried),
    "courier_trips.fail": lambda s: _at_door(s, s.carried),
    "courier_bag.count": lambda s: on(
        page="/kurir/setoran", who="other_courier", whole="66.000"
    ),
    "courier_refunds.pay": lambda s: on(refund_id=s.handed.id),
    "courier_refunds.bring_back": lambda s: on(refund_id=s.handed.id),
    "officer_post.hand_over": lambda s: on(),
    "officer_transfers.confirm": lambda s: on(number=s.transfer.number),
    "officer_transfers.refuse": lambda s: on(number=s.transfer.number),
}  # fmt: skip
"""By endpoint."""
