"""The fixtures that every test may ask for; whoever asks for none pays for none."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask, Response
from hypothesis import HealthCheck, settings
from sqlalchemy.orm import Session

from pol.kernel import clock
from pol.kernel.db import db
from tests.rig import databases, run, templates
from tests.rig.client import Browser
from tests.rig.databases import Database

pytest_plugins = ["tests.rig.browsing", "tests.rig.figures"]
settings.register_profile("pol", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("pol")  # a slow machine is no fault
NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
"""Noon in Lamongan, a Monday."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", choices=databases.ENGINES, help="only one of the two engines")
    parser.addoption("--drill", action="store_true", help="the long version, before a release")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "engines(*names): run on these engines only")
    if not hasattr(config, "workerinput"):
        run.begin()
    run.settle()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run of everything that left a template unused."""
    config = session.config
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS and not (
        config.option.keyword or config.option.markexpr or config.option.collectonly
    )
    if hasattr(config, "workerinput") or not whole or not (missed := templates.never_rendered()):
        return
    session.exitstatus = pytest.ExitCode.TESTS_FAILED
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    assert reporter is not None
    reporter.write_line(f"\ntemplates that no test renders: {', '.join(missed)}", red=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        run.end()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run whatever touches a database once per engine."""
    if "database" in metafunc.fixturenames:
        only = metafunc.config.getoption("--engine")
        marked = metafunc.definition.get_closest_marker("engines")
        wanted = marked.args if marked else databases.ENGINES
        engines = [engine for engine in wanted if only in (None, engine)]
        metafunc.parametrize("database", engines, indirect=True, scope="session")


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    with databases.created(request.param) as database:
        yield database


@pytest.fixture(scope="session")
def app(database: Database) -> Iterator[Flask]:
    app = databases.application(database.url)
    templates.remember(app)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def session(app: Flask, database: Database) -> Iterator[Session]:
    """Give an application context with an empty market, and forget what the test wrote."""
    with app.app_context():
        yield db.session()
        db.session.remove()
    database.reset()
    Path(app.config["CACHE_STAMP"]).touch()  # pages that were kept are of the past, too


@pytest.fixture
def client(app: Flask, session: Session) -> Browser:
    return Browser(app, Response)


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Give a function that moves the clock of this process to a moment."""
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.fixture
def now(set_clock: Callable[[datetime], None]) -> datetime:
    set_clock(NOON)
    return NOON


@pytest.fixture(scope="session")
def rounds(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """Give a function that picks how often to try: `rounds(120, 2_000)` for CI and for a drill."""
    return lambda ci, drill: drill if request.config.getoption("--drill") else ci
