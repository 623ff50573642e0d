"""Opening, confirming and giving back: one file for each kind of thing done with money."""
