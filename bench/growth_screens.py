"""Every screen of the site, for bench/growth.py: an address of each route, and who asks for it.

A route that has no screen has the reason instead. `{word}` in an address is one of the words that
`words` finds on the site, in turn; `{middle}` the number of the middle page of a list.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

VISITOR, WRITER, FACILITATOR = "visitor", "contributor", "facilitator"
TWO, ALL = (VISITOR, FACILITATOR), (VISITOR, WRITER, FACILITATOR)
INSIDE, CHIEF = (WRITER, FACILITATOR), (FACILITATOR,)
KINDS = ("article", "fiche", "support", "situation", "lieu", "reunion")
INDEXES = {
    "places": "/lieux/",
    "sheets": "/pratiques/fiches/",
    "material": "/pratiques/supports/",
    "situations": "/pratiques/situations/",
    "meetings": "/collectif/reunions/",
}
SENTENCE = "changer+le+mot+de+passe+de+sa+messagerie"
POSTED = "it is only sent; bench/writing_speed.py measures publications"
LEADS = "it leads elsewhere"
IN_LIST = "{middle}"


@dataclass(frozen=True)
class Screen:
    name: str
    address: str
    people: tuple[str, ...]


def of_kinds(name: str, pattern: str, people: tuple[str, ...]) -> list[Screen]:
    return [Screen(f"{name}, {kind}", pattern.replace("KIND", kind), people) for kind in KINDS]


def one(name: str, address: str, people: tuple[str, ...]) -> list[Screen]:
    return [Screen(name, address, people)]


def with_middle(name: str, address: str, people: tuple[str, ...]) -> list[Screen]:
    """A list of several pages: its first one and that in the middle."""
    query = "&" if "?" in address else "?"
    middle = Screen(f"{name}, middle page", f"{address}{query}page={IN_LIST}", people)
    return [Screen(name, address, people), middle]


def of_indexes() -> Iterator[Screen]:
    for name, address in INDEXES.items():
        yield from with_middle(f"index of {name}", address, TWO)
        yield Screen(f"index of {name}, topic", f"{address}?theme={{topic}}", TWO)
    yield Screen("index of sheets, level", "/pratiques/fiches/?niveau={level}", TWO)
    yield Screen("index of places, commune", "/lieux/?commune={commune}", TWO)


OF_A_PAGE: dict[str, list[Screen] | str] = {
    "wagtail_serve": [
        Screen("home page", "/", ALL),
        *of_kinds("page", "{KIND}", ALL),
        Screen("page, most linked", "{linked}", TWO),
        Screen("page, long history", "{long}", TWO),
        Screen("section", "/collectif/", TWO),
        Screen("section of indexes", "/pratiques/", TWO),
        *of_indexes(),
    ],
    "edit": [
        *of_kinds("form", "{KIND}modifier/", INSIDE),
        Screen("form of a section", "/collectif/modifier/", CHIEF),
    ],
    "preview": POSTED,
    "rename": one("rename", "{article}renommer/", INSIDE),
    "move": [
        Screen("move", "{article}deplacer/", CHIEF),
        Screen("move, places found", "{article}deplacer/?q=num%C3%A9rique", CHIEF),
    ],
    "move_back": POSTED,
    "lock": one("lock", "{article}verrouiller/", CHIEF),
    "reserve": one("reserve", "{article}reserver/", CHIEF),
    "report": one("report", "{article}signaler/", TWO),
    "delete": one("delete", "{article}supprimer/", CHIEF),
    "backlinks": [
        *with_middle("backlinks, most linked", "{linked}pages-liees/", TWO),
        Screen("backlinks", "{article}pages-liees/", TWO),
    ],
    "history": with_middle("history", "{long}historique/", TWO),
    "version": one("old version", "{long}versions/30/", TWO),
    "restore": POSTED,
    "undo": POSTED,
    "difference": [
        Screen("difference", "{long}difference/", TWO),
        Screen("difference of two", "{long}difference/?de=3&a=40", TWO),
    ],
    "annotate": one("who wrote what", "{long}annoter/", TWO),
    "page_feed": one("feed of a page", "{long}flux/", (VISITOR,)),
    "view_as": [
        Screen("as a visitor", "{article}voir-comme/visiteur/", CHIEF),
        Screen("as a contributor", "{article}voir-comme/contributeur/", CHIEF),
    ],
    "add_slash": LEADS,
}

OF_CHANGES: dict[str, list[Screen] | str] = {
    "changes": [
        Screen("changes", "/changements/", ALL),
        Screen("changes, further back", "/changements/?avant={moment}", TWO),
        Screen("changes, no minor", "/changements/?mineures=non", TWO),
        Screen("changes, common kind", "/changements/?sorte=fiche", TWO),
        Screen("changes, rare kind", "/changements/?sorte=situation", TWO),
        Screen("changes, common topic", "/changements/?theme={topic}", TWO),
        Screen("changes, rare topic", "/changements/?theme={rare}", TWO),
        Screen("changes, part of a topic", "/changements/?theme=num", TWO),
        Screen("changes, author", "/changements/?auteur={author}", TWO),
        Screen("changes, part of a name", "/changements/?auteur=personne", TWO),
        Screen("changes, unknown author", "/changements/?auteur=zzz", TWO),
        Screen("changes, topic and kind", "/changements/?theme={topic}&sorte=lieu", TWO),
    ],
    "changes_feed": one("feed of changes", "/changements/flux/", (VISITOR,)),
    "contributors": with_middle("contributors", "/contributeurs/", TWO),
    "contributor": [
        *with_middle("contributor of many pages", "/contributeurs/{signed}/", TWO),
        Screen("contributor of few pages", "/contributeurs/{signed_few}/", TWO),
    ],
}

OF_SEARCH: dict[str, list[Screen] | str] = {
    "search": [
        Screen("search, nothing asked", "/recherche/", TWO),
        *with_middle("search, common word", "/recherche/?q=num%C3%A9rique", TWO),
        Screen("search, sentence", f"/recherche/?q={SENTENCE}", TWO),
        Screen("search, a name", "/recherche/?q=chinon", TWO),
        Screen("search, fault of spelling", "/recherche/?q=mesagerie", TWO),
        Screen("search, no answer", "/recherche/?q=zxqvkwj", TWO),
        Screen("search, quoted", "/recherche/?q=%22mot+de+passe%22", TWO),
        Screen("search, kind", "/recherche/?q=num%C3%A9rique&sorte=fiche", TWO),
        Screen("search, topic", "/recherche/?q=num%C3%A9rique&theme={topic}", TWO),
        Screen("search, by date", "/recherche/?q=num%C3%A9rique&tri=date", TWO),
    ],
    "page_titles": one("titles for the editor", "/recherche/titres/?q=num", INSIDE),
    "propositions": [
        Screen("completion, one letter", "/recherche/propositions/?q=m", TWO),
        Screen("completion", "/recherche/propositions/?q=mot+de", TWO),
        Screen("completion, no answer", "/recherche/propositions/?q=zxqv", TWO),
    ],
    "without_click": POSTED,
}

OF_THE_SITE: dict[str, list[Screen] | str] = {
    "topics": one("topics", "/themes/", TWO),
    "topic": [
        Screen("topic, common", "/themes/{topic}/", TWO),
        *with_middle("topic, one kind", "/themes/{topic}/?sorte=fiche", TWO),
        Screen("topic, rare", "/themes/{rare}/", TWO),
    ],
    "plan": one("site plan", "/plan-du-site/", TWO),
    "sitemap": one("sitemap", "/sitemap.xml", (VISITOR,)),
    "sitemap_part": one("part of the sitemap", "/sitemap-{thousand}.xml", (VISITOR,)),
    "robots": one("robots", "/robots.txt", (VISITOR,)),
    "favicon": one("favicon", "/favicon.ico", (VISITOR,)),
    "trash": with_middle("trash", "/corbeille/", INSIDE),
    "trashed": one("page of the trash", "/corbeille/{trashed}/", CHIEF),
    "untrash": POSTED,
    "facilitate": one("facilitate", "/animer/", CHIEF),
    "reports": with_middle("reports", "/animer/erreurs/", CHIEF),
    "settle_report": POSTED,
    "wanted_pages": with_middle("wanted pages", "/pages-a-ecrire/", TWO),
    "orphan_pages": with_middle("orphan pages", "/pages-orphelines/", TWO),
    "broken_links": with_middle("broken links", "/liens-casses/", CHIEF),
    "photo": one("photo", "/photos/{image}/", TWO),
    "document": one("document", "/fichiers/{document}/", TWO),
    "wagtaildocs_serve": one("document by its name", "/fichiers/{document}/banc.txt", TWO),
    "media": one("file of a picture", "/media/{rendition}", TWO),
}

OF_WRITERS: dict[str, list[Screen] | str] = {
    "own_desk": one("own desk", "/mon-espace/", INSIDE),
    "own_changes": with_middle("changes on own pages", "/mon-espace/changements/", INSIDE),
    "reviews": with_middle("pages to read again", "/pages-a-relire/", INSIDE),
    "choose_kind": one("choose a kind", "/nouveau/?titre=Un+nouveau+titre", INSIDE),
    "new": of_kinds("new", "/nouveau/KIND/", INSIDE),
    "preview_new": POSTED,
    "drafts": one("drafts", "/brouillons/", (WRITER,)),
    "resume_draft": LEADS,
    "discard_draft": one("throw a draft away", "/brouillons/{draft}/jeter/", (WRITER,)),
    "save_draft": POSTED,
    "draft_state": one("state of drafts", "/brouillons/etat/?keys={draft}", (WRITER,)),
    "take_changes": POSTED,
    "be_present": POSTED,
    "send_photo": POSTED,
    "send_file": POSTED,
    "own_files": with_middle("own files", "/mes-fichiers/", INSIDE),
    "rename_file": one("rename a file", "/mes-fichiers/documents/{own}/renommer/", (WRITER,)),
    "delete_file": one("delete a file", "/mes-fichiers/documents/{own}/supprimer/", (WRITER,)),
}

OF_ACCOUNTS: dict[str, list[Screen] | str] = {
    "login": one("log in", "/connexion/", (VISITOR,)),
    "logout": POSTED,
    "profile": one("profile", "/profil/", (WRITER,)),
    "close_sessions": POSTED,
    "password_change": one("password", "/profil/mot-de-passe/", (WRITER,)),
    "password_change_done": one("password changed", "/profil/mot-de-passe/fait/", (WRITER,)),
    "password_reset": one("lost password", "/mot-de-passe/", (VISITOR,)),
    "password_reset_done": one("lost password, sent", "/mot-de-passe/envoye/", (VISITOR,)),
    "password_reset_confirm": LEADS,
    "password_reset_complete": one("new password set", "/mot-de-passe/fini/", (VISITOR,)),
}

OF_ADMIN: dict[str, list[Screen] | str] = {
    "wagtailadmin_home": one("admin", "/admin/", CHIEF),
    "wagtailadmin_explore_root": LEADS,
    "wagtailadmin_explore": one("admin, pages of an index", "/admin/pages/{index}/", CHIEF),
    "wiki_topic_modeladmin_index": one("admin, topics", "/admin/wiki/topic/", CHIEF),
    "search_synonym_modeladmin_index": one("admin, synonyms", "/admin/search/synonym/", CHIEF),
    "search_zeroresultsearch_modeladmin_index": one(
        "admin, searches without an answer", "/admin/search/zeroresultsearch/", CHIEF
    ),
    "search_promoted_modeladmin_index": one("admin, promoted", "/admin/search/promoted/", CHIEF),
    "known_images": one("admin, images", "/admin/images/", CHIEF),
    "known_documents": one("admin, documents", "/admin/documents/", CHIEF),
    "wagtailadmin_choose_page": one("admin, choose a page", "/admin/choose-page/", CHIEF),
    "known_redirects": one("admin, old addresses", "/admin/redirects/", CHIEF),
}

SITE = OF_A_PAGE | OF_CHANGES | OF_SEARCH | OF_THE_SITE | OF_WRITERS | OF_ACCOUNTS
SCREENS = SITE | OF_ADMIN
WORD = re.compile(r"\{(\w+)\}")


def asked() -> list[tuple[str, Screen, str]]:
    """Route, screen and person of each line of the table."""
    screens = ((r, s) for r, found in SCREENS.items() if not isinstance(found, str) for s in found)
    return [(route, screen, person) for route, screen in screens for person in screen.people]
