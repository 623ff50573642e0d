"""Paths over many pages: from a call to money and a place that goes on or is given back."""
