"""Words of the field that facilitators start with."""

from django.db import migrations
from django.db.models import F

# House words of the people who help with digital life in France, to be changed by facilitators.
WORDS = [
    "mdp, mot de passe, motdepasse",
    "mail, courriel, e-mail, mél, courrier électronique, adresse électronique",
    "visio, visioconférence, réunion à distance",
    "CAF, caisse d’allocations familiales, allocations familiales",
    "MSAP, France Services, maison de services au public",
    "CPAM, Assurance maladie, sécurité sociale, sécu, Ameli",
    "CARSAT, caisse de retraite",
    "ANTS, France Titres, Agence nationale des titres sécurisés",
    "DGFiP, impôts, finances publiques",
    "France Travail, Pôle emploi",
    "CCAS, centre communal d’action sociale",
    "MDPH, maison départementale des personnes handicapées",
    "EPN, espace public numérique",
    "PIJ, point information jeunesse",
    "CNIL, Commission nationale de l’informatique et des libertés",
    "RGPD, protection des données",
    "RSA, revenu de solidarité active",
    "CNI, carte d’identité, carte nationale d’identité",
    "CV, curriculum vitae",
    "FLE, français langue étrangère",
    "LSF, langue des signes",
    "2FA, double authentification, authentification à deux facteurs, validation en deux étapes",
    "arnaque, escroquerie, fraude",
    "hameçonnage, phishing",
    "smartphone, téléphone portable, téléphone mobile",
    "ordi, ordinateur",
    "PC portable, ordinateur portable",
    "appli, application",
    "PJ, pièce jointe, fichier joint",
    "clé USB, clef USB",
    "wifi, réseau sans fil",
    "SMS, texto",
    "scanner, numériser",
    "tuto, tutoriel, mode d’emploi",
    "capture d’écran, copie d’écran",
    "identifiant, login",
    "illectronisme, exclusion numérique, fracture numérique",
    "conseiller numérique, médiateur numérique, médiatrice numérique",
]


def write(apps, schema_editor):
    """Only on a site whose facilitators wrote none."""
    synonyms = apps.get_model("search", "Synonym").objects
    if not synonyms.exists():
        synonyms.bulk_create(synonyms.model(words=words) for words in WORDS)
        apps.get_model("wiki", "Stamp").objects.update(number=F("number") + 1)


def forget(apps, schema_editor):
    """Those that facilitators changed stay."""
    apps.get_model("search", "Synonym").objects.filter(words__in=WORDS).delete()
    apps.get_model("wiki", "Stamp").objects.update(number=F("number") + 1)


class Migration(migrations.Migration):
    run_before = [("wiki", "0019_site_revision")]
    replaces = [("search", "0013_first_synonyms")]
    dependencies = [("search", "0002_full_text"), ("wiki", "0003_first_stamp")]
    operations = [migrations.RunPython(write, forget)]
