"""A site where every field is filled, with words that have no blank, and in Arabic: what one sees
of it at its worst. `python -m tests.browser.full_site` plants it in the database of `DATA_DIR`
and prints the addresses of its screens by the name of their route."""

import json
import os
import sys
from datetime import date, time, timedelta
from uuid import UUID

import django

WORD = "Compte_rendu_groupe_de_travail_inclusion_numerique_2026_03_12_v2_DEF"
MAIL = "accueil.mediation-numerique.du-pays@communaute-de-communes-val-de-vienne.example.org"
LINK = f"https://www.exemple-de-site-au-nom-tres-long.example/{WORD.lower()}/{WORD}?page={WORD}"
ARABIC = "مرحبا بكم في المكتبة (CNI)."
KEY = UUID("5f0c9a31-33d6-4f0e-9d2c-1b7a9be2a009")
PEOPLE = ("contributeur", "animation")
CELLS = "".join(f"<td>colonne {n} anticonstitutionnellement</td>" for n in range(1, 13))
HEADS = "".join(f"<th>Accompagnement {n}</th>" for n in range(1, 13))
WIDE = (
    f"<table><caption>{WORD}</caption><thead><tr>{HEADS}</tr></thead>"
    f"<tbody><tr>{CELLS}</tr></tbody></table>"
)
ENDLESS_TABLE = f"<table><tbody><tr><th>{WORD}</th><td>{MAIL}</td></tr></tbody></table>"
LISTS = (
    f"<ul><li>{WORD}<ul><li>{MAIL}<ol><li>{WORD}</li></ol></li></ul></li></ul>"
    f'<ul class="check"><li>{WORD}</li><li class="done">Fait {WORD}</li></ul>'
)
CALLOUTS = "".join(
    f'<div class="{kind}"><p>{WORD} <a href="{LINK}">{LINK}</a></p></div>'
    for kind in ("note", "note warn", "note eg")
)
HEADINGS = "".join(f"<h{n}>{WORD}</h{n}><p>Sous le titre de niveau {n}.</p>" for n in (2, 3, 4))


def body(image: int, document: int) -> str:
    """Every element of a text."""
    return (
        f"<p>{WORD} <strong>{WORD}</strong> <code>{WORD}</code> 10<sup>{WORD}</sup></p>"
        f'<p>Voir <a href="{LINK}">le site de la Cnil</a>, <a href="mailto:{MAIL}">{MAIL}</a>, '
        f'<a href="tel:+33247000000">02 47 00 00 00</a>, <a linktype="wanted" title="{WORD} 7">'
        f'{WORD}</a>, <a linktype="document" id="{document}">{WORD}.pdf</a>.</p>'
        f"{HEADINGS}{LISTS}{CALLOUTS}{WIDE}{ENDLESS_TABLE}<blockquote><p>{WORD}</p></blockquote><hr>"
        f"<h2>Avant la photo</h2>"
        f'<embed embedtype="image" id="{image}" alt="{WORD}" format="fullwidth">'
        f"<h2>{ARABIC}</h2><p>{ARABIC}</p><ul><li>{ARABIC}</li><li>{ARABIC}</li></ul>"
        f"<table><tbody><tr><td>{ARABIC}</td></tr></tbody></table>"
    )


def plant() -> dict[str, list[str]]:
    from tests.attached_files import read_waiting
    from tests.wiki import every_route

    one_of_each = every_route.addresses(every_route.build())
    pages, closed = planted_pages()
    found = {name: [address] for name, address in one_of_each.items()}
    for name, end in every_route.OF_A_PAGE.items():
        found[name] += [f"{page.address}{end}" for page in pages]
    found["version"] += [f"{page.address}versions/2/" for page in pages]
    found["difference"] = [f"{page.address}difference/?de=1&a=2" for page in [*pages, closed]]
    found |= around(pages, closed)
    read_waiting()
    return found


def planted_pages():
    from django.contrib.auth import get_user_model

    from tests import factories

    animation = get_user_model().objects.get(username="animation")
    image, document = files()
    fields = {**common(), "body": body(image.pk, document.pk), "author": animation}
    pages = [
        factories.page(model, title=f"{WORD}_{rank}", **fields, **own(model, document))
        for rank, model in enumerate(factories.PARENTS)
    ]
    below = factories.page(parent=pages[0], title=f"{WORD}_dessous", **fields)
    with_rows(pages, document)
    other = factories.person("Contributeurs", display_name=WORD)
    pages = [edit(page, other) for page in [*pages, below]]
    closed = edit(factories.page(title=ARABIC, body=f"<p>{ARABIC}</p>", author=animation), other)
    return pages, closed


