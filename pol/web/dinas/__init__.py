"""Pages for the officers of the Dinas."""
