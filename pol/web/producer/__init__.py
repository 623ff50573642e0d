"""Pages for producers who want, or have, a place on a shelf."""
