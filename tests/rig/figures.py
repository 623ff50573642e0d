"""Figures that tests found out, as a table at the end of the run; workers send theirs along."""

from collections.abc import Callable, Iterator

import pytest

NAME = "figure"
Figure = Callable[..., None]


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Figure:
    """Give a function that notes a line of the table: `figure("kill -9", kills=60, lost=0)`."""

    def note(what: str, **numbers: object) -> None:
        engine = request.node.callspec.params.get("database", "") if _is_called(request) else ""
        line = (what, str(engine), ", ".join(f"{_word(k)} {v}" for k, v in numbers.items()))
        request.node.user_properties.append((NAME, line))

    return note


def _is_called(request: pytest.FixtureRequest) -> bool:
    return hasattr(request.node, "callspec")


def _word(name: str) -> str:
    return name.replace("_", " ")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table, also what failed tests had noted before they failed."""
    lines = sorted(set(_noted(terminalreporter)))
    if not lines:
        return
    terminalreporter.section("figures")
    widths = [max(len(line[column]) for line in lines) for column in (0, 1)]
    for what, engine, numbers in lines:
        terminalreporter.write_line(f"{what:{widths[0]}}  {engine:{widths[1]}}  {numbers}")


def _noted(reporter: pytest.TerminalReporter) -> Iterator[tuple[str, str, str]]:
    for outcome in ("passed", "failed"):
        for report in reporter.stats.get(outcome, []):
            for name, line in getattr(report, "user_properties", ()):
                if name == NAME:
                    what, engine, numbers = line
                    yield what, engine, numbers
