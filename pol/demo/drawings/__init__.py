"""Product pictures drawn by our own code: `draw("bandeng", seed=7)` is three milkfish."""
