"""Reading people, their devices and the audit trail: a file for each."""
