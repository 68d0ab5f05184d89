"""The process that serves: what gunicorn refuses itself, before the site is asked, is refused with
a page of the site."""

from django.template.loader import render_to_string
from gunicorn.http.errors import LimitRequestLine
from gunicorn.workers.gthread import ThreadWorker

HEAD = (
    "HTTP/1.1 414 URI Too Long\r\nConnection: close\r\nContent-Type: text/html; charset=utf-8\r\n"
    "Cache-Control: no-store\r\nContent-Length: {length}\r\n\r\n"
)


class Worker(ThreadWorker):
    def handle_error(self, req, client, addr, exc):
        """An address of more than 4,094 characters: most often a long question."""
        if not isinstance(exc, LimitRequestLine):
            super().handle_error(req, client, addr, exc)
            return
        self.log.warning("Too long an address was refused.")
        page = render_to_string("414.html").encode()
        try:
            client.sendall(HEAD.format(length=len(page)).encode() + page)
        except OSError:
            self.log.debug("Nobody waited for the page that refuses.")
