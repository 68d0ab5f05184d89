"""Forms of « Signaler une erreur » as people send them: some seconds after they are opened."""

import time
from unittest import mock

from tests.wiki.crawling import TOKEN
from wiki.dashboards import reports


def token_of(page, seconds: float = 10) -> str:
    """Of a form that was opened so many seconds ago."""
    opened = time.time() - seconds
    with mock.patch("django.core.signing.time.time", return_value=opened):
        return reports.token_for(page)


def reported(client, page, text: str = "Le téléphone a changé.", seconds: float = 10, **fields):
    sent = {"text": text, TOKEN: token_of(page, seconds), **fields}
    return client.post(f"{page.address}signaler/", sent)
