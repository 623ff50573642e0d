"""Offers, the waiting list and places on shelves."""
