"""Looking at product sheets and applications."""
