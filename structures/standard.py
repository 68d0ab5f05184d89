"""The closed lists of the national standard of digital mediation places, version 1.0.2.

Source: « schéma des lieux de médiation numérique », licence Etalab 2.0, 25 July 2024.
Values are stored verbatim in French, as files of the standard hold them, and shown in plain
words: what only people of the trade would say is in IN_PLAIN_WORDS.
"""

IN_PLAIN_WORDS = {
    "Insertion professionnelle via le numérique": "Insertion professionnelle par le numérique",
    "Se présenter": "Venez sans rendez-vous",
    "Téléphoner": "Téléphonez",
    "Contacter par mail": "Écrivez un courriel",
    "Prendre un RDV en ligne": "Prendre rendez-vous en ligne",
    "Envoyer un mail avec une fiche de prescription": (
        "Envoyez un courriel avec une fiche de prescription"
    ),
}

TYPOLOGIES = [
    ("ASSO", "Association"),
    ("BIB", "Bibliothèque ou médiathèque"),
    ("CAF", "Caisse d’allocations familiales"),
    ("CC", "Communauté de communes"),
    ("CCAS", "Centre communal d’action sociale"),
    ("CIAS", "Centre intercommunal d’action sociale"),
    ("CS", "Centre social"),
    ("CSC", "Centre socioculturel"),
    ("ENM", "Espace numérique mobile"),
    ("EPN", "Espace public numérique"),
    ("ESS", "Entreprise de l’économie sociale et solidaire"),
    ("EVS", "Espace de vie sociale"),
    ("FABLAB", "Fablab"),
    ("FT", "France Travail"),
    ("LA_POSTE", "La Poste"),
    ("MDS", "Maison départementale des solidarités"),
    ("MJC", "Maison des jeunes et de la culture"),
    ("ML", "Mission locale"),
    ("MSAP", "Maison de services au public"),
    ("MUNI", "Mairie"),
    ("OF", "Organisme de formation"),
    ("PIJ_BIJ", "Point ou bureau information jeunesse"),
    ("RESSOURCERIE", "Ressourcerie"),
    ("RFS", "France Services"),
    ("RS_FJT", "Foyer de jeunes travailleurs"),
    ("TIERS_LIEUX", "Tiers-lieu ou coworking"),
    ("Autre", "Autre"),
]


def _verbatim(*values: str) -> list[tuple[str, str]]:
    """Each value with what people read of it."""
    return [(value, IN_PLAIN_WORDS.get(value, value).replace("'", "’")) for value in values]


SERVICES = _verbatim(
    "Aide aux démarches administratives",
    "Maîtrise des outils numériques du quotidien",
    "Insertion professionnelle via le numérique",
    "Utilisation sécurisée du numérique",
    "Parentalité et éducation avec le numérique",
    "Loisirs et créations numériques",
    "Compréhension du monde numérique",
    "Accès internet et matériel informatique",
    "Acquisition de matériel informatique à prix solidaire",
)
PUBLICS = _verbatim("Jeunes", "Étudiants", "Familles et/ou enfants", "Seniors", "Femmes")
PRISES_EN_CHARGE = _verbatim(
    "Surdité",
    "Handicaps moteurs",
    "Handicaps mentaux",
    "Illettrisme",
    "Langues étrangères (anglais)",
    "Langues étrangères (autres)",
    "Déficience visuelle",
)
FRAIS = _verbatim("Gratuit", "Gratuit sous condition", "Payant")
ITINERANCES = _verbatim("Itinérant", "Fixe")
MODALITES_ACCES = _verbatim(
    "Se présenter",
    "Téléphoner",
    "Contacter par mail",
    "Prendre un RDV en ligne",
    "Ce lieu n'accueille pas de public",
    "Envoyer un mail avec une fiche de prescription",
)
MODALITES_ACCOMPAGNEMENT = _verbatim(
    "En autonomie",
    "Accompagnement individuel",
    "Dans un atelier collectif",
    "À distance",
)
DISPOSITIFS = _verbatim(
    "Aidants Connect",
    "Bibliothèques numérique de référence",
    "Certification PIX",
    "Conseillers numériques",
    "Emmaüs Connect",
    "France Services",
    "Grande école du numérique",
    "La Croix Rouge",
    "Point d'accès numérique CAF",
    "Promeneurs du net",
    "Relais numérique (Emmaüs Connect)",
)
FORMATIONS_LABELS = _verbatim(
    "Formé à « Mon Espace Santé »",
    "Formé à « DUPLEX » (illettrisme)",
    "Arnia/MedNum BFC (Bourgogne-Franche-Comté)",
    "Collectif ressources et acteurs réemploi (Normandie)",
    "Étapes numériques (La Poste)",
    "Fabriques de Territoire",
    "Les Éclaireurs du numérique (Drôme)",
    "Mes Papiers (Métropole de Lyon)",
    "ORDI 3.0",
    "SUD LABS (PACA)",
)
