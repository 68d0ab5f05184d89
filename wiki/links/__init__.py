"""Links between pages, and to other sites."""
