"""Writing down what happened to pages besides publications: moves, deletions, returns."""

from wagtail.models import Page

from wiki.access.audiences import audience_of, clauses_of
from wiki.access.visibility import audience_key
from wiki.models import Audience, Event, Trash


def record(kind: str, page: Page, user, audience: Audience | None, **more) -> Event:
    """One event signed with the name that the person shows that day."""
    name = getattr(user, "public_name", "")
    return Event.objects.create(
        kind=kind,
        page_id=page.pk,
        title=page.title,
        author=user,
        author_name=name,
        audience=audience,
        **more,
    )


def record_move(page: Page, before: Page, after: Page) -> None:
    """A page went under another one, by whatever door; going to the trash is no move."""
    trash = Trash.held()
    if before.pk == after.pk or (trash and trash.pk in {before.pk, after.pk}):
        return
    audience = audience_of(clauses_of(audience_key(before)) | clauses_of(audience_key(page)))
    places = {"place_before_id": before.pk, "place_after_id": after.pk}
    record(Event.Kind.MOVE, page, None, audience, **places)


def sign_move(page: Page, user) -> None:
    """Say who moved a page: the signal of a move does not know."""
    move = Event.objects.filter(page_id=page.pk, kind=Event.Kind.MOVE, author=None).last()
    if move and not move.author_name:
        move.author, move.author_name = user, user.public_name
        move.save()
