"""The price board of the morning: every price of the stall on one page, saved at once."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pol.catalogue.queries import own
from pol.catalogue.queries.own import OwnRow
from pol.catalogue.rules.product import PriceMovedMeanwhile
from pol.catalogue.services import offer
from pol.catalogue.services.offer import NewPrice
from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.web.access import my_id, my_seat, trader_only
from pol.web.change import change
from pol.web.forms.product import BoardLine
from pol.web.language import counted, sentence_of
from pol.web.language import gettext as _
from pol.web.trader.products import price_step

bp = Blueprint("trader_prices", __name__, url_prefix="/pedagang/produk/papan-harga")
Lines = list[tuple[OwnRow, BoardLine]]


@bp.get("")
@trader_only
def show() -> ResponseReturnValue:
    return _page(_lines())


@bp.post("")
@trader_only
def save() -> ResponseReturnValue:
    lines = _lines()
    sent = [(row, form) for row, form in lines if form.price.typed is not None]
    unsound = [form for _row, form in sent if not form.validate()]
    if unsound:
        return _page(lines, [_("Ada harga yang belum benar. Periksa yang bertanda merah.")])
    with change(tell=False) as outcome:
        slugs = [row.slug for row, _form in sent]
        products = own.lock_all_own(slugs=slugs, stall_id=my_seat().stall_id)
        board = [
            NewPrice(products[row.slug], form.seen.data, form.price.data) for row, form in sent
        ]
        changed = offer.set_prices(board=board, actor_id=my_id(), now=clock.now())
    if outcome.refusal:
        if isinstance(outcome.refusal, PriceMovedMeanwhile):
            _mark_moved(sent)
        return _page(lines, [sentence_of(outcome.refusal)])
    sentence = counted("%(n)s harga diubah.", changed)
    flash(sentence if changed else _("Tidak ada harga yang berubah."), "good")
    return redirect(url_for(".show"), HTTPStatus.SEE_OTHER)


def _lines() -> Lines:
    rows = own.list_own(stall_id=my_seat().stall_id)
    return [
        (row, BoardLine(prefix=row.slug, data={"price": row.price, "seen": row.price}))
        for row in rows
    ]


def _mark_moved(sent: Lines) -> None:
    for row, form in sent:
        if row.price != form.seen.data:
            sentence = _("Sekarang %(price)s. Periksa, lalu simpan lagi.", price=row.price)
            form.price.errors = [sentence]


def _page(lines: Lines, wrong: list[str] | None = None) -> ResponseReturnValue:
    page = render_template(
        "trader/products/board.html",
        lines=lines,
        wrong=wrong or [],
        today=business_day(clock.now()),
        price_step=price_step,
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
