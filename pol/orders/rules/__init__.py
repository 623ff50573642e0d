"""Rules of orders, by topic."""
