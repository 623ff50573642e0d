"""The flow of a place on a shelf, step by step, as people press it."""
