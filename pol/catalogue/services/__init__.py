"""Services of catalogue, by topic."""
