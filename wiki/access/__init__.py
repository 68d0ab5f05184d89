"""Who may read, write, grant; what is closed, restricted or in the trash."""
