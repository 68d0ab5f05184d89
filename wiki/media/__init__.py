"""Files: sent, cleaned, shown, served, counted."""
