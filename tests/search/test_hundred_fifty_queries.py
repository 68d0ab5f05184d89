"""A hundred and fifty queries as people type them, over the demonstration: the share of those
whose first answer is the expected one. What misses stays in the list."""

from search.engine import get_engine

SHARE = 0.95

# Slugs parted by « | » are equally right: the query does not say which one is meant.
PASSWORDS = (
    "usager-donne-mot-de-passe|mot-de-passe-oublie|garder-un-mot-de-passe|kit-mots-de-passe"
)
MISTYPED = [
    ("mot de pase", PASSWORDS),
    ("mot de passe oublé", "mot-de-passe-oublie"),
    ("motdepasse oublié", "mot-de-passe-oublie"),
    ("usagé donne son mot de passe", "usager-donne-mot-de-passe"),
    ("un usager me done son mot de pase", "usager-donne-mot-de-passe"),
    ("carte vitalle", "numero-de-securite-sociale"),
    ("sécurité socialle", "numero-de-securite-sociale"),
    ("déontlogie", "charte-de-deontologie"),
    ("charte déontologique", "charte-de-deontologie"),
    ("curatele", "tutelle-curatelle"),
    ("tutele", "tutelle-curatelle"),
    ("harcellement", "jeune-harcele"),
    ("cyberharcelement", "jeune-harcele"),
    ("hammeçonnage", "clic-sur-faux-message|reconnaitre-un-faux-message"),
    ("hameconage", "clic-sur-faux-message|reconnaitre-un-faux-message"),
    ("francconnect", "se-connecter-avec-franceconnect"),
    ("mediateque du veron", "epn-mediatheque-du-veron"),
    ("bibliotèque", "epn-bibliotheque-le-patio|reseau-des-bibliotheques"),
    ("smarphone", "decouvrir-son-smartphone"),
    ("imprimente", "imprimer-et-scanner"),
    ("scaner un papier", "imprimer-et-scanner"),
    ("declaration de revenu", "declarer-ses-revenus-en-ligne"),
    ("declarer ses revenuss", "declarer-ses-revenus-en-ligne"),
    ("pièce joint", "envoyer-une-piece-jointe"),
    ("piece jointte", "envoyer-une-piece-jointe"),
    ("linuxx", "adopter-linux"),
    ("ordinatuer quel acheter", "conseil-achat"),
    ("benevole aidant conect", "benevole-aidants-connect"),
    ("accesibilité", "accessibilite"),
    ("confidentialitée", "confidentialite"),
    ("mentions légale", "mentions-legales"),
    ("glosaire", "glossaire"),
    ("plaquete", "la-plaquette"),
    ("prochaine reunoin", "prochaine-reunion"),
    ("photots de groupe", "photo-de-groupe"),
]
SENTENCES = [
    ("une dame me tend son cahier avec tous ses codes", "carnet-de-codes"),
    ("il a oublié son mot de passe", "mot-de-passe-oublie"),
    ("est-ce que je peux garder son mot de passe", "garder-un-mot-de-passe"),
    ("je ne sais pas quoi répondre", "je-ne-sais-pas-repondre"),
    ("comment dire non quand je ne sais pas", "je-ne-sais-pas-repondre"),
    ("on me demande de payer avec la carte de l'usager", "payer-en-ligne"),
    ("elle a donné son numéro de carte bancaire à un escroc", "argent-vole-en-ligne"),
    ("il a cliqué sur un lien dans un SMS", "clic-sur-faux-message"),
    ("comment savoir si un message est faux", "reconnaitre-un-faux-message"),
    ("la personne ne sait pas lire", "personne-qui-ne-lit-pas"),
    ("une personne qui parle mal français", "personne-qui-ne-parle-pas-francais"),
    ("son fils gère tout à sa place", "proche-qui-gere-tout"),
    ("la police veut savoir qui s'est connecté", "qui-s-est-connecte"),
    ("l'usager est parti sans fermer sa session", "session-restee-ouverte"),
    ("quelqu'un a laissé sa boîte mail ouverte sur l'ordinateur", "session-restee-ouverte"),
    ("j'ai fait une erreur dans la démarche", "erreur-dans-une-demarche"),
    ("faire la démarche à la place de la personne", "faire-a-la-place"),
    ("continuer la démarche quand la personne n'est pas là", "absence-de-la-personne"),
    ("une maman veut le code du téléphone de sa fille", "code-du-telephone-d-un-enfant"),
    ("un adolescent est insulté sur les réseaux", "jeune-harcele"),
    ("il a perdu tous ses papiers d'identité", "papiers-perdus"),
    ("elle n'a pas d'adresse électronique", "pas-d-adresse-electronique"),
    ("quel ordinateur lui conseiller d'acheter", "conseil-achat"),
    ("puis-je publier la photo du groupe", "photo-de-groupe"),
    ("demander une pièce d'identité pour le wifi", "carte-d-identite-wifi"),
    ("éteindre le poste public à la fin de la journée", "fermer-un-poste-public"),
    ("quelles données noter pour une inscription à un atelier", "inscrire-a-un-atelier"),
    ("le majeur protégé peut-il faire sa démarche", "tutelle-curatelle"),
    ("apprendre à tenir la souris", "premiers-gestes-souris"),
    ("comment choisir une bonne phrase de passe", "inventer-une-phrase-de-passe"),
    ("appeler ses petits-enfants en vidéo", "appel-video-en-famille"),
    ("ranger ses photos de vacances", "ranger-ses-photos"),
    ("ranger ses papiers sur l'ordinateur", "ranger-ses-papiers-numeriques"),
    ("créer une boîte mail", "creer-une-adresse-electronique"),
    ("accueillir une personne et comprendre sa demande", "accueillir-et-comprendre-le-besoin"),
    ("comment se servir des bons clics", "les-bons-clics"),
    ("comment écrire une page simple à lire", "ecrire-simplement"),
    ("former les agents d'accueil", "former-l-accueil"),
    ("effacer l'historique avant de partir", "effacer-ses-traces|fermer-un-poste-public"),
    ("installer linux sur un vieil ordinateur", "adopter-linux|libre-et-reemploi"),
]
HOUSE_WORDS = [
    ("mdp oublié", "mot-de-passe-oublie"),
    ("mdp", PASSWORDS),
    ("un usager me donne son mdp", "usager-donne-mot-de-passe"),
    ("garder un mdp", "garder-un-mot-de-passe"),
    ("kit mdp", "kit-mots-de-passe"),
    ("numéro de sécu", "numero-de-securite-sociale"),
    ("visio en famille", "appel-video-en-famille"),
    ("créer un mail", "creer-une-adresse-electronique"),
    ("pas de mail", "pas-d-adresse-electronique"),
    ("pas de courriel", "pas-d-adresse-electronique"),
    ("adresse e-mail", "creer-une-adresse-electronique|pas-d-adresse-electronique"),
    ("MSAP Langeais", "france-services-langeais"),
    ("msap bourgueil", "france-services-bourgueil"),
    ("PJ", "envoyer-une-piece-jointe"),
    ("envoyer une pj", "envoyer-une-piece-jointe"),
    ("phishing", "clic-sur-faux-message|reconnaitre-un-faux-message"),
    ("arnaque par mail", "clic-sur-faux-message|reconnaitre-un-faux-message|argent-vole-en-ligne"),
    ("impots", "declarer-ses-revenus-en-ligne"),
    ("quel ordi acheter", "conseil-achat"),
    ("wi-fi", "carte-d-identite-wifi"),
    ("RGPD", "donnees-personnelles|donnees-personnelles-en-30-minutes|confidentialite"),
    ("EPN du Véron", "epn-mediatheque-du-veron"),
    ("smartphone", "decouvrir-son-smartphone"),
    ("téléphone portable", "decouvrir-son-smartphone"),
    ("PIJ", "pij-de-chinon"),
]
FORMS = [  # plural, singular, elision, capitals, accents
    ("mots de passe oubliés", "mot-de-passe-oublie"),
    ("carnets de codes", "carnet-de-codes"),
    ("faux messages", "reconnaitre-un-faux-message|clic-sur-faux-message"),
    ("pieces jointes", "envoyer-une-piece-jointe"),
    ("papiers perdus", "papiers-perdus"),
    ("un papier perdu", "papiers-perdus"),
    ("phrases de passe", "inventer-une-phrase-de-passe"),
    ("photo de groupe", "photo-de-groupe"),
    ("les jeunes harcelés", "jeune-harcele"),
    ("sessions restées ouvertes", "session-restee-ouverte"),
    ("tutelles et curatelles", "tutelle-curatelle"),
    ("achats conseillés", "conseil-achat"),
    ("conseils d'achat", "conseil-achat"),
    ("l'accueil", "former-l-accueil|accueillir-et-comprendre-le-besoin"),
    ("l’imprimante", "imprimer-et-scanner"),
    ("d'identité", "carte-d-identite-wifi|papiers-perdus"),
    ("qu'est-ce que la déontologie", "charte-de-deontologie"),
    ("CHARTE", "charte-de-deontologie|charte-du-poste-public"),
    ("REUNION FEVRIER 2020", "reunion-du-5-fevrier-2020"),
    ("Réunion du 5 février", "reunion-du-5-fevrier-2020"),
    ("numeros de securite sociale", "numero-de-securite-sociale"),
    ("argent volé", "argent-vole-en-ligne"),
    ("bénévoles", "benevole-aidants-connect"),
    ("traces effacées", "effacer-ses-traces"),
    ("les bons clics", "les-bons-clics"),
    ("« poste public »", "charte-du-poste-public|fermer-un-poste-public"),
    ('"phrase de passe"', "inventer-une-phrase-de-passe"),
    ("groupes de travail", "groupes-de-travail"),
    ("formations des acteurs", "formation-des-acteurs"),
    ("logiciels libres", "libre-et-reemploi"),
]
PLACES = [
    ("Thizay", "mairie-de-thizay"),
    ("mairie de thizay", "mairie-de-thizay"),
    ("ports sur vienne", "epn-ports-sur-vienne"),
    ("Ports-sur-Vienne", "epn-ports-sur-vienne"),
    ("Cheillé", "msap-cheille"),
    ("cheille", "msap-cheille"),
    ("Langeais", "france-services-langeais"),
    ("bourgueil", "france-services-bourgueil"),
    ("Sainte-Maure-de-Touraine", "relais-emploi-sainte-maure"),
    ("sainte maure", "relais-emploi-sainte-maure"),
    ("centre social chinon", "centre-social-de-chinon"),
    ("centre social du véron", "centre-social-du-veron"),
    ("Avoine emploi", "info-emploi-et-services-avoine"),
    ("mission locale", "mission-locale-du-chinonais"),
    ("erca lab", "erca-lab"),
    ("fablab", "erca-lab"),
    ("le patio", "epn-bibliotheque-le-patio"),
    ("point information jeunesse chinon", "pij-de-chinon"),
    ("lire et dire", "lire-et-dire"),
    ("cias", "cias-chinon-vienne-et-loire"),
]
QUERIES = [*MISTYPED, *SENTENCES, *HOUSE_WORDS, *FORMS, *PLACES]


def first_answer(query: str, reader) -> str:
    hits = get_engine().search(query, reader, limit=1).hits
    return hits[0].page.slug if hits else "nothing"


def test_there_are_a_hundred_and_fifty_queries():
    assert len({query for query, _slugs in QUERIES}) == 150


def test_nearly_all_first_answers_are_the_expected_ones(db, anonymous):
    answers = [(query, first_answer(query, anonymous), slugs) for query, slugs in QUERIES]
    missed = [answer for answer in answers if answer[1] not in answer[2].split("|")]
    assert 1 - len(missed) / len(QUERIES) >= SHARE, "\n".join(map(str, missed))
