"""Choosing a language: from the footer of any page, and back to that page."""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from pol.web import language
from pol.web.access import open_to_all
from pol.web.change import change
from pol.web.csrf import form_on_public_page
from pol.web.next_page import next_page

bp = Blueprint("public_language", __name__)


@bp.post("/bahasa")
@open_to_all
@form_on_public_page
def choose() -> ResponseReturnValue:
    with change():
        language.choose(request.form.get("code", ""))
    return redirect(next_page() or "/", 303)
