"""What people and the clock do with consigned goods."""
