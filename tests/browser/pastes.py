"""What word processors and web pages put on the clipboard, and what a page keeps of it."""

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<style><!-- p.MsoNormal {margin:0cm;} --></style></head><body lang=FR>
<!--StartFragment-->
<h1 style='mso-list:none'><span style='font-family:"Calibri"'>Le titre<o:p></o:p></span></h1>
<p class=MsoNormal><b style='mso-bidi-font-weight:normal'><span style='color:red'>Gras</span></b>
et <span style='font-style:italic'>penché</span> à 9&nbsp;h.<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'>
<![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>Un<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-list:l0 level2 lfo1'>
<![if !supportLists]><span style='mso-list:Ignore'>o<span>&nbsp; </span></span><![endif]>Dedans</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'>
<![if !supportLists]><span style='mso-list:Ignore'>·</span><![endif]>Deux</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'>
<![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp;</span></span><![endif]>Premier</p>
<table class=MsoTableGrid border=1 style='border-collapse:collapse'><tr style='height:1cm'>
<td width=200 style='width:5cm' valign=top><p class=MsoNormal>A<o:p></o:p></p></td>
<td colspan=1><p class=MsoNormal>B</p></td></tr></table>
<!--EndFragment--></body></html>"""
FROM_WORD = (
    "<h2>Le titre</h2>\n<p><strong>Gras</strong> et <em>penché</em> à 9\u00a0h.</p>\n"
    "<ul><li>Un<ul><li>Dedans</li></ul></li><li>Deux</li></ul>\n<ol><li>Premier</li></ol>\n"
    "<table><tbody><tr><td>A</td><td>B</td></tr></tbody></table>"
)

LIBREOFFICE = """<!DOCTYPE HTML><html><head><meta name="generator" content="LibreOffice 7.4">
<style type="text/css">p { line-height: 115% }</style></head><body lang="fr-FR" dir="ltr">
<h5 class="western"><font face="Arial" size="5">Petit</font></h5>
<p style="margin-bottom: 0cm"><font color="#c9211e"><b>Fort</b></font> H<sub>2</sub>O<br/>
suite</p><p><br/></p>
<ul><li><p style="margin-bottom: 0cm">un</p></li><ul><li><p>sous un</p></li></ul></ul>
</body></html>"""
FROM_LIBREOFFICE = (
    "<h4>Petit</h4>\n<p><strong>Fort</strong> H<sub>2</sub>O<br>suite</p>\n"
    "<ul><li>un<ul><li>sous un</li></ul></li></ul>"
)

GOOGLE_DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1">
<p dir="ltr" style="line-height:1.38;"><span style="font-weight:700;">Gras</span><span
style="font-weight:400;"> puis </span><span style="font-style:italic;">penché</span></p><br />
<ul><li dir="ltr" style="list-style-type:disc;" aria-level="1"><p dir="ltr"
role="presentation"><span>un</span></p></li></ul></b>"""
FROM_GOOGLE_DOCS = "<p><strong>Gras</strong> puis <em>penché</em></p>\n<ul><li>un</li></ul>"

WEB = """<article class="x" onclick="alert(1)"><h6>Sur le web</h6>
<div style="color:blue">Une <a href="https://exemple.example/a?b=1" onclick="x()">adresse</a>,
un <a href="javascript:alert(1)">piège</a>, une <a href="#ancre">ancre</a>.</div>
<script>alert(1)</script><img src="https://traceur.example/x.png" onerror="alert(1)">
<svg><script>alert(1)</script></svg><iframe src="https://exemple.example"></iframe>
<pre>deux
lignes</pre></article>"""
FROM_WEB = (
    "<h4>Sur le web</h4>\n"
    '<p>Une <a href="https://exemple.example/a?b=1">adresse</a>, un piège, une ancre.</p>\n'
    "<p>deux<br>lignes</p>"
)

SAMPLES = {
    "word": (WORD, FROM_WORD),
    "libreoffice": (LIBREOFFICE, FROM_LIBREOFFICE),
    "google docs": (GOOGLE_DOCS, FROM_GOOGLE_DOCS),
    "web": (WEB, FROM_WEB),
}
