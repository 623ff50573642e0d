"""People and their roles, as an administrator sees and changes them."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pol.identity.queries import devices, people
from pol.identity.rules import CodePurpose, Role
from pol.identity.services import accounts, codes, roles, sessions
from pol.kernel import clock
from pol.regions import queries as places
from pol.stalls.queries import own as stalls
from pol.web.access import admin_only, my_id
from pol.web.change import change
from pol.web.forms.account_roles import ROLE_NAMES, RoleForm
from pol.web.language import gettext as _

bp = Blueprint("admin_people", __name__)


@bp.get("/admin/orang")
@admin_only
def show_all() -> ResponseReturnValue:
    words = " ".join(request.args.get("q", "")[:80].split())
    held = request.args.get("peran", "")
    page = people.list_people(
        words=words,
        role=Role(held) if held in set(Role) else None,
        cursor=request.args.get("setelah"),
    )
    return render_template(
        "admin/people.html", page=page, words=words, held=held, role_names=ROLE_NAMES
    )


def _page(user_id: int, form: RoleForm | None = None, code: str | None = None) -> str:
    held = people.list_grants(user_id=user_id)
    markets = {market.market_id: market.name for market in stalls.list_market_choices()}
    return render_template(
        "admin/person.html",
        person=people.get_user(user_id),
        form=form or _form(),
        grants=held,
        devices=devices.list_devices(user_id=user_id, now=clock.now()),
        role_names=ROLE_NAMES,
        market_names=markets,
        region_names=places.names_of(g.region_code for g in held if g.region_code),
        code=code,
        is_me=user_id == my_id(),
    )


def _form() -> RoleForm:
    form = RoleForm()
    form.offer(stalls.list_market_choices(), places.list_kecamatan())
    return form


@bp.get("/admin/orang/<int:user_id>")
@admin_only
def show(user_id: int) -> ResponseReturnValue:
    return _page(user_id)


@bp.post("/admin/orang/<int:user_id>/peran")
@admin_only
def grant(user_id: int) -> ResponseReturnValue:
    form = _form()
    if not form.validate():
        return _page(user_id, form), 422
    with change(done=_("Peran diberikan."), tell=False) as outcome:
        roles.grant_role(
            user_id=user_id,
            role=Role(form.role.data),
            actor_id=my_id(),
            now=clock.now(),
            market_id=form.market_id,
            region_code=form.region_code,
        )
    if outcome.refusal:
        form.blame(outcome.refusal, "role")
        return _page(user_id, form), 422
    return redirect(url_for("admin_people.show", user_id=user_id))


@bp.post("/admin/orang/<int:user_id>/peran/<int:grant_id>/cabut")
@admin_only
def revoke(user_id: int, grant_id: int) -> ResponseReturnValue:
    with change(done=_("Peran dicabut.")):
        roles.revoke_role(user_id=user_id, grant_id=grant_id, actor_id=my_id(), now=clock.now())
    return redirect(url_for("admin_people.show", user_id=user_id))


@bp.post("/admin/orang/<int:user_id>/nonaktifkan")
@admin_only
def deactivate(user_id: int) -> ResponseReturnValue:
    with change(done=_("Akun dinonaktifkan dan dikeluarkan dari semua perangkat.")):
        accounts.deactivate(user_id=user_id, actor_id=my_id(), now=clock.now())
    return redirect(url_for("admin_people.show", user_id=user_id))


@bp.post("/admin/orang/<int:user_id>/aktifkan")
@admin_only
def activate(user_id: int) -> ResponseReturnValue:
    with change(done=_("Akun diaktifkan lagi.")):
        accounts.activate(user_id=user_id, actor_id=my_id(), now=clock.now())
    return redirect(url_for("admin_people.show", user_id=user_id))


@bp.post("/admin/orang/<int:user_id>/keluarkan")
@admin_only
def log_out(user_id: int) -> ResponseReturnValue:
    with change(done=_("Semua perangkat orang ini dikeluarkan.")):
        sessions.revoke_devices(
            user_id=people.get_user(user_id).id, actor_id=my_id(), now=clock.now()
        )
    return redirect(url_for("admin_people.show", user_id=user_id))


@bp.post("/admin/orang/<int:user_id>/langkah-kedua")
@admin_only
def reset_second_factor(user_id: int) -> ResponseReturnValue:
    with change(done=_("Langkah kedua dilepas; dipasang lagi waktu masuk berikutnya.")):
        roles.reset_second_factor(user_id=user_id, actor_id=my_id(), now=clock.now())
    return redirect(url_for("admin_people.show", user_id=user_id))


@bp.post("/admin/orang/<int:user_id>/kode")
@admin_only
def hand_out(user_id: int) -> ResponseReturnValue:
    phone = people.get_user(user_id).phone
    drawn = codes.draw_code(CodePurpose.RESET_PASSWORD)
    with change() as outcome:
        codes.hand_out_code(drawn, phone=phone, officer_id=my_id(), now=clock.now())
    return _page(user_id, code=None if outcome.refusal else drawn.code)
