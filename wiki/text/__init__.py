"""Plain text and typed values: characters, titles, numbers, days, fields of models and forms.

Nothing here asks the database for a page.
"""
