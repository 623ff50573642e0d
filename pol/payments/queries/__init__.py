"""Looking at payments: one file for each topic."""
