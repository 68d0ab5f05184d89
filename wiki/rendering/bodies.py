"""Bodies as readers see them: links resolved, pictures drawn, tables and callouts dressed.

All page links of a body cost one query, all its pictures another one.
"""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from lxml import etree
from wagtail.documents import get_document_model
from wagtail.models import Page

from wiki.access.files import readable_documents
from wiki.links import backlinks as linked
from wiki.markup import anchors, direction, external_links, html, sections, tables
from wiki.media import file_labels
from wiki.media.renditions import renditions_of
from wiki.rendering.deleted_targets import DeletedTarget, deleted_targets
from wiki.text import addresses
from wiki.text.titles import key_of

# As wide as the text: `--measure` of the style sheet, or the screen without its edges.
SIZES = "(min-width: 44em) 41rem, calc(100vw - 2rem)"
_ABSENT = "data-absent"  # on links that lead nowhere for this reader, until they are resolved
CALLOUT_LABELS = {
    "note": lambda: _("To remember"),
    "note warn": lambda: _("Beware"),
    "note eg": lambda: _("Example"),
}


@dataclass
class Rendered:
    html: SafeString
    pages: dict[int, Page]
    backlinks: list[Page] = field(default_factory=list)
    hollow: list[str] = field(default_factory=list)  # headings over nothing, not shown
    picture: str = ""  # the address of the first photo
    shows_files: bool = False  # documents or pictures: their senders may see more of them
    shows_deleted: bool = False  # links to pages that are gone, as they may be back


def render(body: str, user, also: list[int] = (), page: Page | None = None) -> Rendered:
    """The body as safe HTML for this reader, with the visible pages it links to.

    `also`: ids of other pages the caller needs; `page`: the page whose body it is, to know
    what links to it. All by the same query.
    """
    root = html.fragment(html.clean(body))
    has_documents = _shut_documents(root, user)
    ids = _ids(root, "a", "linktype", "page") | set(also)
    around = linked.around(user, ids, _wanted_keys(root), page)
    names = _names(root, around) if user.has_perm("wiki.write_pages") else []
    _resolve_links(root, around, user)
    for link, name in names:
        link.attrib.update(name)
    shows_deleted = _want_again(root, user)
    shows_files = _draw_pictures(root, user) or has_documents
    external_links.say_addresses(root)
    direction.turn(root)
    hollow = sections.arrange(root)
    _say_what_is_done(root)
    _dress_callouts(root)
    tables.dress(root)
    anchors.anchor_headings(root)
    picture = next((image.get("src") for image in root.iter("img")), "")
    shown = mark_safe(html.inner(root))
    told = (hollow, picture, shows_files, shows_deleted)
    return Rendered(shown, around.pages, around.backlinks, *told)


def _ids(root, tag: str, attribute: str, value: str) -> set[int]:
    found = root.iter(tag)
    return {
        int(element.get("id"))
        for element in found
        if element.get(attribute) == value and element.get("id")
    }


def _wanted_keys(root) -> set[str]:
    links = (a for a in root.iter("a") if a.get("linktype") == "wanted")
    return {key_of(link.get("title", "")) for link in links} - {""}


def _names(root, around: linked.LinksAround) -> list:
    """Links, each with what names its target: to the editor, where writers may paste it again.

    Pictures get theirs at once. A page that this writer may not read is not named; a page to
    be written is by its address.
    """
    for embed in root.iter("img"):
        if embed.get("embedtype") == "image" and embed.get("id"):
            embed.set("data-picture", embed.get("id"))
            embed.set("data-format", embed.get("format", ""))
    return [(link, _name(link, around)) for link in root.iter("a")]


def _name(link, around: linked.LinksAround) -> dict[str, str]:
    kind, target = link.get("linktype"), link.get("id", "")
    if kind == "wanted":
        page = around.titles.get(key_of(link.get("title", "")))
        kind, target = ("page", str(page.pk)) if page else (None, "")
    if kind == "document" or (kind == "page" and int(target or 0) in around.pages):
        return {"data-linktype": kind, "data-id": target}
    return {}


def _shut_documents(root, user) -> bool:
    """Links to documents say what they lead to, and how heavy it is; those that this reader may
    not open are their words; where the document was deleted, they say so. Whether there are some.
    """
    ids = _ids(root, "a", "linktype", "document")
    if not ids:
        return False
    documents = get_document_model().objects.filter(pk__in=ids)
    known = {row.pk: row for row in readable_documents(user, documents)}
    there = _pks(documents) if ids - known.keys() else ids
    for link in list(root.iter("a")):
        pk = int(link.get("id") or 0)
        if link.get("linktype") == "document" and pk in known:
            _say_weight(link, file_labels.about_document(known[pk]))
        elif link.get("linktype") == "document" and pk in ids:
            link.attrib.clear()
            link.tag = "span"
            if pk not in there:
                _add_words(link, _("(deleted file)"))
    return True


