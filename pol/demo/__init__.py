"""Demo data: a market that looks alive, made through the same services as real use."""
