import pytest
from flask import Flask

from pol.app import create_app


@pytest.fixture(scope="session")
def plan() -> Flask:
    """Give the application as it is built, over no database."""
    return create_app(TESTING=True, SQLALCHEMY_DATABASE_URI="sqlite://")
