"""Random tokens; the database keeps only their hash."""

import hashlib
import secrets


def new_token() -> str:
    """Return 256 random bits as text."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """Return what is stored of a token; it is random, so a plain SHA-256 is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
