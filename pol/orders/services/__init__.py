"""Services of orders, by topic."""
