"""Agreements: papers, terms, signatures, ends."""
