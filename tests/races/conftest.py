"""Crews of processes for races."""

from collections.abc import Iterator

import pytest

from tests.races.crew import Crew
from tests.rig.databases import Database

SIZE = 3


@pytest.fixture(scope="session")
def crew(database: Database) -> Iterator[Crew]:
    with Crew(database.url, SIZE) as crew:
        yield crew
