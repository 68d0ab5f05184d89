"""The HTML of bodies as text: what is allowed, its blocks, sections, tables.

Nothing here asks the database.
"""
