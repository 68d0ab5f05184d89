"""The accounts: a public name that signs, a login name, a mail address."""

from django.contrib.auth.models import AbstractUser
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

LETTERS_ONLY = _("A login name holds letters, digits and the signs @ . + - _ only.")


class User(AbstractUser):
    """A person of the collective, shown under the name they choose."""

    username = models.CharField(
        _("login name"),
        max_length=150,
        unique=True,
        help_text=_("Letters, digits and @ . + - _ only. It serves to log in."),
        validators=[UnicodeUsernameValidator(message=LETTERS_ONLY)],
        error_messages={"unique": _("Somebody has this login name already.")},
    )
    display_name = models.CharField(
        _("name shown to readers"),
        max_length=80,
        blank=True,
        help_text=_("Your role, your first name or a pseudonym. It signs what you write."),
    )
    sessions_closed = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self):
        return self.public_name

    @property
    def public_name(self) -> str:
        """The chosen name, else the login: never an e-mail address or a civil name."""
        return self.display_name or self.username.partition("@")[0]

    def get_session_auth_hash(self):
        return self._with_sessions_closed(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self):
        for kept in super().get_session_auth_fallback_hash():
            yield self._with_sessions_closed(kept)

    def _with_sessions_closed(self, kept: str) -> str:
        """Another hash each time this person closes their other sessions: those end."""
        if not self.sessions_closed:
            return kept
        return salted_hmac("wiki.sessions_closed", f"{kept} {self.sessions_closed}").hexdigest()
