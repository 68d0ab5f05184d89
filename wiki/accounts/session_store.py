"""Sessions in the database, read by a query whose SQL is made once (SESSION_ENGINE)."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from wiki.internals.compiled import Compiled

_session = Compiled(lambda key: Session.objects.filter(session_key=key))


class SessionStore(db.SessionStore):
    @classmethod
    def get_model_class(cls):
        return Session

    def load(self):
        row = next(iter(_session(self.session_key)), None) if self.session_key else None
        if row is None or row.expire_date <= timezone.now():
            self._session_key = None
            return {}
        return self.decode(row.session_data)
