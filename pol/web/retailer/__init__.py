"""Pages for retailers: their stores, shelves, calls and goods."""
