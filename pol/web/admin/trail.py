"""The audit trail: who did what, newest first."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from pol.identity.queries import trail
from pol.web import trail_names, trail_words
from pol.web.access import admin_only

bp = Blueprint("admin_trail", __name__)


@bp.get("/admin/jejak")
@admin_only
def show() -> ResponseReturnValue:
    asked = {name: request.args.get(name, "")[:60].strip() for name in ("kejadian", "tentang")}
    actor = request.args.get("pelaku", "")
    page = trail.list_trail(
        action=asked["kejadian"],
        subject=asked["tentang"],
        actor_id=int(actor) if actor.isascii() and actor.isdecimal() and len(actor) < 9 else None,
        cursor=request.args.get("setelah"),
    )
    return render_template(
        "admin/trail.html",
        lines=[trail_words.in_words(row) for row in page.rows],
        next_cursor=page.next_cursor,
        asked={**asked, "pelaku": actor},
        actions=trail_names.ACTIONS,
    )
