"""A served site that hostile people wrote on, through its own forms."""

import re
import sqlite3
import time
from contextlib import closing
from itertools import cycle
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlencode
from uuid import uuid4

from home.demonstration import PASSWORD
from tests.browser.xss_vectors import VECTORS, bodies, one_line, packed
from tests.wiki.crawling import TOKEN
from tests.wiki.pictures import halves, saved
from tests.wiki.screens import form_of
from wiki.dashboards import reports

BODIES = bodies(12)
KINDS = ("article", "situation", "fiche", "support", "lieu", "reunion")
# Their values have a form of their own: what is hostile is refused.
STRICT = ("pivot", "code_postal", "code_insee", "telephone", "horaires", "base", "key")
LINES = [one_line(vector) for vector in VECTORS]
TITLES = packed(LINES, 255)
SUMMARIES = packed(LINES, 280)
SAID = packed(LINES, 200)
NAMES = packed(LINES, 80)
REPORTED = packed(LINES, 1_900)[:8]
TOPICS = packed([re.sub("[,;|]", " ", line) for line in LINES if re.search("[a-z]", line)], 80)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'width="60" height="40" onload="alert(1)"><script>alert(1)</script>'
    '<a xlink:href="javascript:alert(1)"><rect width="60" height="40"/></a>'
    '<foreignObject width="9" height="9"><body xmlns="http://www.w3.org/1999/xhtml" '
    'onload="alert(1)"><iframe src="javascript:alert(1)"/></body></foreignObject></svg>'
)


class Pirate:
    """Somebody with an account who sends forms that no browser would have filled."""

    def __init__(self, context, username: str):
        self.context, self.http, self.number = context, context.request, ""
        self.log_in(username)

    def log_in(self, username: str) -> None:
        self.context.clear_cookies()
        self.send("/connexion/", "username", username=username, password=PASSWORD)

    def form(self, address: str, field: str = "base") -> dict:
        text = self.http.get(address).body()
        return form_of(SimpleNamespace(content=text), field)

    def send(self, address: str, field: str, **changes):
        """The form of a screen that holds this field, sent with these values."""
        return self.post(address, {**self.form(address, field), **changes})

    def post(self, address: str, fields: dict):
        return self.http.post(
            address,
            data=urlencode(fields, doseq=True),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            max_redirects=0,
        )

    def upload(self, address: str, field: str, name: str, content: bytes, **fields):
        """The file takes the name of the field of the form, else it is « file »."""
        held = {n: v[0] for n, v in self.form(address, field).items() if n != "file"}
        file = {"name": name, "mimeType": "image/jpeg", "buffer": content}
        return self.http.post(address, multipart={**held, **fields, "file": file}, max_redirects=0)

    def attach(self, name: str) -> None:
        """A document of one's own that no page shows."""
        token = {n: v[0] for n, v in self.form("/profil/", "display_name").items()}[TOKEN]
        file = {"name": name, "mimeType": "text/plain", "buffer": b"x"}
        answer = self.http.post("/pieces/", multipart={TOKEN: token, "file": file})
        assert answer.status == 201, answer.text()

    def publish(self, address: str, **fields) -> str:
        """The address of the page, once a hostile form of it is published."""
        text = self.http.get(address).body()
        self.number = (re.findall(rb'data-page="(\d+)"', text) or [b""])[0].decode()
        values = form_of(SimpleNamespace(content=text))
        answer = self.post(address, {**values, **hostile(values), **fields})
        assert answer.status == 302, (address, answer.status)
        return answer.headers["location"]


_lines = cycle(LINES)


def hostile(values: dict) -> dict:
    """Something in every free field of a form, rows included."""
    free = [name for name, (value, *_) in values.items() if value == "" and is_free(name)]
    return {name: next(_lines)[:80] for name in free}


def is_free(name: str) -> bool:
    plain = name.rpartition("-")[2]
    closed = ("date", "due", "year", "_at", "_on", "url", "link", "rdv", "libre", "itude", "ORDER")
    pages = {"page", "place", "structure", "structure_parente", "words"}  # named by their titles
    foreign = {"id", "document", "level", *pages}
    if (plain in foreign and "-" in name) or plain in STRICT or name.endswith(closed):
        return False
    return plain not in {*foreign, "family", "duration", "licence", "DELETE", "file", "state"} or (
        name == "place"
    )


def plant(pirate: Pirate) -> dict:
    """Pages of every kind, each twice written, that link to one another; trash, drafts."""
    titles, link, pages = cycle(TITLES), "", []
    profile = pirate.form("/profil/", "display_name")
    for rank, body in enumerate(BODIES):
        kind = KINDS[rank % len(KINDS)]
        pirate.post("/profil/", {**profile, "display_name": NAMES[rank]})
        fields = {
            **around(rank, next(titles)),
            **({"date": "2021-03-04"} if kind == "reunion" else {}),
        }
        address = pirate.publish(f"/nouveau/{kind}/", body=body, **fields)
        again = around(rank + len(BODIES), next(titles))
        text = f"{link}{body}<p>Fin</p>"
        pages.append(pirate.publish(f"{address}modifier/", body=text, **again))
        link = f'<p><a linktype="page" id="{pirate.number}">avant</a></p>'
    trashed = [throw_away(pirate, rank, next(titles)) for rank in range(3)]
    keys = [keep_draft(pirate, body, next(titles)) for body in BODIES[:6]]
    for title in LINES[:4]:
        pirate.attach(f"{title}.txt")
    report(pirate, pages)
    return {"pages": pages, "trashed": trashed, "drafts": keys}


