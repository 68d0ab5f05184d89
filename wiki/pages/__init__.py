"""What a page is and where it stands: its content, kind, address, topics, navigation."""
