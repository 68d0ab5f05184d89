import assert from "node:assert/strict";
import { test } from "node:test";

import { pairs } from "../../assets/body/pairing.js";
import { duration, Maker } from "./made.mjs";

/** What pairing asks of a node: « p:words ». */
function node(said) {
  const [type, textContent] = said.split(":");
  return { type, textContent, said, eq: (other) => other.said === said };
}

const nodes = (said) => said.split(" ").filter(Boolean).map(node);
/** « p:a+p:b » is a piece that made two nodes. */
const pieces = (said) =>
  said.split(" ").filter(Boolean).map((one) => ({ said: one, nodes: one.split("+").map(node) }));

/** For each node: its piece, « = » before it when the node is kept as it was. */
function told(now, before) {
  return pairs(nodes(now), pieces(before)).map(({ piece, same }) => (piece ? (same ? "=" : "~") + piece.said : "-"));
}

test("what nobody touched is the same", () => {
  assert.deepEqual(told("p:a p:b p:c", "p:a p:b p:c"), ["=p:a", "=p:b", "=p:c"]);
});

test("what is put in, taken out or moved leaves the others", () => {
  assert.deepEqual(told("p:a h:new p:b", "p:a p:b"), ["=p:a", "-", "=p:b"]);
  assert.deepEqual(told("p:a p:c", "p:a p:b p:c"), ["=p:a", "=p:c"]);
  assert.deepEqual(told("p:c p:a p:b", "p:a p:b p:c").slice(1), ["=p:a", "=p:b"]);
});

test("a changed node comes from the likest piece of its kind", () => {
  assert.deepEqual(told("p:chats h:chats", "p:chat h:chien"), ["~p:chat", "~h:chien"]);
  assert.deepEqual(told("p:le-chat-noir", "p:le-chien p:le-chat"), ["~p:le-chat"]);
  assert.deepEqual(told("h:a", "p:a"), ["-"]);
});

test("pieces are not guessed out of order nor twice", () => {
  assert.deepEqual(told("p:xy p:xz", "p:xzz"), ["~p:xzz", "-"]);
  assert.deepEqual(told("p:b! p:a!", "p:a p:b"), ["~p:b", "-"]);
});

test("a piece that made several nodes is kept whole or not at all", () => {
  assert.deepEqual(told("p:a p:b", "p:a+p:b"), ["=p:a+p:b", "=p:a+p:b"]);
  assert.deepEqual(told("p:a", "p:a+p:b"), ["-"]);
  assert.deepEqual(told("p:a p:new p:b", "p:a+p:b"), ["-", "-", "-"]);
});

test("whatever was changed, kept nodes equal their pieces, in order and once", () => {
  const maker = new Maker(11);
  const text = () => maker.many(9, () => `${maker.one(["p", "h"])}:${maker.one("abcd")}`).join(" ");
  for (let turn = 0; turn < 3_000; turn++) {
    const before = pieces(text());
    const now = nodes(text());
    const kept = pairs(now, before).map(({ piece, same }, rank) => same && [rank, before.indexOf(piece)]);
    const ranks = kept.filter(Boolean).map(([, from]) => from);
    assert.deepEqual([...new Set(ranks)].sort((a, b) => a - b), ranks);
    for (const [rank, from] of kept.filter(Boolean)) assert.equal(now[rank].said, before[from].said);
  }
});

test("one change keeps all the others, wherever it is", () => {
  const before = Array.from({ length: 40 }, (_, rank) => `p:${rank}`);
  for (let at = 0; at < before.length; at++) {
    const now = before.with?.(at, "p:new") ?? before.map((one, rank) => (rank === at ? "p:new" : one));
    const found = told(now.join(" "), before.join(" "));
    assert.equal(found.filter((one) => one[0] === "=").length, 39);
    assert.equal(found[at], `~${before[at]}`);
  }
});

test("in a text too long to compare, what begins and ends alike is all that is kept", () => {
  const lines = (word) => Array.from({ length: 300 }, (_, rank) => `p:${word}${rank}`).join(" ");
  const text = (word) => `p:first ${lines(word)} p:middle ${lines(word)} p:last`;
  const kept = (now, before) => told(now, before).filter((one) => one[0] === "=");
  assert.deepEqual(kept(text("x"), text("y")), ["=p:first", "=p:last"]);
  assert.equal(kept("p:x p:middle p:x", "p:y p:middle p:y").length, 1);
});

test("a long text that is another one keeps its beginning and its end, without freezing the page", () => {
  const lines = (word) => Array.from({ length: 3_000 }, (_, rank) => `p:${word}${rank}`).join(" ");
  const [now, before] = [nodes(`p:first ${lines("x")} p:last`), pieces(`p:first ${lines("y")} p:last`)];
  let found;
  assert.ok(duration(() => (found = pairs(now, before))) < 8_000);
  assert.ok(found[0].same && found.at(-1).same);
});