def report(pirate: Pirate, pages: list[str]) -> None:
    """Errors in hostile words, sent once the site takes their sender for somebody who reads."""
    addresses = [f"{page}signaler/" for page in pages[: len(REPORTED)]]
    forms = [pirate.form(address, "text") for address in addresses]
    time.sleep(reports.SOONEST.total_seconds() + 1.2)
    for address, form, text in zip(addresses, forms, REPORTED, strict=False):
        answer = pirate.post(address, {**form, "text": text})
        assert answer.status == 200, (address, answer.status)


def around(rank: int, title: str) -> dict:
    """What stands around the text of a page; « seen » is what its writer was warned of."""
    return {
        "title": title,
        "summary": SUMMARIES[rank % len(SUMMARIES)],
        "edit_summary": SAID[rank % len(SAID)],
        "topics": ", ".join(TOPICS[rank * 3 % len(TOPICS) :][:3]),
        "seen": "",
    }


def keep_draft(pirate: Pirate, body: str, title: str) -> str:
    """The key of a draft; it holds what was typed, as it was typed."""
    key = str(uuid4())
    fields = {**pirate.form("/nouveau/article/"), "key": key, "title": title, "body": body}
    answer = pirate.post("/brouillons/enregistrer/", {**fields, "kind": "article"})
    assert answer.status == 200, answer.text()
    return key


def throw_away(pirate: Pirate, rank: int, title: str) -> str:
    """The number of a page put in the trash, with a hostile reason."""
    fields = {"body": BODIES[rank], **around(rank, title)}
    address = pirate.publish("/nouveau/article/", **fields)
    pirate.publish(f"{address}modifier/", edit_summary=SAID[rank + 9])
    pirate.send(f"{address}supprimer/", "reason", reason=SAID[rank])
    return pirate.number


def plant_in_admin(pirate: Pirate) -> dict:
    """A picture, a document and a person with hostile names; the home page itself."""
    title, name = TITLES[1], '"><img src=x onerror=alert(1)>.jpg'
    pirate.upload("/admin/images/add/", "title", name, saved(halves()).read(), title=title)
    name = '"><img src=x onerror=alert(1)>.txt'
    text = b"<script>alert(1)</script>"
    pirate.upload("/admin/documents/add/", "title", name, text, title=title)
    found = pirate.http.get("/admin/api/main/pages/?type=home.HomePage").json()
    home = found["items"][0]["id"]
    answer = pirate.send(
        f"/admin/pages/{home}/edit/",
        "heading",
        **{"title": TITLES[2], "heading": NAMES[3], "examples": "\n".join(LINES[:40])},
        **{"doors-count": "0", "action-publish": "action-publish", "search_description": SAID[4]},
    )
    assert answer.status == 302
    images = pirate.http.get("/admin/api/main/images/?order=-id").json()
    documents = pirate.http.get("/admin/api/main/documents/?order=-id").json()
    return {
        "home": home,
        "image": images["items"][0]["id"],
        "document": documents["items"][0]["id"],
    }


def plant_in_vocabularies(database: Path) -> None:
    """What strangers searched for in vain, on two days, and the words of facilitators."""
    with closing(sqlite3.connect(database)) as site:
        page = site.execute("SELECT id FROM wagtailcore_page WHERE depth = 3").fetchone()[0]
        for rank, said in enumerate(SAID):
            vain = (f"{rank:064}", said, "2026-01-05", "2026-01-06", 1, 1)
            site.execute(
                "INSERT INTO search_zeroresultsearch"
                " (digest, words, first_on, last_on, without_answer, without_click)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                vain,
            )
            site.execute("INSERT INTO search_synonym (words) VALUES (?)", [said])
            site.execute("INSERT INTO search_promoted (words, page_id) VALUES (?, ?)", [said, page])
        site.commit()


def plant_drawing(folder: Path) -> None:
    """A drawing with scripts, sent when the site still took drawings."""
    name = "original_images/piege.svg"
    with closing(sqlite3.connect(folder / "passerelles.sqlite3")) as site:
        drawing = "SELECT id FROM wagtailimages_image WHERE file LIKE '%.svg' ORDER BY id LIMIT 1"
        ((found,),) = site.execute(drawing).fetchall()
        site.execute("DELETE FROM wagtailimages_rendition WHERE image_id = ?", [found])
        site.execute("UPDATE wagtailimages_image SET file = ? WHERE id = ?", [name, found])
        site.commit()
    (folder / "media" / name).write_text(SVG)


def raise_to_superuser(database: Path, username: str) -> None:
    """The screens of the admin that are closed to all others are read too."""
    with closing(sqlite3.connect(database)) as site:
        site.execute("UPDATE wiki_user SET is_superuser = 1 WHERE username = ?", [username])
        site.commit()
