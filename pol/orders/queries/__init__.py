"""Queries of orders, by topic."""
