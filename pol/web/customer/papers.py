"""Papers of an order group: the customer's receipt, and an office's invoice."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.money import Rupiah, total
from pol.orders.queries import customer, papers
from pol.orders.rules.invoice import in_words, may_invoice
from pol.orders.rules.life import LOST, LineStatus
from pol.orders.services import invoicing
from pol.orders.services.invoicing import Buyer
from pol.payments.rules import Channel, Method
from pol.web import status_words
from pol.web.access import open_to_all
from pol.web.change import change
from pol.web.customer.letting_in import customer_id, let_in
from pol.web.forms.papers import InvoiceForm
from pol.web.language import gettext as _
from pol.web.language import lazy_gettext as _l

bp = Blueprint("customer_papers", __name__, url_prefix="/belanjaan/<number>")

METHODS = {
    Method.CASH: _l("tunai"),
    Method.TRANSFER: _l("transfer bank"),
    Method.QRIS: _l("QRIS"),
    Method.ONLINE: _l("pembayaran daring"),
}
CHANNELS = {
    Channel.TRANSFER: _l("lewat transfer"),
    Channel.CREDIT: _l("menjadi saldo belanja"),
    Channel.CASH: _l("tunai"),
    Channel.PROVIDER: _l("lewat penyedia pembayaran"),
}


def _record(number: str, key: str | None) -> str:
    """Return the full address that the code on a paper leads back to."""
    return url_for("customer_group.show", number=number, kunci=key, _external=True)


@bp.get("/kuitansi")
@open_to_all
def receipt(number: str) -> ResponseReturnValue:
    key = let_in(number)
    group = customer.get_group(number)
    facts = papers.get_paper_facts(group.id)
    return render_template(
        "customer/papers/receipt.html",
        group=group,
        facts=facts,
        to_credit=group.refunded - total(refund.amount for refund in facts.refunds),
        key=key,
        record=_record(number, key),
        method=METHODS[group.method],
        channels=CHANNELS,
        active=LineStatus.ACTIVE,
        lost=LOST,
        status_words=status_words,
        sum=group.goods + group.delivery + group.unique_code,
        in_words=in_words,
        invoiced=papers.find_invoice(group.id) or may_invoice(o.status for o in group.orders),
    )


@bp.get("/faktur")
@open_to_all
def invoice(number: str) -> ResponseReturnValue:
    key = let_in(number)
    return _page(number, key, InvoiceForm(formdata=None))


def _page(number: str, key: str | None, form: InvoiceForm) -> str:
    group = customer.get_group(number)
    issued = papers.find_invoice(group.id)
    if issued is None:
        ready = may_invoice(order.status for order in group.orders)
        return render_template(
            "customer/papers/ask_invoice.html", group=group, key=key, form=form, ready=ready
        )
    return render_template(
        "customer/papers/invoice.html",
        group=group,
        key=key,
        invoice=issued,
        record=_record(number, key),
        method=METHODS[Method(issued.content["method"])],
        words=in_words(Rupiah(issued.content["total"])),
    )


@bp.post("/faktur")
@open_to_all
def issue(number: str) -> ResponseReturnValue:
    key, form = let_in(number), InvoiceForm()
    if not form.validate():
        return _page(number, key, form), 422
    buyer = Buyer(form.buyer.data or "", form.address.data or "", form.tax_number.data)
    with change(done=_("Faktur dibuat. Isinya tidak berubah lagi."), tell=False) as outcome:
        invoicing.issue_invoice(number=number, buyer=buyer, actor_id=customer_id(), now=clock.now())
    if outcome.refusal:
        form.blame(outcome.refusal)
        return _page(number, key, form), 409
    return redirect(url_for(".invoice", number=number, kunci=key), 303)