def _say_weight(link, words: str) -> None:
    """Unless whoever wrote the link said it already."""
    if words and not file_labels.SAID.search(link.text_content()):
        _add_words(link, f"({words})").set("class", "weight")


def _pks(rows) -> set[int]:
    return set(rows.values_list("pk", flat=True))


def _resolve_links(root, around: linked.LinksAround, user) -> None:
    for link in list(root.iter("a")):
        kind, target = link.attrib.pop("linktype", None), link.attrib.pop("id", None)
        title = link.attrib.pop("title", "")
        if kind == "page":
            _point_at(link, around.pages.get(int(target or 0)))
            if link.tag == "span" and target:
                link.set(_ABSENT, target)
        elif kind == "wanted":
            _point_at_title(link, title, around, user)
        elif kind == "document" and target:
            link.set("href", f"/fichiers/{target}/")


def _point_at_title(link, title: str, around: linked.LinksAround, user) -> None:
    """The page of this title; else an invitation to write it, for those who may write."""
    page = around.titles.get(key_of(title))
    _point_at(link, page)
    if page is None and key_of(title):
        _want(link, title, user)


def _want(link, title: str, user) -> None:
    link.set("class", "wanted")
    link.append(_unseen(_("(page to be written)")))
    if user.has_perm("wiki.write_pages"):
        link.tag = "a"
        link.set("href", f"{reverse('choose_kind')}?{urlencode({'titre': title})}")


def _want_again(root, user) -> bool:
    """Links to pages that were deleted: to those written since, wanted, or said in the trash.
    Whether some lead nowhere."""
    absent = [
        (link, int(link.attrib.pop(_ABSENT)))
        for link in root.iter("span")
        if _ABSENT in link.attrib
    ]
    words = {pk: " ".join(link.text_content().split()) for link, pk in absent}
    found = deleted_targets(user, words) if words else {}
    for link, pk in absent:
        if pk in found:
            _stand_for(link, pk, found[pk], user)
    return bool(absent)


def _stand_for(link, pk: int, gone_page: DeletedTarget, user) -> None:
    if gone_page.page is not None:
        link.tag = "a"
        _point_at(link, gone_page.page)
    elif gone_page.in_trash:
        link.tag = "a"
        link.set("class", "wanted")
        link.set("href", reverse("trashed", args=[pk]))
        _add_words(link, _("(in the trash)"))
    else:
        _want(link, gone_page.title, user)


def _add_words(link, words: str):
    note = etree.SubElement(link, "small")
    note.text = f" {words}"
    return note


def _unseen(words: str):
    """Words that only a screen reader says."""
    span = etree.Element("span")
    span.set("class", "vh")
    span.text = f" {words}"
    return span


def _point_at(link, page: Page | None) -> None:
    """A link to a page that this reader may not open stays as plain words."""
    if page is None:
        link.attrib.pop("href", None)
        link.tag = "span"
    else:
        link.set("href", addresses.url_of(page.url_path))


def _draw_pictures(root, user) -> bool:
    """Whether there are some."""
    embeds = list(root.iter("img"))
    pictures = renditions_of(_ids(root, "img", "embedtype", "image"), user)
    for embed in embeds:
        renditions = pictures.get(int(embed.get("id") or 0))
        if renditions is None:
            image = etree.Element("span")
            image.text = embed.get("alt", "")
        else:
            image = etree.Element("img", alt=embed.get("alt", ""))
            image.attrib.update(_drawing(renditions))
            image.attrib.update({k: v for k, v in embed.items() if k.startswith("data-")})
        image.tail = embed.tail
        embed.getparent().replace(embed, image)
    return bool(embeds)


def _drawing(renditions: list) -> dict[str, str]:
    """The largest one, and the others for browsers that need less of it."""
    largest = renditions[-1]
    said = {
        "src": largest.url,
        "width": str(round(largest.width)),
        "height": str(round(largest.height)),
        "loading": "lazy",
    }
    if len(renditions) > 1:
        said["srcset"] = ", ".join(f"{one.url} {round(one.width)}w" for one in renditions)
        said["sizes"] = SIZES
    return said


def _say_what_is_done(root) -> None:
    """A ticked box is drawn by the style sheet: who hears the page is told in words."""
    for item in root.iterfind(f".//ul[@class='{html.CHECK_LIST}']/li[@class='{html.DONE}']"):
        first = next(iter(item), None)
        holder = first if first is not None and first.tag == "p" else item
        words = _unseen(_("Done:"))
        words.text, words.tail = f"{words.text.strip()} ", holder.text
        holder.text = None
        holder.insert(0, words)


def _dress_callouts(root) -> None:
    for callout in root.iter("div"):
        label = CALLOUT_LABELS.get(callout.get("class", ""))
        if label:
            callout.set("role", "note")
            paragraph = etree.Element("p")
            paragraph.set("class", "label")
            paragraph.text = label()
            callout.insert(0, paragraph)
