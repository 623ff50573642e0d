import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from pol.kernel import health


@pytest.mark.engines("postgresql")  # there, a connection that nobody closes stays with the server
def test_before_a_fork_no_context_keeps_a_connection(app: Flask, session: Session) -> None:
    session.execute(text("SELECT 1"))
    outer = session.connection().connection.driver_connection
    assert outer is not None
    with app.app_context():
        health.close_connections()
    assert outer.closed
