"""Changing product sheets and applications."""
