"""Measuring the shop beside a bare Flask application; nothing here is a test."""
