"""Queries of catalogue, by topic."""
