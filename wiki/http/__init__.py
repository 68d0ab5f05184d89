"""What goes around every answer: whole pages kept, headers, transactions of the admin."""
