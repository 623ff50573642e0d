"""Looking at allocations and offers."""
