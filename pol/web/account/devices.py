"""My devices: where I am logged in, and logging them out."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pol.identity.queries import devices
from pol.identity.services import sessions
from pol.kernel import clock
from pol.web.access import login_only, me, my_id
from pol.web.change import change
from pol.web.language import gettext as _

bp = Blueprint("account_devices", __name__)


@bp.get("/akun/perangkat")
@login_only
def show() -> ResponseReturnValue:
    rows = devices.list_devices(user_id=my_id(), now=clock.now())
    return render_template("account/devices.html", devices=rows, here=me().session_id)


@bp.post("/akun/perangkat/<int:session_id>/keluarkan")
@login_only
def revoke(session_id: int) -> ResponseReturnValue:
    with change(done=_("Perangkat itu sudah dikeluarkan.")):
        sessions.revoke_device(
            user_id=my_id(), session_id=session_id, actor_id=my_id(), now=clock.now()
        )
    return redirect(url_for("account_devices.show"))


@bp.post("/akun/perangkat/keluarkan-lainnya")
@login_only
def revoke_others() -> ResponseReturnValue:
    with change(done=_("Semua perangkat lain sudah dikeluarkan.")):
        sessions.revoke_devices(
            user_id=my_id(), actor_id=my_id(), now=clock.now(), except_id=me().session_id
        )
    return redirect(url_for("account_devices.show"))
