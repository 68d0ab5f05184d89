"""The plan of the site: the pages of a room by their titles, folded when they are many."""

import pytest

from structures.models import StructurePage
from tests import factories
from wiki.pages.site_views import MANY
from wiki.text.french_order import french_key

pytestmark = pytest.mark.django_db


def section(client, address: str) -> dict:
    sections = client.get("/plan-du-site/").context["sections"]
    (found,) = [one for one in sections if one["page"].url_path.endswith(address)]
    return found


def test_pages_of_a_section_are_in_the_order_of_their_titles_and_folded_when_many(writer):
    for title in ("Zèbre", "École", "Eau", "Abri"):
        factories.page(StructurePage, title=title)
    lieux = section(writer, "/lieux/")
    titles = [leaf["page"].title for leaf in lieux["leaves"]]
    assert {"Zèbre", "École", "Eau", "Abri"} <= set(titles)
    assert titles == sorted(titles, key=french_key)
    assert lieux["is_long"] == (len(titles) > MANY)
    for number in range(MANY + 1):
        factories.page(StructurePage, title=f"Lieu {number}")
    assert section(writer, "/lieux/")["is_long"]
