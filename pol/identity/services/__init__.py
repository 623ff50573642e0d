"""Changing people, their devices and their roles: a file for each topic."""

from pol.identity.services.sessions import open_session as open_session
