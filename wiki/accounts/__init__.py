"""People: coming in, names, passwords, sessions."""
