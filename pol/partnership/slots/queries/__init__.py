"""Looking at retailers, shelves, calls and placements."""