def edit(page, author):
    from tests import factories

    text = page.body.replace("<hr>", f"<hr><p>Un ajout, {WORD}_{WORD}.</p>").replace("CNI", "RIB")
    return factories.edited(page, author=author, summary_of_edit=f"Ajout {WORD}", body=text)


def common() -> dict:
    return {
        "summary": f"{WORD} {ARABIC} {MAIL}",
        "topics": [WORD, "Mots de passe"],
        "review_on": date(2020, 1, 31),
    }


def own(model, document) -> dict:
    """What pages of one kind only hold."""
    lines = f"{WORD}\n{MAIL}\nUne ligne de plus"
    fields = {
        "MeetingPage": {
            **{"date": date.today() + timedelta(days=3), "place": WORD, "agenda": lines},
            **{"starts_at": time(9, 30), "ends_at": time(12), "others_present": lines},
            "apologies": lines,
        },
        "PracticePage": {
            **{"publics": ["seniors", "jeunes"], "level": "debutant", "devices": ["telephone"]},
            **{"goals": lines, "duration": 90, "material": lines, "vigilance": lines},
        },
        "TrainingMaterialPage": {"family": "pedagogie", "document": document, "link": LINK[:200]},
        "GuidelinePage": {"short_answer": f"{WORD} {ARABIC}", "other_wordings": lines},
        "StructurePage": place(lines),
    }
    return fields.get(model.__name__, {})


def place(lines: str) -> dict:
    from structures import standard

    def every(choices):
        return [value for value, _label in choices]

    return {
        **{"typologie": every(standard.TYPOLOGIES)[:4], "pivot": "12345678901234"},
        **{"commune": "Saint-Germain-sur-Vienne-et-Loire", "code_postal": "37500"},
        **{"adresse": f"12 bis, {WORD}", "complement_adresse": f"Bâtiment {WORD}"},
        **{"latitude": 47.16, "longitude": 0.24, "telephone": "+33247000000"},
        **{"courriels": [MAIL, f"autre.{MAIL}"], "site_web": [LINK[:200], "https://exemple.org"]},
        "horaires": "Mo-Fr 09:00-12:00,14:00-17:30; Sa 09:00-12:00",
        "hours_note": f"Fermé en août.\n{WORD}",
        "fees_note": f"5 € l’année.\n{WORD}\n2 € la page",
        **{"services": every(standard.SERVICES), "frais_a_charge": every(standard.FRAIS)},
        "publics_specifiquement_adresses": every(standard.PUBLICS),
        "prise_en_charge_specifique": every(standard.PRISES_EN_CHARGE),
        **{"itinerance": every(standard.ITINERANCES), "equipment": lines},
        "modalites_acces": every(standard.MODALITES_ACCES),
        "modalites_accompagnement": every(standard.MODALITES_ACCOMPAGNEMENT),
        "dispositif_programmes_nationaux": every(standard.DISPOSITIFS),
        "formations_labels": every(standard.FORMATIONS_LABELS),
        "autres_formations_labels": [WORD],
        **{"fiche_acces_libre": "https://acceslibre.example/x/", "prise_rdv": LINK[:200]},
    }


def with_rows(pages, document) -> None:
    """The rows below a place, a meeting and a situation."""
    from django.apps import apps

    by_name = {type(page).__name__: page for page in pages}
    place, meeting = by_name["StructurePage"], by_name["MeetingPage"]
    rows = [
        ("structures.Permanence", place, {"place_name": WORD, "rhythm": WORD, "note": WORD}),
        ("structures.Label", place, {"name": WORD, "year": 2021, "note": WORD}),
        ("meetings.Attendance", meeting, {"structure_id": place.pk}),
        ("meetings.Decision", meeting, {"text": WORD, "outcome": WORD}),
        ("meetings.Action", meeting, {"what": WORD, "owner": WORD, "due": date.today()}),
        ("meetings.Attachment", meeting, {"document": document, "title": WORD}),
        ("practices.Source", by_name["GuidelinePage"], {"title": WORD, "url": LINK[:200]}),
    ]
    for name, page, fields in rows:
        apps.get_model(name).objects.create(page=page, **fields)


