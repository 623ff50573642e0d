"""My account: who I am here, and the way to everything that is mine."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pol.identity.queries import people
from pol.identity.services import accounts, doors, passwords
from pol.identity.services.doors import Door
from pol.kernel import clock
from pol.kernel.errors import Refused
from pol.web.access import login_only, me, my_id
from pol.web.account.knocking import TOO_MANY, may_try, my_try
from pol.web.change import change
from pol.web.forms.account import NewSecretForm, ProfileForm
from pol.web.language import gettext as _

bp = Blueprint("account_home", __name__)


@bp.get("/akun")
@login_only
def show() -> ResponseReturnValue:
    return render_template("account/home.html", person=people.get_user(my_id()))


@bp.get("/akun/mulai")
@login_only
def start() -> ResponseReturnValue:
    """Lead to the desk of whoever has one, and customers to their account."""
    viewer = me()
    desks = (
        (viewer.is_trader, "/pedagang"),
        (viewer.is_courier, "/kurir"),
        (viewer.is_officer, "/petugas"),
        (viewer.retail_seat is not None, "/peritel"),
        (viewer.is_dinas, "/dinas"),
        (viewer.is_admin, "/admin/orang"),
    )
    return redirect(next((path for sits, path in desks if sits), url_for(".show")))


@bp.get("/akun/profil")
@login_only
def edit() -> ResponseReturnValue:
    person = people.get_user(my_id())
    form = ProfileForm(name=person.name, email=person.email, village=person.village_code)
    return render_template("account/profile.html", form=form, phone=person.phone)


@bp.post("/akun/profil")
@login_only
def save() -> ResponseReturnValue:
    form, person = ProfileForm(), people.get_user(my_id())
    if not form.validate() or not _may_set_email(form, person.phone, person.email):
        return render_template("account/profile.html", form=form, phone=person.phone), 422
    with change(done=_("Profil tersimpan.")):
        accounts.update_profile(
            user_id=my_id(),
            name=str(form.name.data),
            email=form.email.data,
            village_code=form.village.data,
            now=clock.now(),
        )
    return redirect(url_for("account_home.show"))


def _may_set_email(form: ProfileForm, phone: str, email: str | None) -> bool:
    """Ask for the password before codes go to another address."""
    if (form.email.data or None) == email:
        return True
    attempt = my_try(Door.PASSWORD, phone)
    if not may_try(attempt, form):
        return False
    try:
        passwords.check_old_secret(user_id=my_id(), secret=form.old.data or "")
    except Refused as refusal:
        form.blame(refusal, "old")
        return False
    with change():
        doors.forgive(attempt)
    return True


@bp.get("/akun/sandi")
@login_only
def edit_secret() -> ResponseReturnValue:
    return render_template("account/secret.html", form=NewSecretForm())


@bp.post("/akun/sandi")
@login_only
def save_secret() -> ResponseReturnValue:
    form, person = NewSecretForm(), people.get_user(my_id())
    form.my_phone = person.phone
    if not form.validate():
        return render_template("account/secret.html", form=form), 422
    attempt = my_try(Door.PASSWORD, person.phone)
    if not may_try(attempt, form):
        return render_template("account/secret.html", form=form), TOO_MANY
    try:
        passwords.check_old_secret(user_id=my_id(), secret=str(form.old.data))
        hashed = passwords.hash_secret(str(form.secret.data))
    except Refused as refusal:
        form.blame(refusal, "old")
        return render_template("account/secret.html", form=form), 422
    with change(done=_("Sandi baru tersimpan. Perangkat lain sudah dikeluarkan.")):
        doors.forgive(attempt)
        passwords.set_password(
            user_id=my_id(),
            hashed=hashed,
            actor_id=my_id(),
            now=attempt.at,
            keep_session_id=me().session_id,
        )
    return redirect(url_for("account_home.show"))
