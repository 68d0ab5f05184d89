import assert from "node:assert/strict";
import { test } from "node:test";

import { opened, schema, textblocks, withoutLines, writtenAnew } from "./documents.mjs";
import { bodies } from "./made.mjs";

const { EditorState } = await import("@tiptap/pm/state");

const SIGN = "☃";
const saved = (html) => opened(html).write(opened(html).doc);

/** The body saved once `change` was made in its document. */
function changed(html, change) {
  const keeper = opened(html);
  const state = EditorState.create({ doc: keeper.doc });
  return keeper.write(change(state.tr, keeper.doc).doc);
}

const typedAt = (html, pos) => changed(html, (tr) => tr.insertText(SIGN, pos));

test("a body opened and saved keeps its bytes", () => {
  for (const body of bodies(100)) assert.equal(saved(body), body);
});

test("bytes that the editor would write otherwise are kept too", () => {
  for (const body of [
    "<p>a  <b>b</b></p> \n<p ><i>c</i></p>",
    "<p class=x>a&nbsp;b &eacute;</p>",
    "<ul>\n  <li>a</li>\n\t<li><p>b</p></li>\n</ul>\n",
    "<table><tbody><tr><td>a</td></tr></tbody></table>",
    "mots <em>nus</em><p>b</p>",
    '<p><a href="javascript:x">a</a></p>',
    "",
    " \n",
  ])
    assert.equal(saved(body), body.trim() ? body : "");
});

test("typing in one block changes that block only", () => {
  for (const body of bodies(25)) {
    for (const pos of textblocks(opened(body).doc))
      assert.equal(typedAt(body, pos + 1).replace(SIGN, ""), body);
  }
});

test("a touched block is written anew, its neighbours are not", () => {
  const body = "<p>a  <b>b</b></p> \n<p ><i>c</i></p>";
  assert.equal(typedAt(body, 1), `<p>${SIGN}a <strong>b</strong></p> \n<p ><i>c</i></p>`);
  const list = "<ul>\n <li>a  <b>b</b></li>\n <li ><i>c</i></li>\n</ul>";
  assert.equal(typedAt(list, 3), `<ul>\n <li>${SIGN}a <strong>b</strong></li>\n <li ><i>c</i></li>\n</ul>`);
});

test("a touched cell leaves the bytes of the rows and of the cells beside it", () => {
  const row = (first) => `<tr ><td>${first}</td> <td >b  b</td></tr>`;
  const table = (first) => `<table>\n<caption>t</caption><tbody >${row(first)}\n${row("z ")}</tbody></table>`;
  const [, cell] = textblocks(opened(table("a ")).doc);
  assert.equal(typedAt(table("a "), cell + 1), table(`${SIGN}a `));
});

test("a short row is completed when one writes in it, and then only", () => {
  const table = (last) => `<table><tbody><tr><td>a</td><td>b</td></tr><tr>${last}</tr></tbody></table>`;
  const [, , cell] = textblocks(opened(table("<td>c</td>")).doc);
  assert.equal(saved(table("<td>c</td>")), table("<td>c</td>"));
  assert.equal(typedAt(table("<td>c</td>"), cell + 1), table(`<td>${SIGN}c</td><td></td>`));
});

test("a block taken out and put back gives the same bytes", () => {
  for (const body of bodies(25)) {
    opened(body).doc.forEach((node, offset) => {
      const back = changed(body, (tr) => tr.delete(offset, offset + node.nodeSize).insert(offset, node));
      assert.equal(back, body);
    });
  }
});

test("a block put in leaves the bytes of all others", () => {
  const paragraph = schema.nodes.paragraph.create(null, schema.text(SIGN));
  for (const body of bodies(25)) {
    opened(body).doc.forEach((_node, offset) => {
      const more = changed(body, (tr) => tr.insert(offset, paragraph));
      assert.equal(withoutLines(more.replace(`<p>${SIGN}</p>`, "")), withoutLines(body));
    });
  }
});

test("the blank that parts blocks is the one of the text", () => {
  const paragraph = schema.nodes.paragraph.create(null, schema.text("c"));
  const put = (html) => changed(html, (tr, doc) => tr.insert(doc.content.size, paragraph));
  assert.equal(put("<p>a</p>\n\n<p>b</p>"), "<p>a</p>\n\n<p>b</p>\n\n<p>c</p>");
  assert.equal(put("<p>a</p><p>b</p>"), "<p>a</p><p>b</p><p>c</p>");
  assert.equal(put("<p>a</p>"), "<p>a</p>\n<p>c</p>");
});

test("blank paragraphs that the source has not are left out", () => {
  const blank = schema.nodes.paragraph.create();
  assert.equal(changed("<p>a</p>", (tr) => tr.insert(3, blank)), "<p>a</p>");
  assert.equal(changed("<p></p><p>a</p>", (tr) => tr.insert(5, blank)), "<p></p><p>a</p>");
});

test("a body written anew from its document reads the same again", () => {
  for (const body of bodies(100)) {
    const anew = writtenAnew(opened(body).doc);
    assert.equal(withoutLines(anew), withoutLines(body));
    assert.ok(opened(anew).doc.eq(opened(body).doc));
  }
});
