import assert from "node:assert/strict";
import { test } from "node:test";

import { opened, schema, writtenAnew } from "./documents.mjs";
import { Maker } from "./made.mjs";

const { EditorState, TextSelection } = await import("@tiptap/pm/state");
const { CLOSES, fromMarks } = await import("../../assets/body/typed_marks.js");
const { numbersIn } = await import("../../assets/body/outline.js");
const { signIn } = await import("../../assets/body/signed_lines.js");
const { changedBlocks } = await import("../../assets/body/changed_blocks.js");

/** A state whose caret is at the end of the last line. */
function stateOf(html) {
  const { doc } = opened(html);
  return EditorState.create({ doc, selection: TextSelection.atEnd(doc) });
}

const dressed = (html) => {
  const tr = fromMarks(stateOf(html));
  return tr && writtenAnew(tr.doc);
};

test("signs around words dress them once the last one is typed", () => {
  assert.equal(dressed("<p>un **mot dit**</p>"), "<p>un <strong>mot dit</strong></p>");
  assert.equal(dressed("<p>*mot*</p>"), "<p><em>mot</em></p>");
  assert.equal(dressed("<p>(_mot_</p>"), "<p>(<em>mot</em></p>");
  assert.equal(dressed("<p>`21`</p>"), "<p><code>21</code></p>");
  assert.equal(dressed("<p>*a <b>b</b> c*</p>"), "<p><em>a </em><strong><em>b</em></strong><em> c</em></p>");
});

test("signs that are no dress stay signs", () => {
  for (const text of ["2*3*", "* mot*", "*mot *", "*21*", "**mot*", "snake_case_", "mot", "**", "_ _"])
    assert.equal(dressed(`<p>${text}</p>`), null, text);
  assert.equal(dressed("<p>*a<br>b*</p>"), null);
  assert.equal(dressed("<p><code>a *b*</code></p>"), null);
});

test("what closes a dress is a sign that one types", () => {
  for (const sign of "*_`") assert.match(sign, CLOSES);
  for (const sign of "aé ~-") assert.doesNotMatch(sign, CLOSES);
});

test("a dress takes its signs away and no word", () => {
  const maker = new Maker(21);
  let count = 0;
  for (let turn = 0; turn < 1_500; turn++) {
    const text = maker.many(7, () => maker.one(["a", "b c", " ", "*", "**", "_", "`"])).join("") + maker.one("*_`");
    const state = stateOf(`<p>${text}</p>`);
    const tr = fromMarks(state);
    if (!tr) continue;
    const letters = ({ textContent }) => textContent.replace(/[*_`]/g, "");
    assert.equal(letters(tr.doc), letters(state.doc));
    assert.ok([2, 4].includes(state.doc.textContent.length - tr.doc.textContent.length), text);
    count += 1;
  }
  assert.ok(count > 50);
});

test("a painted number is a figure, a letter or a Roman one", () => {
  const said = (sign) => numbersIn(sign).map(({ type, value }) => type + value);
  assert.deepEqual(said("3."), ["3"]);
  assert.deepEqual(said("1.2.3)"), ["3"]);
  assert.deepEqual(said("b)"), ["a2"]);
  assert.deepEqual(said("(iv)"), ["i4", "a256"]);
  assert.deepEqual(said("I."), ["I1", "A9"]);
  assert.deepEqual(said("v)"), ["a22", "i5"]);
  assert.deepEqual(said("aa)"), ["a27"]);
  assert.deepEqual(said("•"), []);
  assert.deepEqual(said(""), []);
});

test("every Roman number up to 27 is read", () => {
  const roman = (n) => "x".repeat(n / 10) + ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"][n % 10];
  for (let n = 1; n < 28; n++)
    assert.ok(numbersIn(`${roman(n)}.`).some(({ type, value }) => type === "i" && value === n), roman(n));
});

test("the sign before the words of a line says what it is", () => {
  const cut = (text) => signIn(text)?.cut ?? null;
  assert.deepEqual(["• a", "- a", "1. a", "a) b", "–\u00a0a"].map(cut), [2, 2, 3, 3, 2]);
  assert.deepEqual(["a", "-a", "2026. a", "1.5 a", "- ", "", "M. Dupont"].map(cut), Array(7).fill(null));
  assert.deepEqual(signIn("12) a").numbers, [{ type: "", value: 12 }]);
});

test("runs of changed blocks put in their places make the other document", () => {
  const maker = new Maker(34);
  const drawn = () =>
    schema.nodes.doc.create(null, maker.many(8, () => schema.nodes.paragraph.create(null, schema.text(maker.one("abcd")))));
  for (let turn = 0; turn < 1_000; turn++) {
    const [old, next] = [drawn(), drawn()];
    const { tr } = EditorState.create({ doc: old });
    for (const [from, to, nodes] of changedBlocks(old, next)) tr.replaceWith(from, to, nodes);
    assert.ok(tr.doc.eq(next), `${old} → ${next}`);
    assert.deepEqual(changedBlocks(old, old), []);
  }
});