def files():
    from io import BytesIO

    from django.core.files.base import ContentFile
    from django.core.files.images import ImageFile
    from PIL import Image
    from wagtail.documents import get_document_model
    from wagtail.images import get_image_model

    drawn = BytesIO()
    Image.new("RGB", (1600, 900), "teal").save(drawn, "PNG")
    image = get_image_model().objects.create(title=WORD, file=ImageFile(drawn, name="i.png"))
    held = ContentFile(b"x", name="x.txt")
    return image, get_document_model().objects.create(title=WORD, file=held)


def around(pages, closed) -> dict[str, list[str]]:
    """What stands beside pages: drafts, the trash, broken links, people, and lists of them."""
    from django.utils import timezone

    from search.models import ZeroResultSearch
    from tests import factories
    from wiki.models import BrokenLink, Report
    from wiki.publishing.publishing import newest_version
    from wiki.trash import trash

    for page in pages:
        BrokenLink.objects.create(page=page, url=LINK, reason="404", checked_at=timezone.now())
        Report.objects.create(page=page.page_ptr, text=f"{WORD}\n{ARABIC}\n{LINK}")
    today = timezone.localdate()
    ZeroResultSearch.objects.create(digest="x", words=WORD, first_on=today, last_on=today)
    upper = factories.page(title=f"{WORD}_jetée", summary=WORD, body=f"<p>{WORD}</p>{WIDE}{LISTS}")
    factories.page(title=f"{WORD}_dessous_jetée", parent=upper)
    for person in (people := persons()).values():
        keep_draft(person, pages[0])
        binned = factories.page(title=f"{WORD}_{person}", author=person, body=f"<p>{WORD}</p>")
        trash.put_in(binned, person, f"Doublon {WORD}")
    trash.put_in(upper, people["animation"], f"Doublon {WORD}")
    return {
        "resume_draft": [f"/brouillons/{KEY}/"],
        "discard_draft": [f"/brouillons/{KEY}/jeter/"],
        "trashed": [f"/corbeille/{upper.pk}/"],
        **own_files(people["contributeur"], pages[0]),
        "contributor": [f"/contributeurs/{newest_version(pages[0]).pk}/"],
        "topic": [
            "/themes/mots-de-passe/",
            f"/themes/{topic_slug()}/",
            "/themes/mots-de-passe/?sorte=fiche",
        ],
        "search": searches(),
        "changes": [f"/changements/{asked}" for asked in ("", f"?theme={WORD}", "?auteur=x")],
        "new": new_addresses(pages[0]),
    }


def own_files(person, page) -> dict[str, list[str]]:
    """A document and a photo that a contributor sent; a page shows the photo."""
    from tests import factories

    image, document = files()
    for file in (image, document):
        type(file).objects.filter(pk=file.pk).update(uploaded_by_user=person)
    body = f'{page.body}<embed embedtype="image" id="{image.pk}" alt="" format="fullwidth">'
    factories.edited(page, author=person, body=body)
    about = f"/mes-fichiers/documents/{document.pk}/"
    return {"rename_file": [f"{about}renommer/"], "delete_file": [f"{about}supprimer/"]}


def persons() -> dict:
    from django.contrib.auth import get_user_model

    return {user.username: user for user in get_user_model().objects.filter(username__in=PEOPLE)}


def keep_draft(person, page) -> None:
    from django.http import QueryDict

    from wiki.editing import drafts

    typed = QueryDict(mutable=True)
    typed.update({"title": f"{WORD} {WORD}", "body": page.body, "summary": WORD})
    drafts.save(person, KEY, typed, page, page.kind)


def topic_slug() -> str:
    from wiki.models import Topic

    return Topic.objects.get(name=WORD).slug


def searches() -> list[str]:
    asked = ["", WORD, "mot de passe", "xyzzyqwv", ARABIC, "mot+de+passe&theme=mots-de-passe"]
    return [f"/recherche/?q={words}" for words in asked]


def new_addresses(page) -> list[str]:
    from wiki.pages import kinds

    plain = [f"/nouveau/{kind}/" for kind in kinds.all_kinds()]
    return [*plain, f"/nouveau/article/?sous={page.pk}&titre={WORD}"]


if __name__ == "__main__":
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    django.setup()
    json.dump(plant(), sys.stdout)
