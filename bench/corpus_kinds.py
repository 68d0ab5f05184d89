"""What the pages of corpus.py hold in the fields and rows of their kinds, past their text.

Values are as the site stores them. The same page gets the same ones each time.
"""

from datetime import date, time, timedelta

HOURS = (
    "Mo-Th 09:00-12:30,14:00-17:00; Fr 09:00-12:30",
    "Tu-Th 09:00-12:00,14:00-17:30; Fr 09:00-12:00; Sa 10:00-12:00; PH off",
    "We 14:00-18:00",
)
AGENDA = "Tour de table\nBilan des permanences\nAteliers à venir\nQuestions diverses"
DECISIONS = ("Les permanences continuent le mercredi.", "La plaquette est relue en mars.")
TASKS = ("Relire la fiche de sa structure.", "Réserver la salle.", "Écrire aux mairies.")
OWNERS = ("Chaque structure", "L’animation du collectif", "La mairie")
GOALS = "Comprendre à quoi cela sert, le faire une fois ensemble, puis une fois seul."
MATERIAL = "Un appareil par personne\nUne connexion\nUne feuille et un stylo"
VIGILANCE = "Ne rien garder des papiers de la personne.\nLaisser la personne tenir la souris."
WORDINGS = "on me donne un mot de passe\nla personne n’a pas ses papiers"
ANSWER = "Je fais avec la personne, jamais à sa place. Je ne garde rien de ce qu’elle me montre."


def several(field, rank: int) -> list[str]:
    """One or two values of a closed list, in its order."""
    values = [value for value, _label in field.choices]
    kept = {rank % len(values), rank // 3 % len(values)}
    return [values[index] for index in sorted(kept)]


def fields_of(page, item: dict, rank: int, places: list[int]) -> dict:
    """The values of the page's own fields; `places`: ids of those that it may name."""
    own = {
        "fiche": practice,
        "support": material,
        "situation": guideline,
        "lieu": place,
        "reunion": meeting,
    }.get(page.kind)
    review = {"review_on": date(2026, 1, 1) + timedelta(days=rank % 900)} if rank % 9 == 0 else {}
    return {**review, **(own(type(page)._meta, item, rank, places) if own else {})}


def teachable(meta, rank: int) -> dict:
    levels = [value for value, _label in meta.get_field("level").choices]
    lists = ("publics", "devices")
    return {
        "level": levels[rank % len(levels)],
        **{name: several(meta.get_field(name), rank) for name in lists},
    }


def practice(meta, item: dict, rank: int, places: list[int]) -> dict:
    own = {"goals": GOALS, "material": MATERIAL, "vigilance": VIGILANCE}
    return {**own, "duration": 30 + 15 * (rank % 5), **teachable(meta, rank)}


def material(meta, item: dict, rank: int, places: list[int]) -> dict:
    families = [value for value, _label in meta.get_field("family").choices]
    link = f"https://ressources.example/{item['slug'][:60]}"
    return {"family": families[rank % len(families)], "link": link, **teachable(meta, rank)}


def guideline(meta, item: dict, rank: int, places: list[int]) -> dict:
    return {"other_wordings": WORDINGS, "short_answer": ANSWER}


def place(meta, item: dict, rank: int, places: list[int]) -> dict:
    lists = ("typologie", "services", "frais_a_charge", "modalites_acces")
    parent = {"structure_parente_id": places[rank % len(places)]} if places and not rank % 6 else {}
    return {
        "code_postal": f"37{rank % 10}{rank // 10 % 10}0",
        "adresse": f"{1 + rank % 90} rue de la Loire",
        "telephone": f"+33247{rank % 1_000_000:06}",
        "courriels": [f"accueil-{rank}@lieu.example"],
        "horaires": HOURS[rank % len(HOURS)],
        "equipment": MATERIAL,
        **parent,
        **{name: several(meta.get_field(name), rank) for name in lists},
    }


def meeting(meta, item: dict, rank: int, places: list[int]) -> dict:
    hours = {"starts_at": time(9 + rank % 6), "ends_at": time(11 + rank % 6, 30)}
    return {**hours, "place": f"Mairie de {item['commune']}", "agenda": AGENDA}


def rows_of(page, item: dict, rank: int, places: list[int]) -> dict[str, list]:
    """The child rows of the page, by relation."""
    own = {"situation": sources, "lieu": rows_of_place, "reunion": rows_of_meeting}.get(page.kind)
    return own(page, item, rank, places) if own else {}


def sources(page, item: dict, rank: int, places: list[int]) -> dict[str, list]:
    from practices.models import Source

    address = f"https://sources.example/{rank}"
    return {"sources": [Source(title="Guide du réseau", url=address, dated=item["date"][:4])]}


def rows_of_place(page, item: dict, rank: int, places: list[int]) -> dict[str, list]:
    from structures.models import Label, Permanence

    known = Permanence(place_id=places[rank % len(places)], rhythm="Le mardi") if places else None
    other = Permanence(place_name=f"Mairie de {item['commune']}", rhythm="Le jeudi matin")
    return {
        "permanences": [[], [other], [known or other, other]][rank % 3],
        "labels": [Label(name="EPN", year=2010 + rank % 15)] if rank % 4 == 0 else [],
    }


def rows_of_meeting(page, item: dict, rank: int, places: list[int]) -> dict[str, list]:
    from meetings.models import Action, Attendance, Decision

    present = dict.fromkeys(places[(rank * step) % len(places)] for step in (1, 5, 11) if places)
    due = page.date + timedelta(days=30)
    return {
        "attendances": [Attendance(structure_id=pk) for pk in present],
        "decisions": [Decision(text=text) for text in DECISIONS[: 1 + rank % 2]],
        "actions": [
            Action(what=TASKS[rank % 3], owner=OWNERS[rank % 3], due=due),
            Action(what=TASKS[(rank + 1) % 3], owner=OWNERS[0], state=Action.State.DONE),
        ],
    }
