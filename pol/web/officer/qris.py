"""The static QRIS of a market's operator: customers of several stalls pay it."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.payments.queries import qris as queries
from pol.payments.rules.qris import StaticQris, read_static
from pol.payments.services import qris
from pol.web.access import me, my_id, officer_only
from pol.web.change import change
from pol.web.forms.qris import KeepForm, QrisForm
from pol.web.language import gettext as _

bp = Blueprint("officer_qris", __name__, url_prefix="/petugas/qris")


@bp.get("")
@officer_only
def index() -> ResponseReturnValue:
    markets = queries.list_codes_of_markets(me().market_ids)
    kept = {row.slug: read_static(row.code) for row in markets if row.code}
    return render_template("officer/qris/index.html", markets=markets, kept=kept)


@bp.get("/<slug>")
@officer_only
def show(slug: str) -> ResponseReturnValue:
    return _page(slug, QrisForm(formdata=None))


@bp.post("/<slug>/baca")
@officer_only
def read(slug: str) -> ResponseReturnValue:
    queries.get_code_of_market(slug=slug, market_ids=me().market_ids)
    form, found = QrisForm(), None
    if form.validate():
        with change(tell=False) as outcome:
            found = form.read()
        if outcome.refusal:
            form.blame_rule(outcome.refusal)
    return _page(slug, form, found), HTTPStatus.OK if found else HTTPStatus.UNPROCESSABLE_ENTITY


@bp.post("/<slug>")
@officer_only
def keep(slug: str) -> ResponseReturnValue:
    form = KeepForm()
    code = form.code.data if form.validate() else ""
    with change(done=_("QRIS tersimpan. Pembeli pasar ini bisa membayar dengan kode ini.")):
        market = queries.lock_market(slug=slug, market_ids=me().market_ids)
        qris.keep_code(place=market, code=code, actor_id=my_id(), now=clock.now())
    return redirect(url_for(".show", slug=slug), HTTPStatus.SEE_OTHER)


@bp.post("/<slug>/hapus")
@officer_only
def remove(slug: str) -> ResponseReturnValue:
    with change(done=_("QRIS dihapus.")):
        market = queries.lock_market(slug=slug, market_ids=me().market_ids)
        qris.keep_code(place=market, code=None, actor_id=my_id(), now=clock.now())
    return redirect(url_for(".show", slug=slug), HTTPStatus.SEE_OTHER)


def _page(slug: str, form: QrisForm, found: StaticQris | None = None) -> str:
    market = queries.get_code_of_market(slug=slug, market_ids=me().market_ids)
    return render_template(
        "officer/qris/show.html",
        form=form,
        market=market,
        found=found,
        kept=read_static(market.code) if market.code else None,
    )
