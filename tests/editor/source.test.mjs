import assert from "node:assert/strict";
import { test } from "node:test";

import { opened, split } from "../../assets/body/source.js";
import { bodies, duration, Maker } from "./made.mjs";

const joined = ({ pieces, after }) => pieces.map(({ before, html }) => before + html).join("") + after;
const tags = (html) => split(html).pieces.map(({ tag }) => tag);

test("pieces put together again are the very bytes", () => {
  for (const body of bodies(400)) assert.equal(joined(split(body)), body);
});

test("each block is a piece, words between blocks are one", () => {
  assert.deepEqual(tags("<p>a</p>\n<ul><li>b<p>c</p></li></ul><hr>"), ["p", "ul", "hr"]);
  assert.deepEqual(tags("a <b>b</b><p>c</p> d<br>e "), ["", "p", ""]);
  assert.deepEqual(split("a <p>b</p> c \n"), {
    pieces: [
      { before: "", html: "a", tag: "" },
      { before: " ", html: "<p>b</p>", tag: "p" },
      { before: " ", html: "c", tag: "" },
    ],
    after: " \n",
  });
});

test("a no-break space is a word, blanks of HTML are none", () => {
  assert.deepEqual(tags("<p>a</p>\u00a0<p>b</p>"), ["p", "", "p"]);
  assert.equal(split("a\u00a0 <p>b</p>").pieces[0].html, "a\u00a0");
  assert.deepEqual(split(" \t\n\r\f"), { pieces: [], after: " \t\n\r\f" });
});

test("signs of tags in values and comments cut nothing", () => {
  for (const html of [
    '<p title="</p><p>">a</p>',
    "<p title='>'>a</p>",
    "<p>a<!-- </p><p> -->b</p>",
    '<p><embed alt="<hr>"></p>',
  ])
    assert.deepEqual(split(html), { pieces: [{ before: "", html, tag: "p" }], after: "" });
});

test("a body that is not well nested is not cut", () => {
  for (const html of ["<p>a", "a</p>", "<p><b>a</p></b>", "<b><p>a</p></b>", "<ul><li>a</ul>", "</hr>"])
    assert.equal(split(html), null, html);
});

test("no text of signs loses a byte", () => {
  const signs = ["<p>", "</p>", "<b>", "</b>", "<br>", "<!--", "-->", '"', "'", "<", ">", " ", "a", "<hr>", "<p a='"];
  const maker = new Maker(5);
  let cut = 0;
  for (let turn = 0; turn < 20_000; turn++) {
    const html = maker.many(8, () => maker.one(signs)).join("");
    const found = split(html);
    if (!found) continue;
    cut += 1;
    assert.equal(joined(found), html);
  }
  assert.ok(cut > 1000);
});

test("a hostile body does not freeze the page", () => {
  const hostile = ["<p ", "<p a='", "<!--", "<p>", "<p>a</p>", "<", '<a "'];
  for (const one of hostile) {
    const cost = duration(() => split(one.repeat(5_000)));
    assert.ok(cost < 2_000, `${one}: ${cost} ms`);
  }
});

test("an element opened is three strings that make it", () => {
  for (const html of ["<p>a</p>", '<td title="a>b">c<b>d</b></td>', "<ul class='check'><li>a</li></ul>"]) {
    const [start, inside, end] = opened(html);
    assert.equal(start + inside + end, html);
    assert.match(start, /^<.*>$/s);
    assert.match(end, /^<\/\w+>$/);
  }
  assert.deepEqual(opened('<td title="a>b">c</td>'), ['<td title="a>b">', "c", "</td>"]);
});
