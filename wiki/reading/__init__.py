"""The page itself, and « voir comme »."""
