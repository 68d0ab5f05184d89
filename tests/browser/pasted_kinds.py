"""Bits that programs put on the clipboard, by kind, and what a page keeps of them."""


def word_item(sign: str, words: str, level: int = 1, font: str = "Symbol") -> str:
    """An item of a list as Word writes it: a paragraph with a painted sign."""
    blanks = "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span>"
    return (
        f"<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level{level} lfo1'>"
        f"<![if !supportLists]><span style='font-family:{font}'>"
        f"<span style='mso-list:Ignore'>{sign}{blanks}</span></span><![endif]>{words}</p>"
    )


HIDDEN = {
    "style sheet": "<style>.x, p.y {display:none}</style><p>a<span class=x>caché</span> b</p>",
    "display": "<p>a<span style='color:red; display: none'>caché</span> b</p>",
    "visibility": "<p>a<span style='visibility:hidden'>caché</span> b</p>",
    "word": "<p class=MsoNormal>a<span style='display:none;mso-hide:all'>caché</span> b</p>",
    "word only": "<p>a<span style='mso-hide:all'>caché</span> b</p>",
    "no size": "<p>a<span style='font-size:0pt'>caché</span> b</p>",
    "attribute": "<p>a<span hidden>caché</span> b</p><p hidden>caché</p>",
    "opacity": "<p>a<span style='opacity:0'>caché</span> b</p>",
    "mail": "<div style='display:none;max-height:0'>caché</div><p>a b</p>",
    "template": "<template>caché</template><p>a b</p>",
    "heard only": "<p>a <span class='visually-hidden'>caché</span>b</p>",
    "clipped": "<p>a <span style='clip:rect(1px, 1px, 1px, 1px)'>caché</span>b</p>",
    "far away": "<p>a <span style='position:absolute;left:-9999px'>caché</span>b</p>",
    "icon's name": "<p><i class=icons aria-hidden=true>caché</i>a b</p>",
    "program's note": "<p>a<!--[if supportFields]>caché<![endif]--> b</p>",
}
SEEN = {
    "size set again": (
        "<div style='font-size:0'><p style='font-size:1rem'>a b</p></div>",
        "<p>a b</p>",
    ),
    "shown when wide": ("<p>a <span class='d-none d-md-inline'>b</span></p>", "<p>a b</p>"),
    "seen and heard": (
        "<p>a <span aria-hidden=true>5 €</span><span class=sr-only>cinq euros</span></p>",
        "<p>a 5 €</p>",
    ),
}
STRUCK = {
    "del": "<p class=MsoNormal>Ouvert le <del>lundi</del><ins>mardi</ins> matin.</p>",
    "s": "<p>Ouvert le <s>lundi</s> mardi matin.</p>",
    "strike": "<p>Ouvert le mardi <strike>ou jeudi</strike> matin.</p>",
    "before a full stop": "<p>Ouvert le mardi matin <del>ou le soir</del>.</p>",
    "style": "<p>Ouvert le <b style='text-decoration:line-through'>lundi</b> mardi matin.</p>",
    "two lines": "<p>Ouvert le <u style='text-decoration-line:underline line-through'>x</u> "
    "mardi matin.</p>",
    "class": "<style>.c1 {text-decoration:line-through}</style><p>Ouvert le <b class=c1>x</b>"
    "mardi matin.</p>",
    "name of the class": "<p>Ouvert le <span class='line-through'>lundi</span> mardi matin.</p>",
    "word online": "<p>Ouvert le <span class='TrackedChange TrackChangeTextDeletion'>x</span>"
    "mardi matin.</p>",
    "another editor": "<p data-pm-slice='1 1 []'>Ouvert le <s>lundi</s> mardi matin.</p>",
    "suggestion": '<p>Ouvert le <suggestion-start name="deletion:e1:u"></suggestion-start>lundi'
    '<suggestion-end name="deletion:e1:u"></suggestion-end> mardi matin.</p>',
    "no-break spaces": "<p>Ouvert le&nbsp;<del>lundi</del> mardi matin.</p>",
}
ANNOTATED = {
    "word": "<p class=MsoNormal><a style='mso-comment-reference:JD_1'>Texte</a><span "
    "class=MsoCommentReference><![if !supportAnnotations]><a class=msocomanchor id='_anchor_1' "
    "href='#_msocom_1'>[JD1]</a><![endif]><span style='mso-special-character:comment'>&nbsp;</span>"
    "</span> fin.</p><div style='mso-element:comment-list'><hr class=msocomoff><div "
    "style='mso-element:comment'><p class=MsoCommentText>privé</p></div></div>",
    "google docs": "<p>Texte<sup><a href='#cmnt1' id='cmnt_ref1'>[a]</a></sup> fin.</p><div><p>"
    "<a href='#cmnt_ref1' id='cmnt1'>[a]</a>privé</p></div>",
    "word's footnote": "<p>Texte<a style='mso-footnote-id:ftn1' href='#_ftn1'><span "
    "class=MsoFootnoteReference>[1]</span></a> fin.</p><div style='mso-element:footnote-list'><hr>"
    "<div style='mso-element:footnote'><p class=MsoFootnoteText><a href='#_ftnref1'>[1]</a> privé"
    "</p></div></div>",
    "libreoffice's footnote": "<p>Texte<a class='sdfootnoteanc' href='#sdfootnote1sym'><sup>1</sup>"
    "</a> fin.</p><div id='sdfootnote1'><p class='sdfootnote'>privé</p></div>",
    "encyclopedia": "<p>Texte<sup class='reference'><a href='https://a.example/#cite_note-1'>[1]</a>"
    "</sup> fin.</p><ol class='references'><li>privé</li></ol>",
    "forge": "<p>Texte<sup><a href='#user-content-fn-1' data-footnote-ref>1</a></sup> fin.</p>"
    "<section class='footnotes'><ol><li>privé</li></ol></section>",
}
NUMBERED = {
    "word, after a paragraph": (
        word_item("1.", "a") + word_item("2.", "b") + "<p>c</p>" + word_item("3.", "d"),
        '<ol><li>a</li><li>b</li></ol>\n<p>c</p>\n<ol start="3"><li>d</li></ol>',
    ),
    "word, letters": (
        word_item("h)", "a") + word_item("i)", "b") + word_item("j)", "c"),
        '<ol start="8" type="a"><li>a</li><li>b</li><li>c</li></ol>',
    ),
    "word, roman inside": (
        word_item("1.", "a")
        + word_item("i.", "b", 2)
        + word_item("ii.", "c", 2)
        + word_item("2.", "d"),
        '<ol><li>a<ol type="i"><li>b</li><li>c</li></ol></li><li>d</li></ol>',
    ),
    "word, one number missing": (
        word_item("1.", "a") + word_item("5.", "b"),
        '<ol><li>a</li></ol>\n<ol start="5"><li>b</li></ol>',
    ),
    "word online": (
        "<div class=ListContainerWrapper><ol><li data-aria-level=1><p>a</p></li></ol></div>"
        "<div class=ListContainerWrapper><ol><li data-aria-level=2><p>b</p></li></ol></div>"
        "<div class=ListContainerWrapper><ol start=2><li data-aria-level=1>c</li></ol></div>",
        "<ol><li>a<ol><li>b</li></ol></li><li>c</li></ol>",
    ),
    "libreoffice": ('<ol start="3"><li><p>a</p></li></ol>', '<ol start="3"><li>a</li></ol>'),
    "google docs": (
        '<ol start="2"><li style="list-style-type:upper-alpha"><p>a</p></li></ol>',
        '<ol start="2" type="A"><li>a</li></ol>',
    ),
    "value": (
        "<ol><li>a</li><li value=4>b</li><li>c</li></ol>",
        '<ol><li>a</li></ol>\n<ol start="4"><li>b</li><li>c</li></ol>',
    ),
    "reversed": (
        "<ol reversed><li>a</li><li>b</li></ol>",
        '<ol start="2"><li>a</li></ol>\n<ol><li>b</li></ol>',
    ),
    "words between items": (
        "<ol><li>a</li><p>b</p><li>c</li></ol>",
        "<ol><li><p>a</p><p>b</p></li><li>c</li></ol>",
    ),
    "no list": ("<li>a</li><li>b</li>", "<ul><li>a</li><li>b</li></ul>"),
}
BOXES = '<ul class="check"><li class="done">a</li><li>b</li></ul>'
TICKED = {
    "google docs": "<ul><li role=checkbox aria-checked=true><img alt=checked src='data:,'><p><span "
    "style='text-decoration:line-through'>a</span></p></li><li role=checkbox aria-checked=false>"
    "<img alt=unchecked src='data:,'><p>b</p></li></ul>",
    "forge": "<ul class=contains-task-list><li class=task-list-item><input type=checkbox checked "
    "disabled> a</li><li class=task-list-item><input type=checkbox disabled> b</li></ul>",
    "note taker": "<ul class=to-do-list><li><div class='checkbox checkbox-on'></div> <s>a</s></li>"
    "</ul><ul class=to-do-list><li><div class='checkbox checkbox-off'></div> b</li></ul>",
    "another editor": "<ul data-type=taskList><li data-checked=true><label><input type=checkbox "
    "checked></label><div><p>a</p></div></li><li data-checked=false><div><p>b</p></div></li></ul>",
    "notebook": "<p data-tag='to-do:completed'>a</p><p data-tag='to-do'>b</p>",
    "wiki": "<ul class=inline-task-list><li data-inline-task-id=1 class=checked>a</li>"
    "<li data-inline-task-id=2>b</li></ul>",
    "signs": "<p>☑ a</p><p>☐ b</p>",
    "signs of items": "<ul><li>✅ a</li><li>⬜ b</li></ul>",
    "brackets": "<ul><li>[x] a</li><li>[ ] b</li></ul>",
    "word's boxes": "<p><w:Sdt CheckBox=t><span lang=JA>☒</span></w:Sdt> a</p>"
    "<p><w:Sdt CheckBox=t><span lang=JA>☐</span></w:Sdt> b</p>",
    "word's bullets": word_item("þ", "a", font="Wingdings") + word_item("q", "b", font="Wingdings"),
    "list of roles": "<div role=list><div role=listitem><div role=checkbox aria-checked=true></div>"
    "<div>a</div></div><div role=listitem><div role=checkbox aria-checked=false></div><div>b</div>"
    "</div></div>",
    "boxes that hold words": "<div role=listitem><div role=checkbox aria-checked=true>a</div></div>"
    "<div role=listitem><div role=checkbox aria-checked=false>b</div></div>",
    "form": "<div><input type=checkbox checked> <label>a</label></div>"
    "<div><input type=checkbox> b</div>",
}
UNWRITABLE = {
    "formula": "<p>a <math><mi>x</mi></math></p>",
    "drawn formula": "<p>a <span class=katex><span class=katex-mathml><math><mi>x</mi></math>"
    "</span><span class=katex-html aria-hidden=true>x</span></span></p>",
    "video": "<p>a</p><video controls src='https://a.example/x.mp4'></video>",
    "frame": "<p>a</p><iframe src='https://a.example/'></iframe>",
    "drawing": "<p>a</p><svg><text>Le nord</text></svg>",
}
UNSEEN = (
    "<p>a</p><iframe width=1 height=1 src='https://a.example/'></iframe><svg><path d='M0 0'/></svg>"
    "<iframe style='display:none' src='https://a.example/'></iframe>"
)
BULLETS_IN = "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"
NUMBERS_IN = "<ol><li>a<ol><li>b</li></ol></li><li>c</li></ol>"
DEEP = {
    "slack": (
        "<ul data-indent=0><li>a</li></ul><ul data-indent=1><li>b</li></ul>"
        "<ul data-indent=0><li>c</li></ul>",
        BULLETS_IN,
    ),
    "slack, numbers": (
        "<ol data-indent=0><li>a</li></ol><ol data-indent=1><li>b</li></ol>"
        "<ol data-indent=0><li>c</li></ol>",
        NUMBERS_IN,
    ),
    "quill": ("<ul><li>a</li><li class=ql-indent-1>b</li><li>c</li></ul>", BULLETS_IN),
    "quill, bullets in numbers": (
        "<ol><li data-list=bullet>a</li><li data-list=bullet class=ql-indent-1>b</li>"
        "<li data-list=bullet>c</li></ol>",
        BULLETS_IN,
    ),
    "quill, numbers": (
        "<ol><li data-list=ordered>a</li><li data-list=ordered class=ql-indent-1>b</li>"
        "<li data-list=ordered>c</li></ol>",
        NUMBERS_IN,
    ),
    "quill, boxes": (
        "<ol><li data-list=checked>a</li><li data-list=unchecked>b</li></ol>",
        BOXES,
    ),
}
WRAPPED = {
    "search": "https://www.google.com/url?q=https://www.caf.fr/a%3Fb%3D1&sa=D",
    "search at home": "https://www.google.fr/url?sa=t&url=https%3A%2F%2Fwww.caf.fr%2Fa%3Fb%3D1",
    "mail": "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.caf.fr%2Fa%3F"
    "b%3D1&data=05",
    "network": "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.caf.fr%2Fa%3Fb%3D1&h=x",
    "wrapped twice": "https://www.google.com/url?q=https://eur01.safelinks.protection.outlook.com/"
    "%3Furl%3Dhttps%253A%252F%252Fwww.caf.fr%252Fa%253Fb%253D1",
}
DRESSED_CELLS = {
    "google sheets": (
        "<table><tr><td style='font-weight:bold'>a</td><td style='font-style:italic'>b</td></tr>"
        "</table>",
        "<table><tbody><tr><td><strong>a</strong></td><td><em>b</em></td></tr></tbody></table>",
    ),
    "paragraphs": (
        "<table><tr><td style='font-weight:700'><p>a</p><p>b</p></td><td>c</td></tr></table>",
        "<table><tbody><tr><td><p><strong>a</strong></p><p><strong>b</strong></p></td>"
        "<td>c</td></tr></tbody></table>",
    ),
    "words that say otherwise": (
        "<table><tr><td style='font-weight:bold;vertical-align:sub'>"
        "<span style='font-weight:normal'>a</span></td><td>b</td></tr></table>",
        "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>",
    ),
}
NOT_TICKED = {
    "ticks as bullets": ("<ul><li>✓ a</li><li>✓ b</li></ul>", "<ul><li>✓ a</li><li>✓ b</li></ul>"),
    "boxes in a line": ("<p>Oui ☐ Non ☑</p>", "<p>Oui ☐ Non ☑</p>"),
}
SIGNS = {
    "alt": '<img alt="🎉" class="emoji" src="https://a.example/x.png">',
    "gmail": '<img goomoji="2a3" alt="🎉" src="cid:x">',
    "gmail today": '<img data-emoji="🎉" class="an1" src="https://a.example/notoemoji/15.0/1f389/72.png">',
    "slack": '<img alt=":tada:" class="c-emoji" src="https://a.example/google-medium/1f389@2x.png">',
    "wordpress": '<img class="emoji" src="https://s.w.example/images/core/emoji/72x72/1f389.png">',
    "facebook": '<img src="https://static.example/images/emoji.php/v9/t4c/1/16/1f389.png" alt="">',
    "label": '<span role="img" aria-label="🎉" style="background-image:url(x)"></span>',
}
TABLES = {
    "table in a cell": (
        "<table><tr><td>a</td><td><table><tr><td>x</td><td>y</td></tr><tr><td>z</td></tr></table>"
        "</td></tr></table>",
        "<table><tbody><tr><td>a</td><td><p>x · y</p><p>z</p></td></tr></tbody></table>",
    ),
    "layout, said": (
        "<table role=presentation><tr><td><h2>a</h2></td><td><p>b</p></td></tr></table>",
        "<h2>a</h2>\n<p>b</p>",
    ),
    "layout, seen": (
        "<table><tr><td><p>a</p><table><tr><td>x</td><td>y</td></tr></table></td></tr></table>",
        "<p>a</p>\n<table><tbody><tr><td>x</td><td>y</td></tr></tbody></table>",
    ),
    "frame": ("<table><tr><td><p>a</p></td></tr></table>", "<p>a</p>"),
    "rows alone": (
        "<tr><td>a</td><td>b</td></tr>",
        "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>",
    ),
    "merged cells": (
        "<table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
        '<table><tbody><tr><td rowspan="2">a</td><td>b</td></tr>'
        "<tr><td>c</td></tr></tbody></table>",
    ),
    "hidden column and row": (
        "<table><col><col style='display:none'><tr><td>a</td><td>x</td></tr>"
        "<tr style='display:none'><td>y</td><td>z</td></tr><tr><td colspan=2>b</td></tr></table>",
        "<table><tbody><tr><td>a</td></tr><tr><td>b</td></tr></tbody></table>",
    ),
}
