"""Drafting, signing, starting and ending agreements."""
