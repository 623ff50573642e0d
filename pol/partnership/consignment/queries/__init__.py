"""What people see of consigned goods."""
