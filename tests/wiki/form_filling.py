"""Writing as a person does: open the form, change some fields, send it."""

from tests.wiki.screens import form_of


def opened(client, page) -> dict:
    """The values of the form of a page, as its editor finds them."""
    answer = client.get(f"{page.address}modifier/")
    assert answer.status_code == 200, answer.status_code
    return form_of(answer)


def edit(client, page, **changes):
    """Open the form of a page and send it back with these changes; returns the answer."""
    return client.post(f"{page.address}modifier/", {**opened(client, page), **changes})


def blank(client, kind: str) -> dict:
    answer = client.get(f"/nouveau/{kind}/")
    assert answer.status_code == 200, answer.status_code
    return form_of(answer)


def write(client, kind: str, **fields):
    """Fill the form of a new page of a kind and send it; returns the answer."""
    return client.post(f"/nouveau/{kind}/", {**blank(client, kind), **fields})


COMMON = {
    "title": "Une page écrite en test",
    "summary": "En deux mots.",
    "body": "<h2>Partie</h2>\n<p>Le texte de la page.</p>",
    "topics": "Ardoise bleue, Tuffeau blanc",
    "edit_summary": "Première écriture",
}
