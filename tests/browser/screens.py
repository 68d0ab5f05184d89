"""The screens of the site, by the name of their route, and those that only a form answers."""

from urllib.parse import urlsplit
from xml.etree import ElementTree

from tests.browser.full_site import WORD
from tests.wiki.every_route import OF_A_PAGE, OF_THE_SITE, OF_THINGS

ROUTES = sorted([*OF_THE_SITE, *OF_A_PAGE, *OF_THINGS])
# They answer to scripts, to receivers of feeds, to forms; or send a file, or elsewhere.
WITHOUT_SCREEN = {
    *("add_slash", "sitemap", "robots", "favicon", "changes_feed", "page_feed"),
    "sitemap_part",
    *("logout", "untrash", "settle_report"),
    *("page_titles", "propositions", "without_click", "save_draft", "draft_state", "be_present"),
    *("take_changes", "restore", "undo", "move_back", "preview", "preview_new"),
    *("send_photo", "send_file"),
    *("document", "wagtaildocs_serve", "media", "close_sessions"),
}
WITH_SCREEN = [name for name in ROUTES if name not in WITHOUT_SCREEN]
BESIDE = [f"/{WORD}/", f"/cette-page-manque/{WORD}/"]  # what no route answers to
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def demonstration(tab) -> list[str]:
    """The addresses of all pages that a stranger may read, but those planted."""
    addresses = [page for part in located(tab, "/sitemap.xml") for page in located(tab, part)]
    return [address for address in addresses if WORD.lower()[:20] not in address]


def located(tab, sitemap: str) -> list[str]:
    tree = ElementTree.fromstring(tab.request.get(sitemap).text())
    return [urlsplit(loc.text).path for loc in tree.iter(f"{NAMESPACE}loc")]


SUBMIT = r"""
([address, values]) => {
  const forms = [...document.querySelectorAll("main form")];
  const form = forms.find((one) => one.method === "post");
  for (const [name, value] of Object.entries(values)) {
    for (const old of form.querySelectorAll(`[name="${name}"]`)) old.remove();
    const field = Object.assign(document.createElement("textarea"), { name, value });
    form.append(field);
  }
  if (address) form.action = address;
  HTMLFormElement.prototype.submit.call(form);
}
"""


def answers(screens: dict) -> dict[str, tuple[str, str, dict]]:
    """By what they are, screens that answer a form: where it is, where it goes, what it says."""
    page = screens["edit"][1].removesuffix("modifier/")
    place = next(a for a in screens["edit"] if a.startswith("/lieux/"))
    conflicting = f"<p>{WORD} dit autre chose que vous.</p>"
    return {
        "login refused": ("/connexion/", "", {"username": WORD, "password": "x"}),
        "password refused": ("/profil/mot-de-passe/", "", {"old_password": "x"}),
        "profile refused": ("/profil/", "", {"display_name": "", "email": WORD}),
        "rename refused": (f"{page}renommer/", "", {"title": ""}),
        "report refused": (f"{page}signaler/", "", {"text": ""}),
        "delete refused": (f"{page}supprimer/", "", {"reason": ""}),
        "new page refused": ("/nouveau/reunion/", "", {"title": "", "place": WORD}),
        "place refused": (place, "", {"telephone": WORD[:15], "code_postal": "x"}),
        "conflict": (f"{page}modifier/", "", {"base": "1", "body": conflicting, "seen": "all"}),
        "preview": (f"{page}modifier/", f"{page}apercu/", {"title": WORD}),
        "token lost": (f"{page}modifier/", "", {"csrfmiddlewaretoken": "x"}),
    }
