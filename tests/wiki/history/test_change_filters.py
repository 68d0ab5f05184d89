"""Changes filtered by a part of a name or of a topic."""

import pytest

from tests import factories
from tests.wiki.history.test_changes import lines

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?auteur=DÉONTO", ["Une fiche"]),
        ("?auteur=deontologue du ve", ["Une fiche"]),
        ("?auteur=Rémi", ["Le wifi"]),
        ("?theme=ardo", ["Le wifi"]),
        ("?theme=a", ["Le wifi", "Une fiche"]),
        ("?theme=ARDOISE grise&auteur=remi", ["Le wifi"]),
        ("?auteur=zzz", []),
        ("?theme=zzz", []),
    ],
)
def test_a_part_of_a_name_is_enough(client, query, found):
    remi = factories.person("Contributeurs", display_name="Rémi")
    other = factories.person("Contributeurs", display_name="Déontologue du Véron")
    factories.page(title="Le wifi", author=remi, topics=["Ardoise grise"])
    factories.page(title="Une fiche", author=other, topics=["Zxa"])
    mine = {"Le wifi", "Une fiche"}
    assert sorted(title for title in lines(client, query) if title in mine) == found


def test_a_whole_name_is_that_name_alone(client):
    for name in ("Anne", "Anne-Marie"):
        person = factories.person("Contributeurs", display_name=name)
        factories.page(title=f"Par {name}", author=person)
    assert lines(client, "?auteur=Anne") == ["Par Anne"]
    assert sorted(lines(client, "?auteur=anne-")) == ["Par Anne-Marie"]


def test_what_is_closed_is_not_found_by_a_part_of_a_name(client, facilitator):
    page = factories.page(title="Fermée", author=facilitator, topics=["Zxsecret"])
    factories.restricted_to_groups(page, "Bureau")
    assert lines(client, "?theme=zxsec") == []
