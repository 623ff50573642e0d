"""Services of the slots, by topic."""
