"""Lists, tables and looks that people draw with signs, and what a page keeps of them."""

BULLETS = "<ul><li>un</li><li>deux</li></ul>"
NESTED = "<ul><li>un</li><li>deux<ul><li>sous</li></ul></li></ul>"
NUMBERS = "<ol><li>un</li><li>deux</li></ol>"
BOXES = '<ul class="check"><li>un</li><li class="done">deux</li></ul>'
LINES = {
    "bullets": ("• un\n• deux", BULLETS),
    "bullets that touch the words": ("•un\r\n•deux", BULLETS),
    "dashes": ("- un\n- deux\n  - sous", NESTED),
    "tabs": ("* un\n* deux\n\t* sous", NESTED),
    "word": ("•\tun\n•\tdeux\no\tsous", NESTED),
    "blank lines": ("– un\n\n– deux\n\n", BULLETS),
    "numbers": ("1. un\n2. deux", NUMBERS),
    "one number only": ("1. un\n1. deux", NUMBERS),
    "brackets": ("1) un\n2) deux", NUMBERS),
    "strokes": ("1/ un\n2/ deux", NUMBERS),
    "numbers from three on": ("3. un\n4. deux", NUMBERS.replace("<ol", '<ol start="3"')),
    "letters": ("a) un\nb) deux", NUMBERS.replace("<ol", '<ol type="a"')),
    "boxes": ("☐ un\n☑ deux", BOXES),
    "empty squares": ("□ un\n☑ deux", BOXES),
    "boxes of code": ("- [ ] un\n- [x] deux", BOXES),
    "bullets in numbers": (
        "1. un\n   - sous\n2. deux",
        "<ol><li>un<ul><li>sous</li></ul></li><li>deux</li></ol>",
    ),
    "words around": (
        "À faire :\n- un\n- deux\nMerci",
        f"<p>À faire :</p>\n{BULLETS}\n<p>Merci</p>",
    ),
}
NO_LINES = {
    "a bullet alone": ("• un", "<p>• un</p>"),
    "a box alone": ("☐ un\ndeux", "<p>☐ un</p>\n<p>deux</p>"),
    "numbers that do not follow": ("12. rue\n45. quai", "<p>12. rue</p>\n<p>45. quai</p>"),
    "ages": ("9- 10 ans\n10- 11 ans", "<p>9- 10 ans</p>\n<p>10- 11 ans</p>"),
    "below zero": ("-5 °C\n-7 °C", "<p>-5 °C</p>\n<p>-7 °C</p>"),
    "ticks": ("✅ un\n✅ deux", "<p>✅ un</p>\n<p>✅ deux</p>"),
}
HTML_LINES = {
    "paragraphs": ("<p>• un</p><p>• deux</p>", BULLETS),
    "breaks": ("• un<br>• deux", BULLETS),
    "breaks in a paragraph": ("<p><span>- un<br>- deux</span></p>", BULLETS),
    "words around": (
        "<div>À faire :<br>- un<br>- deux<br><br>Merci<br>Léa</div>",
        f"<p>À faire :</p>\n{BULLETS}\n<p>Merci<br>Léa</p>",
    ),
    "word": ("<p class=MsoNormal>- un<o:p></o:p></p>\n<p class=MsoNormal>- deux</p>", BULLETS),
    "word's numbers": ("<p class=MsoNormal>1) un</p><p>&nbsp;</p><p>2) deux</p>", NUMBERS),
    "margins": ("<p>- un</p><p>- deux</p><p style='margin-left:36pt'>- sous</p>", NESTED),
    "no-break blanks": ("<p>- un</p><p>- deux</p><p>&nbsp;&nbsp;- sous</p>", NESTED),
    "boxes": ("<div>☐ un</div><div>☑ deux</div>", BOXES),
    "boxes and breaks": ("<p>☐ un<br>☑ deux</p>", BOXES),
    "in a cell": (
        "<table><tr><td>• un<br>• deux</td><td>b</td></tr></table>",
        f"<table><tbody><tr><td>{BULLETS}</td><td>b</td></tr></tbody></table>",
    ),
    "beside blocks": (
        "<div><p>Liste</p>- un<br>- deux<div>Merci</div></div>",
        f"<p>Liste</p>\n{BULLETS}\n<p>Merci</p>",
    ),
    "breaks beside blocks": ("<p>a</p>un<br>deux<p>b</p>", "<p>a</p>\n<p>un<br>deux</p>\n<p>b</p>"),
    "a line alone": ("<p>- un</p><p>deux</p>", "<p>- un</p>\n<p>deux</p>"),
    "breaks without signs": ("<p>- un<br>deux</p>", "<p>- un<br>deux</p>"),
}
ROWS = "<tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr>"
HEAD = '<tr><th scope="col">a</th><th scope="col">b</th></tr>'
HEADED = f"<table><thead>{HEAD}</thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
TABLES = {
    "cells": ("a\tb\nc\td\n", f"<table><tbody>{ROWS}</tbody></table>"),
    "numbers of rows": (
        "1.\ta\tb\n2.\tc\td",
        "<table><tbody>"
        + ROWS.replace("<tr>", "<tr><td>1.</td>", 1).replace("</tr><tr>", "</tr><tr><td>2.</td>")
        + "</tbody></table>",
    ),
    "bars": ("| a | b |\n|---|:-:|\n| 1 | 2 |", HEADED),
    "bars without ends": ("a | b\n--|--\n1 | 2", HEADED),
    "one row": ("a\tb", "<p>a b</p>"),
    "lines that begin with a tab": ("\ta\n\tb", "<p>a</p>\n<p>b</p>"),
    "bars without a rule": ("a | b\n1 | 2", "<p>a | b</p>\n<p>1 | 2</p>"),
}
LOOKS = {
    "bold": ("un **gros** mot", "<p>un <strong>gros</strong> mot</p>"),
    "italic": ("(*un*, *deux trois*)", "<p>(<em>un</em>, <em>deux trois</em>)</p>"),
    "code": ("tape `ls *.txt` ici", "<p>tape <code>ls *.txt</code> ici</p>"),
    "link": (
        "voir [la **CAF**](https://www.caf.fr).",
        '<p>voir <a href="https://www.caf.fr">la <strong>CAF</strong></a>.</p>',
    ),
    "in items": ("- **a** b\n- c", "<ul><li><strong>a</strong> b</li><li>c</li></ul>"),
    "times": ("2*3*4 et 2 * 3 * 4", "<p>2*3*4 et 2 * 3 * 4</p>"),
    "footnotes": ("Prix* et TVA* *hors taxes", "<p>Prix* et TVA* *hors taxes</p>"),
    "names of files": ("*.txt et *.doc", "<p>*.txt et *.doc</p>"),
    "inside a word": ("étudiant*e*s", "<p>étudiant*e*s</p>"),
    "apostrophes": ("l`un d`eux", "<p>l`un d`eux</p>"),
    "a trap": ("[mot](javascript:x)", "<p>[mot](javascript:x)</p>"),
}
