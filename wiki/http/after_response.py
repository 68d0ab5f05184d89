"""What is done once the answer has gone, so that its time says nothing."""

import logging

from django.http import HttpResponseRedirect

log = logging.getLogger(__name__)


class ThenActs(HttpResponseRedirect):
    """Leads elsewhere; `act` runs once the server has sent all of it."""

    def __init__(self, address: str, act):
        super().__init__(address)
        self.act = act

    def close(self):
        try:
            self.act()
        except Exception:
            log.exception("What was to be done after the answer failed.")
        finally:
            super().close()
