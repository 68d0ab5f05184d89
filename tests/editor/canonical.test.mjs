import assert from "node:assert/strict";
import { test } from "node:test";

import { opened, schema, writtenAnew } from "./documents.mjs";

const { tagOf, tagsOf, words } = await import("../../assets/body/canonical.js");

const { isSafe } = await import("../../assets/body/marks.js");

const { paragraph, heading, listItem, orderedList, callout, tableCell, hardBreak } = schema.nodes;
const mark = (name, attrs) => schema.marks[name].create(attrs);
const text = (said, ...marks) => schema.text(said, marks);
const line = (...nodes) => words(paragraph.create(null, nodes));
const anew = (html) => writtenAnew(opened(html).doc);

test("signs of HTML among words are no tags", () => {
  assert.equal(line(text("<b>&amp;</b> \"'")), "&lt;b&gt;&amp;amp;&lt;/b&gt; \"'");
});

test("a value never closes its attribute nor its tag", () => {
  const hostile = '"><script>&';
  const escaped = "&quot;&gt;&lt;script&gt;&amp;";
  assert.equal(
    line(text("a", mark("link", { linktype: "wanted", title: hostile }))),
    `<a linktype="wanted" title="${escaped}">a</a>`,
  );
  assert.equal(
    line(schema.nodes.picture.create({ id: hostile, alt: hostile })),
    `<embed embedtype="image" id="${escaped}" alt="${escaped}">`,
  );
  assert.deepEqual(tagsOf(orderedList.create({ start: hostile })), [`<ol start="${escaped}">`, "</ol>"]);
});

test("marks are nested, and open once for all that they hold", () => {
  const [strong, em] = [mark("strong"), mark("em")];
  assert.equal(line(text("a", strong), text("b", strong, em), text("c", em)),
    "<strong>a<em>b</em></strong><em>c</em>");
  assert.equal(line(text("a", strong), hardBreak.create(null, null, [strong]), text("b", strong)),
    "<strong>a<br>b</strong>");
});

test("two links side by side stay two", () => {
  const link = (href) => mark("link", { href });
  assert.equal(line(text("a", link("/x/")), text("b", link("/y/"))), '<a href="/x/">a</a><a href="/y/">b</a>');
});

test("a link says what it leads to and nothing else", () => {
  const all = { href: "/x/", id: "7", title: "T" };
  assert.equal(line(text("a", mark("link", all))), '<a href="/x/" title="T">a</a>');
  assert.equal(line(text("a", mark("link", { ...all, linktype: "wanted" }))), '<a linktype="wanted" title="T">a</a>');
  assert.equal(line(text("a", mark("link", { linktype: "page", id: "7" }))), '<a linktype="page" id="7">a</a>');
});

test("blanks that HTML does not show are not written", () => {
  assert.equal(line(text("  a \t\n b  ")), "a b");
  assert.equal(line(text("a "), text(" b", mark("em"))), "a <em>b</em>");
  assert.equal(line(text("a "), hardBreak.create(), text(" b")), "a<br>b");
  assert.equal(line(text("a"), text(" ", mark("em"))), "a");
  assert.equal(line(text("\u00a0a\u00a0\u00a0b\u202f")), "\u00a0a\u00a0\u00a0b\u202f");
});

test("each node has the tag that stores it", () => {
  const made = [
    [heading.create({ level: 3 }), "h3", ["<h3>", "</h3>"]],
    [listItem.create({ done: true }), "li", ['<li class="done">', "</li>"]],
    [listItem.create({ done: false }), "li", ["<li>", "</li>"]],
    [callout.create({ kind: "note warn" }), "div", ['<div class="note warn">', "</div>"]],
    [tableCell.create({ colspan: 2, rowspan: 1 }), "td", ['<td colspan="2">', "</td>"]],
  ];
  for (const [node, tag, tags] of made) {
    assert.equal(tagOf(node), tag);
    assert.deepEqual(tagsOf(node), tags);
  }
});

test("what a page may not hold is not written", () => {
  assert.equal(anew('<p onclick="x">a<script>b</script><u>c</u></p>'), "<p>ac</p>");
  for (const href of ["javascript:x", " java\nscript:x", "data:text/html,x", "vbscript:x", "JAVASCRIPT:x"])
    assert.equal(anew(`<p><a href="${href}">a</a></p>`), "<p>a</p>", href);
  for (const href of ["/themes/", "#a", "?q=a:b", "https://a.example/", "mailto:a@b.example", "tel:+33"])
    assert.equal(anew(`<p><a href="${href}">a</a></p>`), `<p><a href="${href}">a</a></p>`);
});

test("blanks and control signs hide no scheme", () => {
  for (const href of ["ja\nvascript:x", "\u0001javascript:x", "\tdata:x", "java\u0000script:x"])
    assert.ok(!isSafe(href), JSON.stringify(href));
  for (const href of ["ht\ntps://a.example", " mailto:a@b.example", "/a:b", "a/b:c"])
    assert.ok(isSafe(href), JSON.stringify(href));
});

test("what is written is what is written again", () => {
  for (const html of ["<h1>a</h1><h2> b  c</h2>", "<p><b>a</b><i> b</i></p>", "<ul><li><p>a</p><p>b</p></li></ul>",
    "<table><tr><th>a</th><td>b</td></tr><tr><td>c</td></tr></table>", '<div class="note eg">a</div>'])
    assert.equal(anew(anew(html)), anew(html), html);
});
