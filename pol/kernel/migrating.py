"""`flask db`: the migrations, for commands only; a server's worker does without."""

from pathlib import Path

from flask import Flask
from flask_migrate import Migrate

from pol.kernel.db import db

FOLDER = Path(__file__).parents[2] / "migrations"


def prepare(app: Flask) -> None:
    """Let this application migrate its database."""
    Migrate(app, db, directory=str(FOLDER), render_as_batch=True, compare_type=True)
