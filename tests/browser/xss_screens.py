"""The screens where hostile texts may stand, by the name of their route; `{page}` stands for
each of the hostile pages."""

from urllib.parse import quote

from tests.wiki.every_route import OF_A_PAGE, OF_THE_SITE, OF_THINGS

ABOUT_PAGES = {name: f"{{page}}{end}" for name, end in OF_A_PAGE.items()}
WITHOUT_SCREEN = {
    *("preview", "restore", "undo", "move_back", "page_feed"),  # by POST, or XML: see below
    "sitemap_part",
    *("logout", "sitemap", "robots", "favicon", "add_slash", "changes_feed", "page_titles"),
    *("propositions", "without_click"),
    *(
        "save_draft",
        "draft_state",
        "be_present",
        "take_changes",
        "send_photo",
        "send_file",
        "preview_new",
    ),
    *("untrash", "photo", "document", "wagtaildocs_serve", "media"),
    *("password_reset_confirm", "password_change", "password_change_done"),
    *("password_reset_done", "password_reset_complete", "close_sessions"),
}
ODD = quote("\"><img src=x onerror=alert(1)>'-alert(1)-'{{7*7}}javascript:alert(1)")
MORE = {
    "search": [f"/recherche/?q={w}" for w in ("alert", "script", "lien", "texte", ODD)],
    "choose_kind": [f"/nouveau/?titre={ODD}"],
    "new": [f"/nouveau/{kind}/?titre={ODD}" for kind in ("article", "reunion", "lieu")],
    "changes": ["/changements/", f"/changements/?auteur={ODD}&theme={ODD}&sorte={ODD}"],
    "wagtail_serve": ["/", "/collectif/", "/lieux/", "/pratiques/fiches/", "/collectif/reunions/"],
    "trashed": ["/corbeille/{trashed}/"],
    "resume_draft": ["/brouillons/{draft}/"],
    "discard_draft": ["/brouillons/{draft}/jeter/"],
    "topic": ["{topic}", "{topic}?sorte=article", f"{{topic}}?sorte={ODD}&page={ODD}"],
    "rename_file": ["{file}"],
    "delete_file": ["{file to delete}"],
    "contributor": ["{contributor}"],
    "nothing there": [f"/{ODD}/", f"/themes/{ODD}/"],
}
SCREENS = {
    **{name: [address] for name, address in OF_THE_SITE.items() if name not in WITHOUT_SCREEN},
    **{name: [at] for name, at in ABOUT_PAGES.items() if name not in WITHOUT_SCREEN},
    **{name: MORE.get(name, []) for name in OF_THINGS if name not in WITHOUT_SCREEN},
    **MORE,
    "wagtail_serve": ["{page}", *MORE["wagtail_serve"]],
}
AS_TYPED = {"resume_draft", "refused", "opened again"}
EDITOR = {"edit", "new", "resume_draft"}
SAMPLED = {
    "rename",
    "move",
    "lock",
    "delete",
    "report",
}  # they show the title only: some pages are enough
