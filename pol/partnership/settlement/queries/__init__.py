"""Looking at what is to be settled and what was."""
