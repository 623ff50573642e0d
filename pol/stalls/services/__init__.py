"""Services of stalls, by topic."""
