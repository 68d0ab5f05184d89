"""Sixty queries as newcomers type them, over the demonstration, with their first answer."""

import pytest

from search.engine import get_engine

# Slugs parted by « | » are equally right: the query does not say which one is meant.
QUERIES = [
    # Sentences, as one tells them to a colleague
    ("un usager me donne son mot de passe", "usager-donne-mot-de-passe"),
    ("elle ne retrouve plus son code", "mot-de-passe-oublie"),
    ("je peux noter ses identifiants dans son dossier ?", "garder-un-mot-de-passe"),
    ("Il me tend un carnet avec tous ses codes…", "carnet-de-codes"),
    ("il a cliqué sur un lien bizarre", "clic-sur-faux-message"),
    ("on lui a vidé son compte en banque", "argent-vole-en-ligne"),
    ("un bénévole peut-il signer un mandat", "benevole-aidants-connect"),
    ("elle veut que je fasse tout à sa place", "faire-a-la-place"),
    ("sa fille répond à toutes les questions", "proche-qui-gere-tout"),
    ("la gendarmerie demande la liste des usagers", "qui-s-est-connecte"),
    ("le mari veut savoir si sa femme est venue", "qui-s-est-connecte"),
    ("je suis bloqué, je ne sais pas quoi répondre", "je-ne-sais-pas-repondre"),
    ("je me suis trompé dans le dossier", "erreur-dans-une-demarche"),
    ("il ne parle pas français", "personne-qui-ne-parle-pas-francais"),
    ("finir la démarche sans la personne", "absence-de-la-personne"),
    ("payer avec la carte bancaire d'un usager", "payer-en-ligne"),
    ("une personne qui n'a jamais touché un ordinateur", "premiers-gestes-souris"),
    # Plural for singular, singular for plural, irregular
    ("mots de passes oubliés", "mot-de-passe-oublie"),
    ("papier perdu", "papiers-perdus"),
    ("pièces jointes", "envoyer-une-piece-jointe"),
    ("un jeune harcelé", "jeune-harcele"),
    ("photos de groupes", "photo-de-groupe"),
    ("contrôles parentaux", "code-du-telephone-d-un-enfant"),
    # No accents, capitals, elisions, missing hyphens
    ("DECLARATION DE REVENUS", "declarer-ses-revenus-en-ligne"),
    ("numero de secu", "numero-de-securite-sociale"),
    ("hameconnage", "clic-sur-faux-message|reconnaitre-un-faux-message"),
    ("wifi carte d’identite", "carte-d-identite-wifi"),
    ("code wi-fi pour un touriste", "carte-d-identite-wifi"),
    ("l'accessibilite", "accessibilite"),
    ("coffre fort numerique", "papiers-perdus|ranger-ses-papiers-numeriques"),
    # Other words than the title's
    ("escroquerie", "argent-vole-en-ligne"),
    ("faux colis", "clic-sur-faux-message"),
    ("cyberharcèlement", "jeune-harcele"),
    ("carte vitale", "numero-de-securite-sociale"),
    ("trop-perçu", "erreur-dans-une-demarche"),
    ("feuille de présence", "inscrire-a-un-atelier"),
    ("logiciel espion", "code-du-telephone-d-un-enfant"),
    ("pas d'adresse mail", "pas-d-adresse-electronique"),
    ("impôts", "declarer-ses-revenus-en-ligne"),
    ("téléverser", "glossaire"),
    # Titles, whole or in part
    ("réunion 2020", "reunion-du-5-fevrier-2020"),
    ("prochaine réunion", "prochaine-reunion"),
    ("phrase de passe", "inventer-une-phrase-de-passe"),
    ("charte de déontologie", "charte-de-deontologie"),
    ("vrai ou faux", "jeu-vrai-ou-faux|cartes-vrai-ou-faux"),
    ("plaquette", "la-plaquette"),
    ("qui sommes nous", "presentation-du-collectif"),
    ("quel ordinateur acheter", "conseil-achat"),
    ("effacer ses traces", "effacer-ses-traces"),
    # Subjects that several pages treat
    (
        "arnaques",
        "argent-vole-en-ligne|clic-sur-faux-message|reconnaitre-un-faux-message",
    ),
    ("données personnelles", "donnees-personnelles-en-30-minutes"),
    # Places and structures
    ("médiathèque du veron", "epn-mediatheque-du-veron"),
    ("panzoult", "apeb"),
    ("claac", "claac"),
    ("france services langeais", "france-services-langeais"),
    ("ordinateurs à Thizay ou à Ports sur Vienne", "epn-ports-sur-vienne"),
    ("Sainte Maure", "relais-emploi-sainte-maure"),
    ("fablab impression 3D", "erca-lab"),
    # The beginning of a word
    ("curat", "tutelle-curatelle"),
    ("biblioth", "epn-bibliotheque-le-patio|reseau-des-bibliotheques"),
]


def test_there_are_sixty_queries():
    assert len({query for query, _slugs in QUERIES}) == 60


@pytest.mark.parametrize(("query", "slugs"), QUERIES)
def test_the_first_answer_is_the_expected_one(db, anonymous, query, slugs):
    hits = get_engine().search(query, anonymous, limit=3).hits
    assert hits, "no answer"
    assert hits[0].page.slug in slugs.split("|"), [hit.page.slug for hit in hits]
