import assert from "node:assert/strict";
import { test } from "node:test";

import { tablesIn } from "../../assets/body/text_tables.js";
import { duration, Maker } from "./made.mjs";

const never = () => false;
const tables = (text, isItem = never) => tablesIn(text.split("\n"), isItem);
const rowsOf = (text, isItem) => tables(text, isItem).map((part) => part.rows ?? part);

test("lines with as many tabs are a table, one alone is words", () => {
  assert.deepEqual(rowsOf("avant\na\tb\nc\t\naprès"), ["avant", [["a", "b"], ["c", ""]], "après"]);
  assert.deepEqual(rowsOf("a\tb\nc\td\te"), ["a\tb", "c\td\te"]);
  assert.deepEqual(rowsOf("\ta\n\tb"), ["\ta", "\tb"]);
});

test("lines of lists are no rows", () => {
  const isItem = (line) => line.startsWith("•");
  assert.deepEqual(rowsOf("•\ta\n•\tb", isItem), ["•\ta", "•\tb"]);
});

test("bars make a table when a rule of their number stands under the first row", () => {
  const [table] = tables("| a | b |\n|---|:-:|\n| c | d |");
  assert.deepEqual(table.rows, [["a", "b"], ["c", "d"]]);
  assert.ok(table.headed);
  assert.deepEqual(rowsOf("a | b\n--|--\nc | d"), [[["a", "b"], ["c", "d"]]]);
  assert.deepEqual(rowsOf("a | b\n---"), ["a | b", "---"]);
  assert.deepEqual(rowsOf("a | b | c\n--|--"), ["a | b | c", "--|--"]);
});

test("a bar behind a backslash is a sign of the cell", () => {
  assert.deepEqual(rowsOf("a\\|b | c\n--|--"), [[["a|b", "c"]]]);
});

test("rows of a drawn table are all as wide", () => {
  assert.deepEqual(rowsOf("a|b\n-|-\nc|d|e\nf|"), [[["a", "b", ""], ["c", "d", "e"], ["f", "", ""]]]);
});

test("each line is in one part, in order, and no word is lost", () => {
  const maker = new Maker(8);
  const sign = () => maker.one(["a", "b", "\t", "|", "-", "---", " ", ":"]);
  for (let turn = 0; turn < 5_000; turn++) {
    const lines = Array.from({ length: 6 }, () => maker.many(6, sign).join(""));
    const parts = tablesIn(lines, never);
    let taken = 0;
    for (const part of parts) {
      const own = lines.slice(taken, taken + (part.taken ?? 1));
      const letters = (text) => text.replace(/[^ab]/g, "");
      assert.equal(letters([part.rows ?? part].flat(2).join("")), letters(own.join("")));
      taken += own.length;
    }
    assert.equal(taken, lines.length);
  }
});

test("a hostile text does not freeze the page", () => {
  for (const one of ["|", "|-", "- ", "\\|", "\t", "| a\n|-\n"]) {
    const cost = duration(() => tables(one.repeat(5_000)));
    assert.ok(cost < 2_000, `${JSON.stringify(one)}: ${cost} ms`);
  }
});
