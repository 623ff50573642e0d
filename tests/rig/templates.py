"""Remembers which templates the tests used; a whole run fails when one was never rendered."""

from collections.abc import Callable
from pathlib import Path

from flask import Flask
from jinja2 import BaseLoader, Environment

from tests.rig import run

ROOT = Path(__file__).parents[2] / "templates"


class Remembering(BaseLoader):
    """Notes each template when Jinja first needs it: to render, extend, include or import."""

    def __init__(self, loader: BaseLoader) -> None:
        self._loader = loader

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        with _notes().open("a") as notes:
            notes.write(f"{template}\n")
        return self._loader.get_source(environment, template)

    def list_templates(self) -> list[str]:
        return self._loader.list_templates()


def remember(app: Flask) -> None:
    """Note what this application renders from now on."""
    loader = app.jinja_env.loader
    assert loader is not None
    app.jinja_env.loader = Remembering(loader)


def never_rendered() -> list[str]:
    """Return the templates that no test of this run has needed so far."""
    used = set(_notes().read_text().split()) if _notes().exists() else set()
    return sorted({str(path.relative_to(ROOT)) for path in ROOT.rglob("*.*")} - used)


def _notes() -> Path:
    return run.folder() / "templates"
