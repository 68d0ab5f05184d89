"""Every way of writing in the front office. A route that is in no act is one that only reads:
`READING`."""

from tests.wiki.acts import (
    KEEPERS,
    KEEPERS_INSIDE,
    NOBODY,
    WRITERS,
    WRITERS_INSIDE,
    Act,
    draft,
    form_of_page,
    moving_back_to,
    moving_to,
    new_page,
    on,
    on_own,
    posting,
    typed,
)
from tests.wiki.front_acts_apart import OF_ACCOUNTS, OF_FILES, OF_REPORTS


def own_key(world, role):
    return world.keys.get(role, world.other_key)


RENAMED = {"title": "Un tout autre nom"}
THROWN = {"reason": "Doublon"}
PEOPLE, DRAFTS, PRESENCES = ({name} for name in ("wiki_user", "wiki_draft", "wiki_presence"))

OF_PAGES = [
    *(
        Act("edit", subject, on(subject, "modifier/", typed(subject)), allowed)
        for subject, allowed in {
            "open": WRITERS,
            "locked": KEEPERS,
            "closed": WRITERS_INSIDE,
            "section": WRITERS,
        }.items()
    ),
    # A text on its way to a page of the trash goes to the drafts of who could read the page.
    Act(
        "edit", "trashed", on("trashed", "modifier/", typed("trashed")), WRITERS, frozenset(DRAFTS)
    ),
    Act(
        "edit",
        "closed and trashed",
        on("closed_trashed", "modifier/", typed("closed_trashed")),
        WRITERS_INSIDE,
        frozenset(DRAFTS),
    ),
    Act(
        "edit",
        "the page of the form is another",
        on("open", "modifier/", typed("closed")),
        WRITERS_INSIDE,
    ),
    Act(
        "preview",
        "open",
        on("open", "apercu/", typed("open")),
        NOBODY,
        done=lambda a: a.status_code == 200,
    ),
    Act("preview", "closed", on("closed", "apercu/", typed("closed")), NOBODY),
    *(
        Act("rename", subject, on(subject, "renommer/", RENAMED), allowed)
        for subject, allowed in {
            "open": WRITERS,
            "locked": KEEPERS,
            "closed": WRITERS_INSIDE,
            "trashed": NOBODY,
            "section": NOBODY,
        }.items()
    ),
    *(
        Act("move", subject, on(subject, "deplacer/", moving_to("target", opens="on")), allowed)
        for subject, allowed in {
            "open": KEEPERS,
            "locked": KEEPERS,
            "closed": KEEPERS_INSIDE,
            "trashed": NOBODY,
            "section": NOBODY,
        }.items()
    ),
    *(
        Act("lock", subject, on(subject, "verrouiller/", {"locked": "1"}), allowed)
        for subject, allowed in {
            "open": KEEPERS,
            "locked": NOBODY,
            "closed": KEEPERS_INSIDE,
            "trashed": NOBODY,
            "section": KEEPERS,
        }.items()
    ),
    *(
        Act("reserve", subject, on(subject, "reserver/", {"restriction_type": "login"}), allowed)
        for subject, allowed in {
            "open": KEEPERS,
            "locked": KEEPERS,
            "closed": KEEPERS_INSIDE,
            "trashed": NOBODY,
            "section": KEEPERS,
        }.items()
    ),
    Act("lock", "taken off", on("locked", "verrouiller/", {"locked": "0"}), KEEPERS),
    Act(
        "move", "under a closed page", on("open", "deplacer/", moving_to("closed")), KEEPERS_INSIDE
    ),
    *(
        Act("move_back", subject, on(subject, "deplacer/annuler/", moving_back_to("target")), who)
        for subject, who in {
            "open": KEEPERS,
            "locked": KEEPERS,
            "closed": KEEPERS_INSIDE,
            "trashed": NOBODY,
            "section": NOBODY,
        }.items()
    ),
    Act("move_back", "elsewhere", on("open", "deplacer/annuler/", moving_to("target")), NOBODY),
    Act("move", "under the trash", on("open", "deplacer/", moving_to("trashed")), NOBODY),
    Act("move", "under itself", on("open", "deplacer/", moving_to("open")), NOBODY),
    *(
        Act("delete", subject, on(subject, "supprimer/", THROWN), allowed)
        for subject, allowed in {
            "open": KEEPERS,
            "locked": KEEPERS,
            "closed": KEEPERS_INSIDE,
            "trashed": NOBODY,
            "section": NOBODY,
        }.items()
    ),
    Act("delete", "one's own", on_own("supprimer/", THROWN), WRITERS),
    *(
        Act(route, subject, on(subject, f"versions/{number}/{word}/"), allowed)
        for route, number, word in (("restore", 1, "restaurer"), ("undo", 2, "annuler"))
        for subject, allowed in {
            "open": WRITERS,
            "locked": KEEPERS,
            "closed": WRITERS_INSIDE,
            "trashed": NOBODY,
        }.items()
    ),
    *(
        Act(
            "untrash",
            what,
            posting(lambda world, role, page=page: f"/corbeille/{page(world, role).pk}/rendre/"),
            allowed,
        )
        for what, page, allowed in (
            ("of somebody else", lambda world, role: world.pages["trashed"], KEEPERS),
            ("closed", lambda world, role: world.pages["closed_trashed"], KEEPERS_INSIDE),
            ("not in the trash", lambda world, role: world.pages["open"], NOBODY),
            (
                "one's own",
                lambda world, role: world.own_trashed.get(role, world.pages["trashed"]),
                WRITERS,
            ),
        )
    ),
    Act("new", "article", posting("/nouveau/article/", new_page), WRITERS),
    Act(
        "preview_new",
        "article",
        posting("/nouveau/article/apercu/", new_page),
        NOBODY,
        done=lambda a: a.status_code == 200,
    ),
]

