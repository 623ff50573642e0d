"""Queries of stalls, by topic."""
