"""Two people changed the same thing: both texts side by side, and a choice for each."""

from dataclasses import replace

from django.contrib import messages
from django.db import transaction
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from wiki.editing import conflict_passages, editor_strings
from wiki.editing.conflicts import shown
from wiki.editing.form_data import with_new_key
from wiki.editing.forms import form_class
from wiki.markup import html
from wiki.publishing.merging import Choice, Own
from wiki.publishing.publishing import EditConflict, publish, rebased
from wiki.text.form_fields import LONGEST_BODY

KEPT_OUT = ("csrfmiddlewaretoken", "chosen_on", "reopen")
MOST_CHOICES = 500
OF_THIS_SCREEN = ("choice-", "own-")
OWN_IN_THEIR_PLACE = _(
    "%(author)s changed the same passage as you: in the text below it is yours that stands there. "
    "Add what you want to keep of theirs: this text will take the place of the page online."
)


def screen(request, page, conflict: EditConflict, fault: str = ""):
    """Nothing was written: what was typed is in the form of this screen, ready to be sent.

    `fault`: why what somebody wrote in the place of both texts is not published.
    """
    is_same = chosen_on(request.POST) == conflict.current.number
    written = written_in(request.POST)
    kept = written if is_same else {}
    context = {
        "page": page,
        "newest": conflict.current,
        "conflicts": [
            shown(item, page, request.user, kept.get(rank))
            for rank, item in enumerate(conflict.merged.conflicts)
        ],
        "left": [] if is_same else [words_of(text) for text in written.values()],
        "fault": fault,
        "typed": fields_but_choices(request.POST),
        "action": request.get_full_path(),
        "body_words": editor_strings.as_script(),
    }
    return render(request, "wiki/conflict.html", context, status=409)


def written_in(posted) -> dict[int, str]:
    """What was written in the place of both texts, by the rank of the conflict."""
    ranks = (rank for rank in range(MOST_CHOICES) if posted.get(f"choice-{rank}") == Choice.OWN)
    return {rank: posted.get(f"own-{rank}", "") for rank in ranks}


def words_of(text: str) -> str:
    return html.plain_text(html.clean(text[:LONGEST_BODY]))


def asks_again(request, form, page, sent, error):
    """The screen of the conflict once more, for what was written there cannot be published."""
    again = replace(sent, choices={}, key=None)
    try:
        with transaction.atomic():
            publish(form.filled(), again)
            transaction.set_rollback(True)  # nobody chose: nothing is published so
    except EditConflict as conflict:
        return screen(request, page, conflict, " ".join(error.messages))
    return None


def is_going_back(request) -> bool:
    """« Back to my text », pressed on the screen of the conflict."""
    return "reopen" in request.POST and chosen_on(request.POST) is not None


def form_to_go_on(request, form, page):
    """The form with what was typed, and around it what others published: both are shown.

    Publishing it takes the place of the version that was seen.
    """
    if not form.is_valid():
        return form_class(type(page))(
            with_new_key(request.POST, page), instance=page, user=request.user
        )
    with transaction.atomic():
        filled, newest = rebased(form.filled(), form.cleaned_data["base"] or 0, request.user)
    messages.warning(request, OWN_IN_THEIR_PLACE % {"author": newest.signature})
    kept = {name: form.cleaned_data[name] for name in ("edit_summary", "minor")}
    initial = {**kept, "base": newest.number}
    return form_class(type(page))(None, instance=filled, initial=initial, user=request.user)


def fields_but_choices(posted) -> list[tuple[str, str]]:
    """All the fields that were sent, but those of this screen."""
    return [
        (name, value)
        for name, values in posted.lists()
        for value in values
        if name not in KEPT_OUT and not name.startswith(OF_THIS_SCREEN)
    ]


def choices_of(posted, model) -> dict[int, Choice | Own]:
    """The choice made for each conflict, by its rank; unknown words are no choice."""
    if not any(name.startswith("choice-") for name in posted):
        return {}
    words, asked = (
        set(Choice),
        ((rank, posted.get(f"choice-{rank}")) for rank in range(MOST_CHOICES)),
    )
    made = {rank: Choice(word) for rank, word in asked if word in words}
    return {rank: own_of(posted, rank, model) if c == Choice.OWN else c for rank, c in made.items()}


def own_of(posted, rank: int, model) -> Own:
    text = posted.get(f"own-{rank}", "")
    return Own(lambda conflict: conflict_passages.read(conflict, text, model))


def chosen_on(posted) -> int | None:
    """The version that was shown beside the text when the choice was made."""
    number = posted.get("chosen_on", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else None
