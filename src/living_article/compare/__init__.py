"""Two results side by side: reading them, keeping small groups of real patients apart, pairing their numbers."""
