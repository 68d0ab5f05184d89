"""What the site uses of Django and Wagtail that they do not promise to keep.

Each use has a test (`tests/wiki/internals`) that fails when a new release changes it.
"""
