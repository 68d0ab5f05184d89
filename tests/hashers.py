from django.contrib.auth.hashers import PBKDF2PasswordHasher


class QuickHasher(PBKDF2PasswordHasher):
    """Django's own hash with one turn: quick, and understood by the server of browser tests."""

    iterations = 1
