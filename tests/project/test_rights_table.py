"""The table of « who can read and do what » in docs/animer.md is what the code does."""

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from tests import factories
from wiki.access import in_trash, permissions
from wiki.access.visibility import can_read
from wiki.models import ArticlePage
from wiki.trash import trash

pytestmark = pytest.mark.django_db
DOCUMENT = Path(settings.ROOT) / "docs" / "animer.md"
PEOPLE = {
    "Sans compte": None,
    "Compte sans groupe": (),
    "Contributeur": ("Contributeurs",),
    "Animateur": ("Animateurs",),
    "Administrateur": ("Administrateurs",),
    "Superutilisateur": "superuser",
}


def table() -> dict[str, dict[str, bool]]:
    """What the document says: row → column → yes or no."""
    text = DOCUMENT.read_text().partition("## Qui peut lire et faire quoi")[2]
    lines = [line for line in text.partition("\n## ")[0].splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    names = cells[0][1:]
    known = {"oui": True, "": False}
    return {row[0]: dict(zip(names, (known[c] for c in row[1:]), strict=True)) for row in cells[2:]}


def somebody(column: str):
    groups = PEOPLE[column]
    if groups is None:
        return AnonymousUser()
    if groups == "superuser":
        return factories.person(is_superuser=True)
    return factories.person(*groups)


def page_of(author=None, **state):
    page = factories.page(author=author or factories.person("Contributeurs"))
    ArticlePage.objects.filter(pk=page.pk).update(**state) if state else None
    return ArticlePage.objects.get(pk=page.pk)


def reads(restrict=None):
    def asked(person) -> bool:
        page = page_of()
        if restrict:
            restrict(page)
        return can_read(person, page)

    return asked


def for_the_bureau(page) -> None:
    factories.restricted_to_groups(page, "Bureau")


def may(rule, **state):
    return lambda person: rule(person, page_of(**state))


def own_may_be_deleted(person) -> bool:
    if not person.is_authenticated:
        return False
    return permissions.can_delete(person, page_of(author=person))


def takes_back(person) -> bool:
    page = page_of()
    trash.put_in(page, factories.person("Animateurs"), "Doublon")
    return in_trash.shown_to(person).filter(pk=page.pk).exists()


def writes_and_renames(person) -> bool:
    page = page_of()
    answers = {
        permissions.can_write(person),
        permissions.can_edit(person, page),
        permissions.can_rename(person, page),
    }
    assert len(answers) == 1
    return answers.pop()


def restricts(client):
    """Asked of the site itself: the menu of the tree is the admin's."""

    def asked(person) -> bool:
        page = page_of()
        if person.is_authenticated:
            client.force_login(person)
        address = f"/admin/pages/{page.pk}/privacy/"
        client.post(address, {"restriction_type": "login", "password": ""})
        return not can_read(AnonymousUser(), page)

    return asked


def asked_of_the_code(client) -> dict:
    return {
        "Lire une page ouverte": reads(),
        "Lire une page réservée aux personnes connectées": reads(factories.restricted_to_login),
        "Lire une page réservée à un groupe dont on n’est pas": reads(for_the_bureau),
        "Écrire une page, en renommer une": writes_and_renames,
        "Envoyer une photo ou un document": permissions.can_write,
        "Modifier une page verrouillée": may(permissions.can_edit, locked=True),
        "Supprimer une page que l’on a écrite seul": own_may_be_deleted,
        "Supprimer la page d’une autre personne": may(permissions.can_delete),
        "Déplacer une page": may(permissions.can_move),
        "Reprendre ce que d’autres ont mis à la corbeille": takes_back,
        "Ouvrir « Animer », « Voir cette page comme »": permissions.can_facilitate,
        "Fermer et verrouiller une page, tenir les thèmes": restricts(client),
        "Créer un compte, changer les groupes d’une personne": creates_accounts,
    }


def creates_accounts(person) -> bool:
    return person.has_perm("wiki.add_user") and person.has_perm("wiki.change_user")


def test_every_row_is_asked_of_the_code(client):
    assert set(table()) == set(asked_of_the_code(client))
    assert all(set(row) == set(PEOPLE) for row in table().values())


@pytest.mark.parametrize("column", PEOPLE)
def test_the_table_says_what_each_person_may(client, column):
    said = {row: columns[column] for row, columns in table().items()}
    person = somebody(column)
    found = {row: bool(rule(person)) for row, rule in asked_of_the_code(client).items()}
    assert found == said
