"""What is written for the search, attached files included."""
