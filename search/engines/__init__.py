"""How each engine finds, counts and orders."""
