import assert from "node:assert/strict";
import { test } from "node:test";

import { Listbox } from "../../assets/listbox.js";

const attributes = () => {
  const held = new Map();
  return { held, setAttribute: (n, v) => held.set(n, String(v)), removeAttribute: (n) => held.delete(n) };
};

/** A listbox of so many options, and the rank after each key pressed in turn. */
function walked(count, keys, throughField) {
  const box = new Listbox(attributes());
  box.hold(Array.from({ length: count }, (_none, rank) => ({ ...attributes(), id: `o-${rank}` })));
  return keys.map((key) => {
    const rank = box.rankAfter(key, throughField);
    if (rank !== null) box.choose(rank);
    return rank;
  });
}

const [up, down] = ["ArrowUp", "ArrowDown"];

test("arrows walk the options, and the field between the ends", () => {
  assert.deepEqual(walked(2, [down, down, down, down, up, up, up], true), [0, 1, -1, 0, -1, 1, 0]);
});

test("without the field the ends follow each other", () => {
  assert.deepEqual(walked(3, [down, down, down, down, up, up], false), [0, 1, 2, 0, 2, 1]);
  assert.deepEqual(walked(3, [up], false), [2]);
});

test("no key is for an empty list, nor any other key for a list", () => {
  assert.deepEqual(walked(0, [up, down], true), [null, null]);
  assert.deepEqual(walked(2, ["Enter", "a"], true), [null, null]);
});

test("one option is selected and told by the field, or none is", () => {
  const field = attributes();
  const box = new Listbox(field);
  const options = [0, 1].map((rank) => ({ ...attributes(), id: `o-${rank}` }));
  box.hold(options);
  box.choose(1);
  assert.deepEqual(options.map((one) => one.held.get("aria-selected")), ["false", "true"]);
  assert.equal(field.held.get("aria-activedescendant"), "o-1");
  box.choose(-1);
  assert.equal(box.chosen, undefined);
  assert.equal(options[1].held.get("aria-selected"), "false");
  assert.equal(field.held.has("aria-activedescendant"), false);
});
