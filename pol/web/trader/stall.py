"""A stall: opening it, describing it, its hours, helpers and permits."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from pol.files.rules import PictureUse
from pol.identity.queries import people
from pol.kernel import clock
from pol.kernel.localtime import business_day
from pol.stalls.queries import own
from pol.stalls.rules import PermitKind, Seat, StallStatus
from pol.stalls.services import keepers, stalls
from pol.web.access import login_only, me, my_id, my_seat, trader_only
from pol.web.change import change
from pol.web.forms.stall import (
    FIELD_OF,
    HelperForm,
    HoursForm,
    NewStallForm,
    PermitForm,
    StallForm,
    StallPictureForm,
    VacationForm,
)
from pol.web.language import gettext as _
from pol.web.language import lazy_gettext as _l
from pol.web.public.words import PERMITS

bp = Blueprint("trader_stall", __name__, url_prefix="/pedagang/lapak")
WRONG = HTTPStatus.UNPROCESSABLE_ENTITY
STATUSES = {
    StallStatus.DRAFT: (_l("Belum dikirim"), "neutral"),
    StallStatus.SUBMITTED: (_l("Menunggu petugas"), "warn"),
    StallStatus.VERIFIED: (_l("Terverifikasi"), "good"),
    StallStatus.REFUSED: (_l("Perlu dibenahi"), "bad"),
    StallStatus.SUSPENDED: (_l("Dihentikan sementara"), "bad"),
}


@bp.get("/baru")
@login_only
def new() -> ResponseReturnValue:
    person = people.find_user(my_id())
    form = NewStallForm(formdata=None, data={"phone": person.phone if person else None})
    return render_template("trader/stall/new.html", form=form)


@bp.post("/baru")
@login_only
def create() -> ResponseReturnValue:
    form = NewStallForm()
    if form.validate():
        with change(done=_("Lapak dibuat. Lengkapi, lalu kirim ke petugas.")) as outcome:
            stall = stalls.open_stall(
                market_id=int(form.market.data or 0),
                owner_id=my_id(),
                now=clock.now(),
                **form.facts(),
            )
        if outcome.refusal is None:
            session["stall_id"] = stall.id
            return redirect(url_for(".show"), HTTPStatus.SEE_OTHER)
        form.blame_rule(outcome.refusal)
    return render_template("trader/stall/new.html", form=form), WRONG


@bp.get("")
@trader_only
def show() -> ResponseReturnValue:
    stall_id = my_seat().stall_id
    stall = own.get_detail(stall_id=stall_id)
    return render_template(
        "trader/stall/show.html",
        stall=stall,
        status=STATUSES[stall.status],
        seats=me().seats,
        members=own.list_members(stall_id=stall_id),
        permits=own.list_permits(stall_id=stall_id),
        permit_names=PERMITS,
        today=business_day(clock.now()),
    )


@bp.post("/kirim")
@trader_only
def submit() -> ResponseReturnValue:
    with change(done=_("Terkirim. Petugas pasar akan memeriksa lapak Anda.")):
        stalls.submit_stall(
            stall=own.lock_stall(stall_id=my_seat().stall_id), actor_id=my_id(), now=clock.now()
        )
    return redirect(url_for(".show"), HTTPStatus.SEE_OTHER)


@bp.get("/profil")
@trader_only
def profile() -> ResponseReturnValue:
    stall = own.get_detail(stall_id=my_seat().stall_id)
    return _profile_page(StallForm.of(stall))


@bp.post("/profil")
@trader_only
def save_profile() -> ResponseReturnValue:
    form = StallForm()
    if form.validate():
        with change(done=_("Profil tersimpan."), tell=False) as outcome:
            stalls.update_profile(
                stall=own.lock_stall(stall_id=my_seat().stall_id),
                actor_id=my_id(),
                now=clock.now(),
                **form.facts(),
            )
        if outcome.refusal is None:
            return redirect(url_for(".show"), HTTPStatus.SEE_OTHER)
        form.blame_rule(outcome.refusal)
    return _profile_page(form), WRONG


@bp.post("/foto")
@trader_only
def save_picture() -> ResponseReturnValue:
    form = StallPictureForm()
    keys = form.take_pictures(use=PictureUse.STALL, owner_id=my_id(), most=1)
    if not keys:
        form.blame_missing_picture(_("Potret atau pilih fotonya dulu."))
    if form.errors:
        stall = own.get_detail(stall_id=my_seat().stall_id)
        return _profile_page(StallForm.of(stall), form), WRONG
    with change(done=_("Foto lapak diganti.")):
        stalls.set_picture(
            stall=own.lock_stall(stall_id=my_seat().stall_id),
            picture_key=keys[0],
            actor_id=my_id(),
            now=clock.now(),
        )
    return redirect(url_for(".show"), HTTPStatus.SEE_OTHER)


@bp.get("/jam")
@trader_only
def hours() -> ResponseReturnValue:
    return _hours_page()


@bp.post("/jam")
@trader_only
def save_hours() -> ResponseReturnValue:
    form = HoursForm()
    if form.validate():
        opens, closes = form.minutes()
        with change(done=_("Jam buka tersimpan."), tell=False) as outcome:
            stalls.set_hours(
                stall=own.lock_stall(stall_id=my_seat().stall_id),
                opens_minute=opens,
                closes_minute=closes,
                actor_id=my_id(),
                now=clock.now(),
            )
        if outcome.refusal is None:
            return redirect(url_for(".show"), HTTPStatus.SEE_OTHER)
        form.blame(outcome.refusal, FIELD_OF.get(type(outcome.refusal)))
    return _hours_page(hours=form), WRONG


@bp.post("/libur")
@trader_only
def save_vacation() -> ResponseReturnValue:
    form = VacationForm()
    if form.validate():
        with change(done=_("Tanggal libur tersimpan."), tell=False) as outcome:
            stalls.set_vacation(
                stall=own.lock_stall(stall_id=my_seat().stall_id),
                vacation_from=form.vacation_from.data,
                vacation_until=form.vacation_until.data,
                actor_id=my_id(),
                now=clock.now(),
            )
        if outcome.refusal is None:
            return redirect(url_for(".show"), HTTPStatus.SEE_OTHER)
        form.blame(outcome.refusal, FIELD_OF.get(type(outcome.refusal)))
    return _hours_page(vacation=form), WRONG


@bp.get("/penjaga")
@trader_only
def helpers() -> ResponseReturnValue:
    return _helpers_page(HelperForm(formdata=None))


@bp.post("/penjaga")
@trader_only
def add_helper() -> ResponseReturnValue:
    form = HelperForm()
    if form.validate():
        with change(done=_("Penjaga ditambahkan."), tell=False) as outcome:
            keepers.add_helper(
                stall=own.lock_stall(stall_id=my_seat().stall_id),
                phone=form.phone.data,
                actor_id=my_id(),
                now=clock.now(),
            )
        if outcome.refusal is None:
            return redirect(url_for(".helpers"), HTTPStatus.SEE_OTHER)
        form.blame(outcome.refusal, FIELD_OF.get(type(outcome.refusal)))
    return _helpers_page(form), WRONG


@bp.post("/penjaga/<int:user_id>/keluarkan")
@trader_only
def remove_helper(user_id: int) -> ResponseReturnValue:
    with change(done=_("Penjaga dikeluarkan.")):
        keepers.remove_helper(
            stall=own.lock_stall(stall_id=my_seat().stall_id),
            user_id=user_id,
            actor_id=my_id(),
            now=clock.now(),
        )
    return redirect(url_for(".helpers"), HTTPStatus.SEE_OTHER)


@bp.get("/izin")
@trader_only
def permits() -> ResponseReturnValue:
    return _permits_page(PermitForm(formdata=None))


@bp.post("/izin")
@trader_only
def add_permit() -> ResponseReturnValue:
    form = PermitForm()
    is_sound = form.validate()
    keys = form.take_pictures(use=PictureUse.PERMIT, owner_id=my_id(), most=1)
    if not is_sound or form.errors:
        return _permits_page(form), WRONG
    with change(done=_("Izin ditambahkan."), tell=False) as outcome:
        keepers.add_permit(
            stall_id=my_seat().stall_id,
            kind=PermitKind(form.kind.data),
            number=form.number.data or "",
            expires_on=form.expires_on.data,
            picture_key=next(iter(keys), None),
            actor_id=my_id(),
            now=clock.now(),
        )
    if outcome.refusal:
        form.blame(outcome.refusal, FIELD_OF.get(type(outcome.refusal)))
        return _permits_page(form), WRONG
    return redirect(url_for(".permits"), HTTPStatus.SEE_OTHER)


@bp.post("/izin/<int:permit_id>/hapus")
@trader_only
def remove_permit(permit_id: int) -> ResponseReturnValue:
    with change(done=_("Izin dihapus.")):
        keepers.remove_permit(
            stall_id=my_seat().stall_id, permit_id=permit_id, actor_id=my_id(), now=clock.now()
        )
    return redirect(url_for(".permits"), HTTPStatus.SEE_OTHER)


def _profile_page(form: StallForm, picture: StallPictureForm | None = None) -> str:
    return render_template(
        "trader/stall/profile.html",
        form=form,
        picture=picture or StallPictureForm(formdata=None),
        stall=own.get_detail(stall_id=my_seat().stall_id),
    )


def _hours_page(*, hours: HoursForm | None = None, vacation: VacationForm | None = None) -> str:
    stall = own.get_detail(stall_id=my_seat().stall_id)
    dates = {"vacation_from": stall.vacation_from, "vacation_until": stall.vacation_until}
    return render_template(
        "trader/stall/hours.html",
        stall=stall,
        hours=hours or HoursForm.of(stall),
        vacation=vacation or VacationForm(formdata=None, data=dates),
    )


def _helpers_page(form: HelperForm) -> str:
    return render_template(
        "trader/stall/helpers.html",
        form=form,
        members=own.list_members(stall_id=my_seat().stall_id),
        is_owner=my_seat().seat is Seat.OWNER,
    )


def _permits_page(form: PermitForm) -> str:
    return render_template(
        "trader/stall/permits.html",
        form=form,
        permits=own.list_permits(stall_id=my_seat().stall_id),
        permit_names=PERMITS,
        today=business_day(clock.now()),
    )
