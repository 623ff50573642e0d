"""The inbox: what happened to my orders, newest first."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.notices import queries, services
from pol.web.access import login_only, my_id
from pol.web.change import change
from pol.web.language import gettext as _

bp = Blueprint("account_inbox", __name__, url_prefix="/kotak-masuk")


@bp.get("")
@login_only
def show() -> ResponseReturnValue:
    cursor = request.args.get("sesudah")
    page = queries.list_inbox(user_id=my_id(), cursor=cursor)
    return render_template("account/inbox.html", page=page, is_first=cursor is None)


@bp.post("/<int:notice_id>/buka")
@login_only
def read(notice_id: int) -> ResponseReturnValue:
    with change():
        notice = queries.get_notice(user_id=my_id(), notice_id=notice_id)
        services.mark_read(user_id=my_id(), notice_id=notice.id, now=clock.now())
    return redirect(notice.link or url_for(".show"), 303)


@bp.post("/dibaca")
@login_only
def read_all() -> ResponseReturnValue:
    with change(done=_("Semua kabar ditandai sudah dibaca.")):
        services.mark_read(user_id=my_id(), notice_id=None, now=clock.now())
    return redirect(url_for(".show"), 303)
