"""What the demo market sells, where, and who stands behind the counter; data without a database."""
