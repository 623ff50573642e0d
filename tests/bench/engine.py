"""The bare program's only connection to the database."""

import os

from sqlalchemy import create_engine

engine = create_engine(os.environ["DATABASE_URL"], pool_size=2)
