"""What was ordered together: every step, the whole sum, and what can still be done."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField

from pol.files import services as files
from pol.files.rules import PictureUse
from pol.kernel import clock
from pol.kernel.money import ZERO, Rupiah, total
from pol.ledger import queries as ledger
from pol.ledger.queries import StatementRow
from pol.orders.queries import customer, locks
from pol.orders.queries.proposals import open_proposals
from pol.orders.queries.rows import GroupView, ProposalView
from pol.orders.queries.sums import get_sums
from pol.orders.rules.life import LIVE, ActorKind, OrderStatus, may_move
from pol.orders.rules.sums import restate
from pol.orders.services import life, paying
from pol.payments.queries import payments
from pol.payments.queries.refunds import sum_turnable
from pol.payments.services import payments as payment_services
from pol.web import problem_words, status_words
from pol.web.access import open_to_all
from pol.web.change import change
from pol.web.customer.letting_in import customer_id, let_in
from pol.web.customer.pay import facts_of
from pol.web.forms.base import Needed, PolForm
from pol.web.language import gettext as _
from pol.web.language import lazy_gettext as _l

bp = Blueprint("customer_group", __name__, url_prefix="/belanjaan/<number>")


@dataclass(frozen=True)
class Cost:
    """What a yes changes for the customer: more (or less) cash at the door, and what goes back."""

    cash: Rupiah
    back: Rupiah


class ProofForm(PolForm):
    """A picture of the transfer."""

    picture = FileField(_l("Foto bukti pembayaran"), [Needed(_l("Pilih foto buktinya dulu."))])


def _back(number: str, key: str | None) -> ResponseReturnValue:
    return redirect(url_for(".show", number=number, kunci=key), 303)


def _page(group: GroupView, key: str | None, proof: ProofForm) -> str:
    cancellable = {OrderStatus.WAITING_PAYMENT, OrderStatus.PLACED}
    questions = open_proposals(group.orders)
    return render_template(
        "customer/group/show.html",
        group=group,
        key=key,
        words=status_words.of_group(group),
        status_words=status_words,
        may_cancel=any(order.status in cancellable for order in group.orders),
        may_cancel_order={
            order.id
            for order in group.orders
            if order.status is OrderStatus.PLACED and len(group.orders) > 1
        },
        may_receive={
            order.id
            for order in group.orders
            if may_move(
                status=order.status,
                to=OrderStatus.DONE,
                by=ActorKind.CUSTOMER,
                is_pickup=order.mode.is_pickup,
            )
        },
        proof=proof,
        pay=facts_of(group),
        entries=_entries(group),
        questions=questions,
        costs=_costs(group, questions),
        at_the_door=_at_the_door(group),
        to_credit=_to_credit(group),
        **problem_words.on_page_of(group.orders, clock.now()),
    )


def _costs(group: GroupView, questions: dict[int, list[ProposalView]]) -> dict[int, Cost]:
    """Return what a yes to each open question would do, by the rule that does it."""
    if not questions:
        return {}
    sums = get_sums(group.id)
    cash = restate(sums).cash
    before = {order.id: order.subtotal for order in group.orders}
    lines = {line.id: line.total for order in group.orders for line in order.lines}
    costs = {}
    for order_id, own in questions.items():
        for asked in own:
            cost = before[order_id] - lines[asked.line_id] + asked.total
            after = restate(sums.with_cost(order_id, cost))
            costs[asked.id] = Cost(after.cash - cash, after.back)
    return costs


def _at_the_door(group: GroupView) -> Rupiah:
    """Return what is still taken in cash of a group that was paid before."""
    if not group.method.comes_first or group.paid_at is None:
        return ZERO
    on_its_way = (order for order in group.orders if order.status in LIVE)
    return total(order.subtotal - order.prepaid for order in on_its_way)


def _to_credit(group: GroupView) -> Rupiah:
    """Return what the owner may have as store credit instead of waiting for it."""
    is_owner = group.user_id is not None and group.user_id == customer_id()
    return sum_turnable(group.id) if group.refunded and is_owner else ZERO


def _entries(group: GroupView) -> list[StatementRow]:
    """Return what the ledger says of a group; before anything is paid it says nothing."""
    moved = group.paid_at or any(order.delivered_at for order in group.orders)
    return ledger.list_references([f"group:{group.id}"]) if moved else []


@bp.get("")
@open_to_all
def show(number: str) -> ResponseReturnValue:
    key = let_in(number)
    return _page(customer.get_group(number), key, ProofForm(formdata=None))


@bp.post("/batal")
@open_to_all
def cancel(number: str) -> ResponseReturnValue:
    key = let_in(number)
    with change(done=_("Belanjaan dibatalkan. Stok sudah kembali ke lapak.")):
        group = locks.lock_group(number)
        paying.cancel_group(group=group, customer_id=customer_id(), now=clock.now())
    return _back(number, key)


@bp.post("/<order_number>/batal")
@open_to_all
def cancel_order(number: str, order_number: str) -> ResponseReturnValue:
    key = let_in(number)
    with change(done=_("Pesanan dibatalkan. Lapak lain tidak berubah.")):
        order = locks.lock_order_of_group(number=order_number, group_number=number)
        life.cancel_order(order=order, customer_id=customer_id(), now=clock.now())
    return _back(number, key)


@bp.post("/<order_number>/terima")
@open_to_all
def receive(number: str, order_number: str) -> ResponseReturnValue:
    key = let_in(number)
    with change(done=_("Terima kasih. Pesanan ini selesai.")):
        order = locks.lock_order_of_group(number=order_number, group_number=number)
        life.confirm_received(order=order, customer_id=customer_id(), now=clock.now())
    return _back(number, key)


@bp.post("/bukti")
@open_to_all
def send_proof(number: str) -> ResponseReturnValue:
    key, form, now = let_in(number), ProofForm(), clock.now()
    if not form.validate():
        return _page(customer.get_group(number), key, form), 422
    with change(
        done=_("Bukti terkirim. Petugas pasar akan mencocokkannya."), tell=False
    ) as outcome:
        group = locks.lock_group(number)
        payment = payments.lock_payment_of_group(group.id)
        picture = _store(form, PictureUse.PROOF)
        payment_services.send_proof(payment=payment, picture_key=picture or "", now=now)
    if outcome.refusal:
        form.blame(outcome.refusal, "picture")
        return _page(customer.get_group(number), key, form), 409
    return _back(number, key)


def _store(form: ProofForm, use: PictureUse) -> str | None:
    sent = form.picture.data
    if not sent:
        return None
    return files.store_picture(sent.stream.read(), use=use, owner_id=customer_id(), now=clock.now())
