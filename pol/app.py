"""Building the application."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import jinja2
from flask import Flask
from sqlalchemy.engine import make_url

from pol import api, web
from pol.files.services import storage
from pol.kernel import logging
from pol.kernel.db import connect, engine_options
from pol.kernel.money import Rupiah
from pol.payments.rules.qris import Limits
from pol.payments.services import providers, qris
from pol.payments.services.midtrans import Midtrans
from pol.web.access import refuse_unguarded
from pol.web.templating import Templates
from pol.wiring import wire

ROOT = Path(__file__).parent.parent


class Shop(Flask):
    """Flask without looking for coroutines: twenty times a request, and there are none."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func


def normal_url(url: str) -> str:
    """Return a database address that names the driver we ship."""
    parsed = make_url(url)
    if parsed.get_backend_name() in {"postgresql", "postgres"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    return parsed.render_as_string(hide_password=False)


def create_app(*, with_commands: bool = True, **overrides: Any) -> Flask:
    """Return a ready application; overrides win over config.py.

    A server's worker does without commands and migrations: less memory, and sooner ready.
    """
    logging.configure()
    app = Shop(
        __name__, template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static")
    )
    app.config.from_object("config")
    app.config.update(overrides)
    url = normal_url(app.config["SQLALCHEMY_DATABASE_URI"])
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", engine_options(url))
    app.jinja_environment = Templates
    app.jinja_options = {
        "undefined": jinja2.StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "autoescape": True,
        "bytecode_cache": jinja2.FileSystemBytecodeCache(str(app.config["TEMPLATE_FOLDER"])),
    }
    connect(app)
    web.register(app)
    api.register(app)
    refuse_unguarded(app)
    if with_commands:
        import_module("pol.cli").register(app)
    storage.use_folder(app.config["PICTURE_FOLDER"])
    qris.use_limits(Limits(Rupiah(app.config["QRIS_LEAST"]), Rupiah(app.config["QRIS_MOST"])))
    providers.use(_provider(app))
    wire()
    return app


def _provider(app: Flask) -> Midtrans | None:
    key = app.config["MIDTRANS_SERVER_KEY"]
    return Midtrans(server_key=key, url=app.config["MIDTRANS_URL"]) if key else None
