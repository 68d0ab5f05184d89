"""What the rich text editor says, for its script: assets/body asks for these names."""

from functools import cache

from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wiki.media.photos import only_first


def as_script() -> SafeString:
    """All of them, where the script reads them."""
    return _script(get_language())


@cache
def _script(language: str) -> SafeString:
    return json_script(body_words(), "kb-body-words")


def body_words() -> dict[str, str]:
    """Sentences in the reader's language by the name that the script knows them by."""
    return {
        **_tools(),
        **_pasting(),
        **_about_selection(),
        **_links(),
        **_photos(),
        **_files(),
        **_keys(),
    }


def _tools() -> dict[str, str]:
    return {
        "tools": _("Formatting"),
        "text": _("Text of the page"),
        "title": _("Title"),
        "bold": _("Bold"),
        "italic": _("Italic"),
        "list": _("List"),
        "numbers": _("Numbers"),
        "checks": _("Boxes"),
        "callout": _("Callout"),
        "quote": _("Quotation"),
        "link": _("Link"),
        "photo": _("Photo"),
        "file": _("File"),
        "table": _("Table"),
        "rule": _("Rule"),
        "indent": _("Shift right"),
        "outdent": _("Shift left"),
        "undo": _("Undo"),
        "redo": _("Redo"),
        "shortcuts": _("Keyboard"),
        "more": _("More"),
        "fewer": _("Fewer"),
        "cancel": _("Cancel"),
        "close": _("Close"),
        "done": _("Done"),
    }


def _pasting() -> dict[str, str]:
    """What is said of what somebody pasted or dropped in the text."""
    return {
        "pictures_left": _(
            "The pictures of the text you pasted could not follow. Add them with “Photo”."
        ),
        "left_words": _("Not pasted: %(what)s. Write here what people should read."),
        "left_struck": _("the words crossed out"),
        "left_comments": _("the comments"),
        "left_notes": _("the footnotes"),
        "left_hidden": _("the hidden text"),
        "left_formulas": _("the formulas"),
        "left_media": _("the videos, the sounds and the parts of other sites"),
        "left_drawings": _("the drawings that hold words"),
        "table_after": _("The table you pasted is under this one."),
        "not_here": _("A table does not go in there. Drop it above or below."),
        "files_left": _("Not pasted: %(names)s. Add it with “File”."),
        "folders_left": _("A folder cannot be added: %(names)s. Open it, and add its files."),
        "one_of_several": _("%(title)s (%(rank)s of %(total)s)"),
        "stop_there": _("Stop there"),
    }


def _about_selection() -> dict[str, str]:
    """The rows of buttons that another button or the caret opens."""
    return {
        "titles": _("Titles"),
        "title_2": _("Big title"),
        "title_3": _("Title inside"),
        "title_4": _("Small title"),
        "plain_text": _("Plain text"),
        "callouts": _("Callouts"),
        "remember": _("To remember"),
        "beware": _("Beware"),
        "example": _("Example"),
        "no_callout": _("No callout"),
        "about_list": _("About this list"),
        "indent_item": _("Shift right"),
        "outdent_item": _("Shift left"),
        "about_table": _("About this table"),
        "row_above": _("Row above"),
        "row_below": _("Row below"),
        "column_before": _("Column on the left"),
        "column_after": _("Column on the right"),
        "delete_row": _("Delete the row"),
        "delete_column": _("Delete the column"),
        "toggle_head_row": _("Headings on top"),
        "toggle_head_column": _("Headings on the left"),
        "toggle_caption": _("Caption"),
        "delete_table": _("Delete the table"),
        "add_table": _("Add a table"),
        "add_this_table": _("Add the table"),
        "rows": _("Rows"),
        "columns": _("Columns"),
        "with_head": _("The first row holds headings"),
        "rows_fault": _("Write a number of rows from 1 to %(most)s."),
        "columns_fault": _("Write a number of columns from 1 to %(most)s."),
    }


def _links() -> dict[str, str]:
    return {
        "about_link": _("About this link"),
        "add_link": _("Add a link"),
        "add_this_link": _("Add the link"),
        "edit_link": _("Change the link"),
        "change_link": _("Change this link"),
        "remove_link": _("Remove the link"),
        "where": _("Page of the site, or web address"),
        "where_hint": _("Type the title of a page, or paste an address."),
        "link_is_page": _(
            "The link leads to a page of the site. To change it, type another title."
        ),
        "where_missing": _("Say where the link leads: the title of a page, or an address."),
        "link_words": _("Words of the link"),
        "link_words_hint": _("Optional. What one reads in the text."),
        "web_address": _("Web address: %(address)s"),
        "wanted_page": _("Page to write: “%(title)s”"),
        "type_a_title": _("Type the title of a page."),
        "brackets": _("Type [[ to make a link to another page."),
        "searching": _("Searching…"),
        "no_title": _("No page has this title yet."),
        "no_network_titles": _("The network does not answer. You may still name a page to write."),
    }


def _photos() -> dict[str, str]:
    return {
        "about_photo": _("About this photo"),
        "describe": _("Describe the photo"),
        "remove_photo": _("Remove the photo"),
        "describe_photo": _("Describe this photo"),
        "add_photo": _("Add a photo"),
        "add_this_photo": _("Add the photo"),
        "choose_photo": _("Choose or take a photo"),
        "photo_hint": _("Nobody should be recognised on it without having agreed."),
        "preview": _("Preview: %(name)s"),
        "alt": _("What does it show?"),
        "alt_hint": _("One sentence for those who cannot see it."),
        "decorative": _("It only decorates: nothing to describe"),
        "alt_missing": _(
            "Say in one sentence what the photo shows, or tick that it only decorates."
        ),
        "photo_missing": _("Choose a photo first."),
        "photo_moves": only_first(),
        "keep": _("Keep"),
        "sending": _("Sending…"),
        "try_again": _("Try again"),
    }


def _files() -> dict[str, str]:
    return {
        "add_file": _("Add a file"),
        "add_this_file": _("Add the file"),
        "choose_file": _("Choose a file"),
        "file_hint": _("A document to download: PDF, text, table."),
        "file_words": _("Words of the link"),
        "file_words_hint": _("Optional. If not, the name of the file."),
        "file_missing": _("Choose a file first."),
        "no_network": _("The network does not answer. Your choice is kept: try again in a moment."),
        "logged_out": _("You are no longer logged in. Log in in another tab, then try again here."),
        "too_big": _("This file is too big."),
        "refused": _("The site could not take it. Try again, or choose another one."),
    }


def _keys() -> dict[str, str]:
    """Names of what keys do, where no button says it already."""
    return {
        "page_link": _("Link to a page"),
        "tick": _("Tick the box"),
        "line_break": _("New line in the same paragraph"),
        "superscript": _("Superscript"),
        "subscript": _("Subscript"),
        "code": _("Code"),
        "reach_tools": _("Go to the buttons"),
        "back_to_text": _("Back to the text"),
        "shift": _("Shift"),
        "enter": _("Enter"),
        "escape": _("Esc"),
    }
