"""The migrations make exactly the tables that the models describe, and can be taken back."""

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import inspect

from pol.kernel.db import db
from tests.factories.catalogue import make_product
from tests.rig import databases
from tests.rig.databases import Database


def _config(app: Flask) -> Config:
    config = app.extensions["migrate"].migrate.get_config()
    assert isinstance(config, Config)
    return config


def test_there_is_one_newest_migration(plan: Flask) -> None:
    with plan.app_context():
        assert len(ScriptDirectory.from_config(_config(plan)).get_heads()) == 1


def test_models_and_migrations_describe_the_same_tables(app: Flask) -> None:
    with app.app_context():
        command.check(_config(app))  # raises when something differs
        assert inspect(db.engine).has_table("alembic_version")


def test_each_migration_can_be_taken_back_from_under_rows_and_done_again(
    database: Database,
) -> None:
    with databases.created(database.kind, "updown") as own:
        app = databases.application(own.url)
        with app.app_context():
            config = _config(app)
            make_product()
            db.session.commit()
            db.session.remove()
            for _ in ScriptDirectory.from_config(config).walk_revisions():
                command.downgrade(config, "-1")
            left = set(inspect(db.engine).get_table_names()) - {"alembic_version"}
            command.upgrade(config, "head")
            command.check(config)
            db.engine.dispose()
    assert left == set()
