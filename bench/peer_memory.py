"""What the process that serves this site holds once all screens were read, then with the forms."""

from collections.abc import Iterator

from bench.peer import Ask
from bench.peer_sites import OwnSite
from bench.processes import Memory

SCREENS = (
    *("/", "/plan-du-site/", "/sitemap.xml", "/themes/", "/contributeurs/", "/connexion/"),
    *("/changements/", "/changements/flux/", "/changements/?sorte=fiche", "/pages-a-ecrire/"),
    *("/lieux/", "/lieux/?commune=tours", "/pratiques/", "/pratiques/fiches/", "/collectif/"),
    *("/pratiques/fiches/?public=seniors", "/pratiques/supports/", "/pratiques/situations/"),
    *("/collectif/reunions/", "/recherche/?q=num%C3%A9rique", "/recherche/?q=mto+de+passe"),
    "/recherche/?q=changer+le+mot+de+passe+de+sa+messagerie&sorte=fiche",
    *("/recherche/titres/?q=mot", "/recherche/propositions/?q=mot"),
)
OF_A_PAGE = ("historique", "difference", "versions/1", "annoter", "pages-liees", "signaler", "flux")


def read(
    site: OwnSite, ranks: list[int], by_kind: dict[str, list[int]]
) -> Iterator[tuple[str, Memory]]:
    """What is measured, and the memory of a new process that was asked for nothing else."""
    site.forget(is_parsed_kept=False)
    site.visit(site.reader, [site.page(rank) for rank in ranks])
    some = [rank for those in by_kind.values() for rank in those]
    site.visit(site.reader, [Ask(address, "") for address in addresses(site, some)])
    yield "memory, all screens read", site.memory()
    site.visit(site.writer, [site.form(rank) for rank in some])
    yield "memory, forms opened too", site.memory()


def addresses(site: OwnSite, ranks: list[int]) -> list[str]:
    pages = [site.page(rank).address for rank in ranks]
    return [*SCREENS, *(f"{page}{action}/" for page in pages for action in OF_A_PAGE)]