OF_DRAFTS = [
    Act(
        "save_draft",
        "of a page",
        posting("/brouillons/enregistrer/", draft()),
        WRITERS,
        frozenset(DRAFTS | PRESENCES),
    ),
    Act(
        "be_present",
        "open",
        posting("/brouillons/presence/", form_of_page("open")),
        WRITERS,
        frozenset(PRESENCES),
    ),
    Act("be_present", "locked", posting("/brouillons/presence/", form_of_page("locked")), KEEPERS),
    Act(
        "be_present",
        "closed",
        posting("/brouillons/presence/", form_of_page("closed")),
        WRITERS_INSIDE,
    ),
    Act(
        "be_present",
        "somebody else leaves",
        posting(
            "/brouillons/presence/",
            lambda world, role: {"leaves": "1", "key": str(world.other_key)},
        ),
        NOBODY,
    ),
    Act(
        "draft_state",
        "discards one's own",
        posting("/brouillons/etat/", lambda world, role: {"discard": str(own_key(world, role))}),
        WRITERS,
        frozenset(DRAFTS),
    ),
    Act(
        "draft_state",
        "discards another's",
        posting("/brouillons/etat/", lambda world, role: {"discard": str(world.other_key)}),
        NOBODY,
    ),
    Act(
        "discard_draft",
        "one's own",
        posting(lambda world, role: f"/brouillons/{own_key(world, role)}/jeter/"),
        WRITERS,
        frozenset(DRAFTS),
    ),
    Act(
        "discard_draft",
        "another's",
        posting(lambda world, role: f"/brouillons/{world.other_key}/jeter/"),
        NOBODY,
    ),
]


ACTS = [*OF_ACCOUNTS, *OF_PAGES, *OF_DRAFTS, *OF_FILES, *OF_REPORTS]

# Nothing is changed by a form sent there, whoever sends it.
READING = {
    *("password_change_done", "password_reset_done", "password_reset_complete", "own_files"),
    *("own_desk", "own_changes", "reviews", "reports"),
    *("topics", "topic", "changes", "changes_feed", "contributors", "contributor", "trash"),
    *("trashed", "plan", "sitemap", "robots", "favicon", "choose_kind", "drafts", "resume_draft"),
    "sitemap_part",
    "take_changes",
    *(
        "facilitate",
        "view_as",
        "wanted_pages",
        "orphan_pages",
        "broken_links",
        "photo",
        "document",
        "wagtaildocs_serve",
    ),
    *("media", "backlinks", "history", "version", "difference", "annotate", "page_feed"),
    *("wagtail_serve", "add_slash", "search", "page_titles", "propositions"),
}
# They know nobody and come without a cookie; a report has a token of its own.
EXEMPT = {"without_click", "report"}
