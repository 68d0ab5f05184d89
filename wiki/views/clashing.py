"""Two people changed the same thing: both texts side by side, and a choice for each."""

from django.db import transaction
from django.shortcuts import render

from wiki.clashes import shown
from wiki.forms import form_class
from wiki.merging import Choice
from wiki.posted import with_new_key
from wiki.publishing import Clashing, rebased

KEPT_OUT = ("csrfmiddlewaretoken", "chosen_on", "reopen")
MOST_CHOICES = 500


def screen(request, page, clash: Clashing):
    """Nothing was written: what was typed is in the form of this screen, ready to be sent."""
    context = {
        "page": page,
        "newest": clash.current,
        "clashes": [shown(item, page, request.user) for item in clash.merged.clashes],
        "typed": typed(request.POST),
        "action": request.get_full_path(),
    }
    return render(request, "wiki/conflict.html", context, status=409)


def is_going_back(request) -> bool:
    """« Back to my text », pressed on the screen of the clash."""
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
    kept = {name: form.cleaned_data[name] for name in ("edit_summary", "minor")}
    initial = {**kept, "base": newest.number}
    return form_class(type(page))(None, instance=filled, initial=initial, user=request.user)


def typed(posted) -> list[tuple[str, str]]:
    """All the fields that were sent, but those of this screen."""
    return [
        (name, value)
        for name, values in posted.lists()
        for value in values
        if name not in KEPT_OUT and not name.startswith("choice-")
    ]


def choices_of(posted) -> dict[int, Choice]:
    """The choice made for each clash, by its rank; unknown words are no choice."""
    asked = ((rank, posted.get(f"choice-{rank}")) for rank in range(MOST_CHOICES))
    return {rank: Choice(word) for rank, word in asked if word in set(Choice)}


def chosen_on(posted) -> int | None:
    """The version that was shown beside the text when the choice was made."""
    number = posted.get("chosen_on", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else None
