"""The shelf partnership of the demo: stores, calls in every state, and a year on the shelves."""
